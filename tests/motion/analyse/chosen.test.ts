import { describe, expect, it } from 'vitest';
import { likelyChoices, playedChoices } from '../../../src/motion/analyse/chosen.js';
import { makeLikelyQueries } from '../../../src/motion/analyse/likely-queries.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { line, rowsDatabase } from './made-rows.js';

describe('likelyChoices', () => {
  const clip = line(30, [0, 0], [1, 0]);
  const choicesOf = (clips: readonly (readonly (readonly number[])[])[]) => {
    const database = rowsDatabase(clips);
    const probes = Int32Array.from({ length: database.frameCount }, (_, row) => row);
    return likelyChoices(database, makeSearch(database), probes, makeLikelyQueries(database, 0.2, 1));
  };

  it('finds that a clip which another equals is never chosen', () => {
    const { neverChosenShare, neverChosen, queries } = choicesOf([clip, clip]);
    expect(queries).toBe(240);
    expect(neverChosenShare).toBe(0.5);
    expect(neverChosen).toEqual([{ clip: 'clip 1', from: 0, to: 2.9 }]);
  });

  it('finds that clips which lie apart are all chosen', () => {
    expect(choicesOf([clip, line(30, [0, 40], [1, 0])]).neverChosenShare).toBe(0);
  });
});

describe('makeLikelyQueries', () => {
  it('strays from a row by the cost that is wished, on average, and the same way twice', () => {
    const database = rowsDatabase([line(200, [0, 0], [0.1, 0.03])]);
    const make = makeLikelyQueries(database, 0.5, 3);
    let sum = 0;
    for (let k = 0; k < 4000; k++) {
      const [x, y] = make(100);
      sum += (x - database.rows[200]) ** 2 + (y - database.rows[201]) ** 2;
    }
    expect(sum / 4000).toBeGreaterThan(0.45);
    expect(sum / 4000).toBeLessThan(0.55);
    expect(makeLikelyQueries(database, 0.5, 3)(7)).toEqual(makeLikelyQueries(database, 0.5, 3)(7));
  });
});

describe('playedChoices', () => {
  const database = rowsDatabase([line(10, [0, 0], [1, 0]), line(30, [0, 0], [1, 0])]);
  it('counts what was chosen, and how evenly over the clips', () => {
    const even = playedChoices(database, new Uint32Array(40).fill(2));
    expect(even).toEqual({
      chosenShare: 1,
      neverChosenFrames: 0,
      evenness: expect.closeTo(1, 9),
      choices: 80,
    });
    const one = new Uint32Array(40);
    one[3] = 7;
    expect(playedChoices(database, one)).toEqual({
      chosenShare: expect.closeTo(1 / 40, 9),
      neverChosenFrames: 39,
      evenness: expect.closeTo(0, 9),
      choices: 7,
    });
  });
});
