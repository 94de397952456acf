import { z } from 'zod';
import type { InputPlan } from './inputs.js';

const times = z.array(z.number().min(0).max(10));

/** An input plan as the headers of files hold it. */
export const PlanHeader = z.strictObject({
  roles: z.array(z.string()).min(1).max(1000),
  rateHz: z.number().positive(),
  pathAhead: times,
  pathBehind: times,
  poseBehind: times,
});

export const planHeader = (plan: InputPlan): z.input<typeof PlanHeader> => ({
  roles: [...plan.roles],
  rateHz: plan.rateHz,
  pathAhead: [...plan.pathAhead],
  pathBehind: [...plan.pathBehind],
  poseBehind: [...plan.poseBehind],
});
