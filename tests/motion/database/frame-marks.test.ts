import { describe, expect, it } from 'vitest';
import { frameMarks } from '../../../src/motion/database/frame-marks.js';

const event = (name: string, time: number, duration: number) => ({ name, time, duration });
const frames = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value, f) => (value ? f : -1)).filter((f) => f >= 0);

describe('frameMarks', () => {
  it('reads Unreal’s notify states by their names, with prefix and suffix or without', () => {
    for (const name of [
      'PoseSearchExcludeFromDatabase',
      'AnimNotifyState_PoseSearchExcludeFromDatabase',
      'AnimNotifyState_PoseSearchExcludeFromDatabase_C_2',
      ' posesearchexcludefromdatabase',
    ]) {
      expect(frames(frameMarks([event(name, 0.1, 0.1)], 10, 30).excluded)).toEqual([3, 4, 5, 6]);
    }
    const marks = frameMarks([event('PoseSearchBlockTransition', 0.2, 9)], 10, 30);
    expect(frames(marks.blocked)).toEqual([6, 7, 8, 9]);
    expect(marks.tags.size).toBe(0);
  });

  it('adds up costs, Unreal’s own where none is given, and lets the last continuing bias count', () => {
    const { costBias, continuingBias } = frameMarks(
      [
        event('PoseSearchModifyCost', 0, 0.1),
        event('PoseSearchModifyCost (0.5)', 0.1, 0.1),
        event('PoseSearchOverrideContinuingPoseCostBias=-0.02', 0, 0.1),
        event('PoseSearchOverrideContinuingPoseCostBias: 3e-1', 0.1, 0.1),
      ],
      8,
      30,
    );
    expect([...costBias]).toEqual([-1, -1, -1, -0.5, 0.5, 0.5, 0.5, 0]);
    expect([...continuingBias].map((value) => Math.round(100 * value) / 100)).toEqual([
      -0.02,
      -0.02,
      -0.02,
      0.3,
      0.3,
      0.3,
      0.3,
      Number.NaN,
    ]);
  });

  it('takes other events that last for tags, and passes over what says nothing of frames', () => {
    const { tags, excluded } = frameMarks(
      [
        event('crouch', 0, 0.1),
        event('crouch', 0.2, 0.1),
        event('footstep', 0.1, 0),
        event('PoseSearchBranchIn', 0, 1),
        event('late', 5, 1),
      ],
      12,
      30,
    );
    expect([...tags.keys()]).toEqual(['crouch']);
    expect(frames(tags.get('crouch') ?? [])).toEqual([0, 1, 2, 3, 6, 7, 8, 9]);
    expect(frames(excluded)).toEqual([]);
  });
});
