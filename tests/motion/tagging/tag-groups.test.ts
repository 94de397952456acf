import { describe, expect, it } from 'vitest';
import { mirroredLabels, type TagGroup, UNKNOWN } from '../../../src/motion/tagging/tag-groups.js';

const each = (...tags: string[]): TagGroup[] =>
  tags.map((tag) => ({ name: tag, tags: [tag], optional: true }));

describe('mirroredLabels', () => {
  it('changes the feet over, though each is a group of its own', () => {
    const groups = each('contact-left', 'contact-right');
    const [left, right] = [Uint8Array.of(0, 0, 1), Uint8Array.of(1, 0, UNKNOWN)];
    expect(mirroredLabels(groups, [left, right])).toEqual([right, left]);
  });

  it('changes turns over and leaves what has no side', () => {
    const groups: TagGroup[] = [
      { name: 'gait', tags: ['walk', 'run'], optional: false },
      { name: 'turn', tags: ['turn-left', 'turn-right'], optional: true },
    ];
    const labels = [Uint8Array.of(0, 1, 1), Uint8Array.of(0, 1, 2)];
    expect(mirroredLabels(groups, labels)).toEqual([Uint8Array.of(0, 1, 1), Uint8Array.of(1, 0, 2)]);
  });

  it('knows nothing of a side that no clip has', () => {
    const groups: TagGroup[] = [{ name: 'turn', tags: ['turn-left', 'walk'], optional: false }];
    expect(mirroredLabels(groups, [Uint8Array.of(0, 1)])).toEqual([Uint8Array.of(UNKNOWN, UNKNOWN)]);
  });
});
