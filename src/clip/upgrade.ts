/**
 * Carries the header of a version to the next: entry 0 makes version 2 of version 1, and so on.
 *
 * None is ever taken away, so that every file stays readable; tests/format/ keeps one file of each version.
 */
const STEPS: readonly ((header: unknown) => unknown)[] = [
  (header) => ({ ...(header as object), attributes: [] }),
];

/** The header of an old `.gwclip` file as the current version would have written it. */
export const upgradeHeader = (header: unknown, version: number): unknown =>
  STEPS.slice(version - 1).reduce((older, step) => step(older), header);
