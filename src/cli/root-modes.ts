import { z } from 'zod';
import { ROOT_MODES, ROOT_PART_MODES, type RootMode } from '../retarget/index.js';

const NAMES = Object.keys(ROOT_MODES) as (keyof typeof ROOT_MODES)[];
const WANTED = `${NAMES.join(', ')}, or parts such as position=from-body,height=still,yaw=in-place (${ROOT_PART_MODES.join(', ')}) are wanted`;
const Part = z.enum(ROOT_PART_MODES);
const Parts = z.strictObject({ position: Part.optional(), height: Part.optional(), yaw: Part.optional() });

/** `from-pelvis`, or `position=in-place,yaw=keep`; parts that are not named go as `from-pelvis` has them. */
export const Root = z.string().transform((text, context): RootMode => {
  const name = NAMES.find((mode) => mode === text);
  if (name) return ROOT_MODES[name];
  const parts = Parts.safeParse(
    Object.fromEntries(
      text.split(',').map((part) => {
        const [name, mode = ''] = part.trim().split('=');
        return [name, mode];
      }),
    ),
  );
  if (!parts.success) {
    context.addIssue({ code: 'custom', message: WANTED });
    return z.NEVER;
  }
  const { position, height, yaw } = parts.data;
  const usual = ROOT_MODES['from-pelvis'];
  return {
    position: position ?? usual.position,
    height: height ?? usual.height,
    yaw: yaw ?? usual.yaw,
  };
});
