import { unwatchFile, watchFile } from 'node:fs';
import { basename, extname, relative, resolve } from 'node:path';
import { bake, withRestTake } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { openScene } from '../pipeline/index.js';
import type { PreviewLibrary } from './library.js';
import type { Score } from './listing.js';
import { readRetargetReport } from './retarget-report.js';
import { scoresOf } from './scores.js';
import { takeLabel } from './take-label.js';

const WATCH_EVERY_MS = 1000;

/** Clip files that fill a library and keep it true while they change on disk. */
export class LibraryFiles {
  readonly #library: PreviewLibrary;
  readonly #cwd: string;
  readonly #watched: string[] = [];

  /** Files are named relative to `cwd`. */
  constructor(library: PreviewLibrary, cwd: string) {
    this.#library = library;
    this.#cwd = cwd;
  }

  /**
   * Opens one file and adds every take of it, or names it in the library as one that cannot be read.
   *
   * Nothing but names is kept: a take is read again when the page asks for it. `sources` are the places of
   * the takes that this file's takes were made from, by name; one that has no namesake is shown beside the one of
   * its number, or the first.
   *
   * @returns the places of the takes that were added, by name.
   */
  async add(
    path: string,
    sources: ReadonlyMap<string, number> = new Map(),
    scores?: readonly Score[],
  ): Promise<ReadonlyMap<string, number>> {
    const places = new Map<string, number>();
    const file = relative(this.#cwd, path) || path;
    await this.#named(file, async () => {
      const scene = withRestTake(await openScene(path));
      const stem = basename(path, extname(path));
      const inOrder = [...sources.values()];
      scene.takes.forEach(({ name }, take) => {
        const source = sources.get(name) ?? inOrder[take] ?? inOrder[0];
        const place = this.#library.add({
          name: takeLabel(scene, take, stem),
          file,
          load: async () => bake(withRestTake(await openScene(path)), { take }),
          ...(source !== undefined && { source }),
          ...(scores && { scores }),
        });
        places.set(name, place);
      });
      this.#watch(path, [...places.values()]);
    });
    return places;
  }

  /** Adds what the JSON report of a retarget names: each clip beside its source, with its scores. */
  async addReport(path: string): Promise<void> {
    await this.#named(relative(this.#cwd, path) || path, async () => {
      const report = await readRetargetReport(path);
      for (const { file, clips } of report.files) {
        if (clips.length === 0) continue;
        const sources = await this.add(resolve(this.#cwd, file));
        for (const { take, outputs, quality, warnings } of clips) {
          // One clip may be there in several formats; one shows what all of them hold.
          const [output] = outputs;
          const source = sources.get(take) ?? [...sources.values()][0];
          if (output === undefined || source === undefined) continue;
          await this.add(resolve(this.#cwd, output), new Map([[take, source]]), scoresOf(quality, warnings));
        }
      }
    });
  }

  /** Does something with a file; where that fails, the library names it. */
  async #named(file: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#library.addProblem({
        file,
        code: error instanceof GaitwayError ? error.code : 'internal/unexpected',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Stops looking at the files. */
  close(): void {
    for (const path of this.#watched.splice(0)) unwatchFile(path);
  }

  /** Asks for a file's time now and then: unlike events, that works for every editor and network folder. */
  #watch(path: string, places: readonly number[]): void {
    this.#watched.push(path);
    watchFile(path, { interval: WATCH_EVERY_MS, persistent: false }, (now, before) => {
      // A file that is just being replaced is not there for a moment.
      if (now.mtimeMs === 0) return;
      if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) this.#library.markChanged(places);
    });
  }
}
