/** How long to wait between attempts to reach an editor. */
export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const BACK_OFF: BackOff = { firstMs: 200, mostMs: 5_000 };

/**
 * Milliseconds to wait before attempt number `attempt` (1 is the second try): doubling, capped, and between
 * half and all of that by `random` (0..1), so that many clients do not come back at the same moment.
 */
export function backOffMs(attempt: number, random: number, { firstMs, mostMs }: BackOff = BACK_OFF): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return full * (0.5 + 0.5 * random);
}
