import { describe, expect, it } from 'vitest';
import { saidTags } from '../../../src/motion/database/said-tags.js';
import { footContacts } from '../../../src/motion/features/contacts.js';
import { GAIT_TAGS, gaitTags } from '../../../src/motion/features/gait-tags.js';
import { madeWalk } from '../made-tracks.js';

const track = madeWalk({ frames: 40, speed: 1.2, cadence: 1 });
const between = (from: number, to: number): Uint8Array => new Uint8Array(40).fill(1, from, to);
const gaitsIn = (gait: Uint32Array, frame: number): string[] =>
  ['idle', 'walk', 'run'].filter((tag) => (gait[frame] >>> GAIT_TAGS.indexOf(tag as 'idle')) & 1);

describe('saidTags', () => {
  it('is what the motion shows where no event speaks of it', () => {
    const { gait, contacts } = saidTags(track, new Map([['wave', between(3, 9)]]));
    expect(gait).toEqual(gaitTags(track));
    expect(contacts).toEqual(footContacts(track));
  });

  it('is the gait that events say in the frames in which they say one', () => {
    const { gait } = saidTags(track, new Map([['run', between(10, 20)]]));
    expect([9, 10, 19, 20].map((f) => gaitsIn(gait, f))).toEqual([['walk'], ['run'], ['run'], ['walk']]);
  });

  it('is the turn and the contacts of events over the whole clip', () => {
    const said = new Map([
      ['turn-left', between(5, 8)],
      ['contact-left', between(0, 4)],
    ]);
    const { gait, contacts } = saidTags(track, said);
    const turns = Array.from(gait, (mask) => (mask >>> GAIT_TAGS.indexOf('turn-left')) & 1);
    expect(turns).toEqual([...between(5, 8)]);
    expect(Array.from({ length: 40 }, (_, f) => contacts[2 * f])).toEqual([...between(0, 4)]);
    expect(Array.from({ length: 40 }, (_, f) => contacts[2 * f + 1])).toEqual(Array(40).fill(0));
  });
});
