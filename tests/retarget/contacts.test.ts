import { describe, expect, it } from 'vitest';
import { makeRate } from '../../src/clip/index.js';
import { seededRandom } from '../../src/math/random.js';
import { detectContacts } from '../../src/retarget/contacts/contacts.js';

const RATE = makeRate(30);
const LEG = 0.85;

/** A ball of the foot that moves forward at `speed` (metres a second) and lies at `height`, frame by frame. */
function pathOf(frames: readonly { speed: number; height: number }[]): Float64Array {
  const path = new Float64Array(3 * frames.length);
  let z = 0;
  frames.forEach(({ speed, height }, f) => {
    z += speed / 30;
    path[3 * f + 1] = height;
    path[3 * f + 2] = z;
  });
  return path;
}

const still = { speed: 0, height: 0.02 };
const swing = { speed: 2, height: 0.12 };
const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('detectContacts', () => {
  it('tells standing from swinging by height and speed', () => {
    const { spans, floor } = detectContacts(
      pathOf([...many(10, still), ...many(8, swing), ...many(10, still)]),
      RATE,
      LEG,
    );
    expect(spans).toEqual([
      { first: 0, last: 9 },
      // The step that ends the swing has the swing's speed no more.
      { first: 18, last: 27 },
    ]);
    expect(floor).toBeCloseTo(0.02, 12);
  });

  it('a low foot that goes fast is no contact, nor is a slow one in the air', () => {
    const fast = detectContacts(
      pathOf([...many(5, still), ...many(10, { speed: 1, height: 0.02 })]),
      RATE,
      LEG,
    );
    expect(fast.spans).toEqual([{ first: 0, last: 4 }]);
    const high = detectContacts(
      pathOf([...many(5, still), ...many(10, { speed: 0.05, height: 0.3 })]),
      RATE,
      LEG,
    );
    expect(high.spans).toEqual([{ first: 0, last: 4 }]);
  });

  it('noise over the entering speed does not end a contact, and a short gap is closed', () => {
    const noisy = [...many(6, still), ...many(2, { speed: 0.25, height: 0.02 }), ...many(6, still)];
    expect(detectContacts(pathOf(noisy), RATE, LEG).spans).toEqual([{ first: 0, last: 13 }]);
    const gap = [...many(6, still), { speed: 0.9, height: 0.02 }, ...many(6, still)];
    expect(detectContacts(pathOf(gap), RATE, LEG).spans).toEqual([{ first: 0, last: 12 }]);
  });

  it('is free of size: a body half as large does the same at half the speed and height', () => {
    const frames = [...many(10, still), ...many(8, swing), ...many(10, still)];
    const half = frames.map(({ speed, height }) => ({ speed: speed / 2, height: height / 2 }));
    expect(detectContacts(pathOf(half), RATE, LEG / 2).spans).toEqual(
      detectContacts(pathOf(frames), RATE, LEG).spans,
    );
  });

  it('one frame is a contact; frames left out are none', () => {
    expect(detectContacts(pathOf([still]), RATE, LEG).spans).toEqual([{ first: 0, last: 0 }]);
    expect(detectContacts(pathOf(many(10, still)), RATE, LEG, 4).spans).toEqual([{ first: 4, last: 9 }]);
  });

  it('a foot that rests on a step under a straight leg stands there; one held up in the air does not', () => {
    const climb = [
      ...many(12, still),
      ...many(6, { speed: 1.5, height: 0.3 }),
      ...many(12, { speed: 0, height: 0.19 }),
      ...many(6, { speed: 1.5, height: 0.5 }),
      ...many(12, { speed: 0, height: 0.36 }),
    ];
    const path = pathOf(climb);
    const above = (metres: (height: number) => number): Float64Array =>
      path.map((value, i) => (i % 3 === 1 ? metres(value) : value));
    const straight = detectContacts(
      path,
      RATE,
      LEG,
      0,
      above((y) => y + 0.8 * LEG + 0.01),
    );
    expect(straight.spans.map(({ first }) => first)).toEqual([0, 19, 37]);
    // Frames above the lowest floor say nothing of where it is.
    expect(straight.floor).toBeCloseTo(0.02, 12);
    expect(Array.from(straight.low).lastIndexOf(1)).toBe(11);
    expect(
      detectContacts(
        path,
        RATE,
        LEG,
        0,
        above(() => 0.7),
      ).spans,
    ).toEqual([{ first: 0, last: 11 }]);
  });

  it('noise of a millimetre at 240 frames a second does not end a contact', () => {
    const random = seededRandom(1);
    const path = new Float64Array(3 * 240).map((_, i) => (i % 3 === 1 ? 0.02 : 0.0004 * random.normal()));
    expect(detectContacts(path, makeRate(240), LEG).spans).toEqual([{ first: 0, last: 239 }]);
  });
});
