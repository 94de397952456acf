import { describe, expect, it } from 'vitest';
import { nameList } from '../../src/cli/name-list.js';
import { Root } from '../../src/cli/root-modes.js';
import { Travel } from '../../src/cli/travel.js';
import { HAND_WISHES, ROOT_MODES } from '../../src/retarget/index.js';

describe('--root', () => {
  it('is a usual way by name, or its parts', () => {
    expect(Root.parse('keep')).toEqual(ROOT_MODES.keep);
    expect(Root.parse('position=in-place, yaw=still')).toEqual({
      position: 'in-place',
      height: 'still',
      yaw: 'still',
    });
  });

  it.each(['walk', 'position=walk', 'place=still', 'position', ''])(
    '"%s" is refused with what there is',
    (text) => {
      const { success, error } = Root.safeParse(text);
      expect(success).toBe(false);
      expect(error?.issues[0]?.message).toMatch(/from-pelvis, keep, in-place, or parts such as/);
    },
  );
});

describe('--travel', () => {
  it('is scaled, 1:1 or a factor', () => {
    expect(['scaled', '1:1', '1.25'].map((text) => Travel.parse(text))).toEqual(['scaled', 1, 1.25]);
  });

  it.each(['far', '0', '-1', 'Infinity'])('"%s" is refused', (text) => {
    expect(Travel.safeParse(text).error?.issues[0]?.message).toMatch(/scaled, 1:1 or a factor/);
  });
});

describe('a list of names', () => {
  const Hands = nameList(HAND_WISHES);

  it('has commas between and each name once', () => {
    expect(Hands.parse('floor, body,floor')).toEqual(['floor', 'body']);
  });

  it.each(['', 'feet', 'floor;body'])('"%s" is refused with what there is', (text) => {
    expect(Hands.safeParse(text).error?.issues[0]?.message).toMatch(/floor, prop, body are wanted/);
  });
});
