import { GaitwayError } from '../../errors.js';

/** One thing that was looked at, what was found, and what to click where it is not right. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly found: string;
  /** What to do; empty where all is well. */
  readonly cure: string;
}

export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found, cure: '' });
export const wrong = (check: string, found: string, cure: string): Finding => ({
  check,
  state: 'wrong',
  found,
  cure,
});
export const warning = (check: string, found: string, cure: string): Finding => ({
  check,
  state: 'warning',
  found,
  cure,
});

/** What a coded error says: its first sentence is what was found, the others what to do. */
export function fromError(check: string, error: unknown): Finding {
  if (!(error instanceof GaitwayError)) throw error;
  const [, found = error.message, cure = ''] = /^(.+?\.) (.+)$/s.exec(error.message) ?? [];
  return wrong(check, found, cure || 'See the Output Log of the editor (Window → Output Log).');
}

/** Looks at one thing; a coded error becomes a finding. */
export async function attempt(check: string, look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return fromError(check, error);
  }
}
