import { makeRate, type Scene, type Take } from '../clip/index.js';

const REST_POSE: Take = {
  name: 'rest pose',
  rate: makeRate(30),
  frameCount: 1,
  duration: 0,
  events: [],
  curveNames: [],
};

/** The scene with at least one take to show: a file without animation shows its rest pose, one frame long. */
export function withSomethingToShow(scene: Scene): Scene {
  if (scene.takes.length > 0) return scene;
  const { evaluateCurves: _none, ...rest } = scene;
  return { ...rest, takes: [REST_POSE], evaluate: (_take, _time, out) => scene.evaluate(-1, 0, out) };
}

/** What a take is called in lists: the file's name, and its own where the file has several. */
export function takeLabel(scene: Scene, take: number, stem: string): string {
  return scene.takes.length === 1 ? stem : `${stem} · ${scene.takes[take].name || take}`;
}
