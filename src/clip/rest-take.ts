import { makeRate } from './rate.js';
import type { Scene, Take } from './scene.js';

const REST_POSE: Take = {
  name: 'rest pose',
  rate: makeRate(30),
  frameCount: 1,
  duration: 0,
  events: [],
  curveNames: [],
};

/** The scene with at least one take: a file without animation gets its rest pose as one, a frame long. */
export function withRestTake(scene: Scene): Scene {
  if (scene.takes.length > 0) return scene;
  const { evaluateCurves: _none, ...rest } = scene;
  return { ...rest, takes: [REST_POSE], evaluate: (_take, _time, out) => scene.evaluate(-1, 0, out) };
}
