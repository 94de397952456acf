import { describe, expect, it } from 'vitest';
import { makeLikelyQueries } from '../../../src/motion/analyse/likely-queries.js';
import { usableRows } from '../../../src/motion/analyse/probes.js';
import { forecastUnreal } from '../../../src/motion/analyse/unreal-recall.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { madeDatabase } from '../search/made-database.js';

describe('forecastUnreal', () => {
  it('finds everything where there are no more rows than candidates', () => {
    const database = madeDatabase({ clips: 3, framesOfClip: 60, plain: true });
    const probes = usableRows(database.valid);
    const forecast = forecastUnreal(
      database,
      makeSearch(database),
      probes,
      makeLikelyQueries(database, 0.3, 1),
    );
    expect(forecast.byComponents.map(({ recall, extraCost }) => [recall, extraCost])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(forecast.suggested).toBe(4);
  });

  it('finds more with more components, and suggests enough of them', () => {
    const database = madeDatabase({ clips: 60, framesOfClip: 100, blockSizes: [6, 6, 6], plain: true });
    const probes = usableRows(database.valid).filter((row) => row % 20 === 3);
    const { byComponents, suggested, queries } = forecastUnreal(
      database,
      makeSearch(database),
      probes,
      makeLikelyQueries(database, 60, 1),
    );
    expect(queries).toBe(300);
    expect(byComponents[0].recall).toBeLessThan(0.9);
    expect(byComponents[0].extraCost).toBeGreaterThan(0);
    for (let k = 1; k < byComponents.length; k++) {
      expect(byComponents[k].recall).toBeGreaterThanOrEqual(byComponents[k - 1].recall);
    }
    expect(byComponents.find(({ recall }) => recall >= 0.99)?.components).toBe(suggested);
  });
});
