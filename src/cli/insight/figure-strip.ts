import type { ExplainReport } from '../../pipeline/index.js';
import { drawing, legend } from '../evaluation/html.js';

type Figures = NonNullable<ExplainReport['towards']>['imagined']['figures'];
type Joint = readonly [number, number, number];

const VIEWS = [
  { name: 'from its left', across: ([, , z]: Joint): number => z },
  { name: 'from the front', across: ([x]: Joint): number => x },
] as const;
const [METRE, WIDTH, HEIGHT, MARGIN] = [95, 150, 215, 30];

/** The moment and a few times before it, as it was and as imagined, from two sides. */
export function figureStrip({ bones, from, to }: Figures): string {
  const views = VIEWS.map(({ name, across }, row) => {
    const poses = from.map((pose, column) => {
      const stick = (joints: readonly Joint[], style: string): string => {
        const at = (joint: number): string =>
          `${(WIDTH * (column + 0.5) + METRE * across(joints[joint])).toFixed(1)} ${(HEIGHT * (row + 1) - METRE * joints[joint][1]).toFixed(1)}`;
        return `<path fill="none" stroke-width="3" stroke-linecap="round" ${style} d="${bones.map(([a, b]) => `M${at(a)}L${at(b)}`).join('')}"/>`;
      };
      return (
        stick(pose.joints, 'stroke="var(--idle)" stroke-opacity=".55"') +
        stick(to[column].joints, 'stroke="var(--accent)"')
      );
    });
    const floor = `<path class="axis" d="M0 ${HEIGHT * (row + 1)}H${WIDTH * from.length}"/>`;
    return `${floor}<text class="soft" x="0" y="${HEIGHT * row + MARGIN - 12}">${name}</text>${poses.join('')}`;
  });
  const times = from.map(
    ({ seconds }, column) =>
      `<text class="soft" x="${WIDTH * (column + 0.5)}" y="${HEIGHT * VIEWS.length + 20}" text-anchor="middle">${seconds === 0 ? 'the moment' : `−${Math.abs(seconds).toFixed(1)} s`}</text>`,
  );
  return (
    legend([
      ['idle', 'as it was'],
      ['accent', 'imagined'],
    ]) +
    drawing({
      id: 'figures',
      title: 'The motion as it was and as imagined',
      says: `${from.length} poses up to the moment, from the left and from the front, all seen from the root of the moment.`,
      width: WIDTH * from.length,
      height: HEIGHT * VIEWS.length + 28,
      body: views.join('') + times.join(''),
    })
  );
}
