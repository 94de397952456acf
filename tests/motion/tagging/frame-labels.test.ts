import { describe, expect, it } from 'vitest';
import { type ClipLabels, groupLabels, labelFrames } from '../../../src/motion/tagging/frame-labels.js';
import { UNKNOWN } from '../../../src/motion/tagging/tag-groups.js';

const clip = (name: string, whole: string[], marks: Record<string, number[]> = {}): ClipLabels => ({
  name,
  frameCount: 4,
  whole,
  marks: new Map(Object.entries(marks).map(([label, frames]) => [label, Uint8Array.from(frames)])),
});

describe('groupLabels', () => {
  it('makes one group of the labels of whole clips, of which one always holds', () => {
    const clips = [clip('a', ['walk']), clip('b', ['run'])];
    const groups = groupLabels(clips);
    expect(groups).toMatchObject([{ name: 'label', tags: ['run', 'walk'], optional: false }]);
    expect(labelFrames(groups, clips[0])).toEqual([Uint8Array.of(1, 1, 1, 1)]);
  });

  it('makes a group for each depth of folders, and knows nothing of the depths that a clip lacks', () => {
    const clips = [clip('a', ['walk', 'sad']), clip('b', ['run', 'glad']), clip('c', ['run'])];
    const groups = groupLabels(clips);
    expect(groups.map(({ name, tags }) => [name, tags])).toEqual([
      ['label', ['run', 'walk']],
      ['label 2', ['glad', 'sad']],
    ]);
    // The clip has labels, and none of them is of the second depth.
    expect(labelFrames(groups, clips[2])[1]).toEqual(Uint8Array.of(2, 2, 2, 2));
  });

  it('puts marked gaits and turns together, and leaves other marks and feet alone', () => {
    const clips = [
      clip('a', [], {
        walk: [1, 1, 0, 0],
        idle: [0, 0, 1, 1],
        wave: [0, 1, 0, 0],
        'contact-left': [1, 0, 0, 1],
      }),
      clip('b', [], { 'turn-left': [1, 0, 0, 0], 'turn-right': [0, 0, 0, 1] }),
    ];
    const groups = groupLabels(clips);
    expect(groups.map(({ name, tags }) => [name, tags])).toEqual([
      ['contact-left', ['contact-left']],
      ['gait', ['idle', 'walk']],
      ['turn', ['turn-left', 'turn-right']],
      ['wave', ['wave']],
    ]);
    expect(labelFrames(groups, clips[0])).toEqual([
      Uint8Array.of(0, 1, 1, 0),
      Uint8Array.of(1, 1, 0, 0),
      Uint8Array.of(2, 2, 2, 2),
      Uint8Array.of(1, 0, 1, 1),
    ]);
    expect(labelFrames(groups, clips[1])[0]).toEqual(new Uint8Array(4).fill(UNKNOWN));
  });

  it('joins labels to tags as it is told', () => {
    const clips = [clip('a', ['stroll']), clip('b', ['dash']), clip('c', ['wave'])];
    const groups = groupLabels(clips, { gait: { walk: ['stroll'], run: ['run', 'dash'], none: ['wave'] } });
    expect(groups).toMatchObject([{ name: 'gait', tags: ['walk', 'run'], optional: true }]);
    expect(clips.map((one) => labelFrames(groups, one)[0][0])).toEqual([0, 1, 2]);
  });

  it('refuses a label that it was not told of', () => {
    const refused = () => groupLabels([clip('a', ['stroll'])], { gait: { walk: ['walk'] } });
    expect(refused).toThrow(/a is labelled "stroll"/);
    expect(refused).toThrow(expect.objectContaining({ code: 'tagger/unknown-label' }));
  });
});
