/** Turns the header of one version into that of the next. */
type HeaderUpgrade = (header: unknown) => unknown;

/** Entry i turns a version i + 1 header into version i + 2; none is ever taken away. */
const UPGRADES: readonly HeaderUpgrade[] = [];

/** The header of an older file as the newest version writes it. */
export function upgradeHeader(header: unknown, version: number): unknown {
  return UPGRADES.slice(version - 1).reduce((older, upgrade) => upgrade(older), header);
}
