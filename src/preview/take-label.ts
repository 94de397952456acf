import type { Scene } from '../clip/index.js';

/** What a take is called in lists: the file's name, and its own where the file has several. */
export function takeLabel(scene: Scene, take: number, stem: string): string {
  return scene.takes.length === 1 ? stem : `${stem} · ${scene.takes[take].name || take}`;
}
