import { type DatabaseAnalysis, GAITS, type Gait } from '../../motion/index.js';
import { percent } from './figures.js';
import { drawing, legend } from './html.js';

/** A mark at a place: a square, a dot and a triangle, so that shapes tell gaits apart where colours do not. */
const MARK: Readonly<Record<Gait, (x: string, y: string) => string>> = {
  idle: (x, y) => `M${x} ${y}m-2-2h4v4h-4z`,
  walk: (x, y) => `M${x} ${y}m-1.9 0a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0`,
  run: (x, y) => `M${x} ${y}m0-2.6l2.5 4.4h-5z`,
};

/** Frames on the plane in which their rows vary most, by gait. */
export function frameMap({ points, shownShare }: DatabaseAnalysis['map']): string {
  const [width, height, edge] = [560, 420, 14];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const scaleOf = (values: readonly number[], length: number) => {
    const low = Math.min(...values);
    const span = Math.max(...values) - low || 1;
    return (value: number): string => (edge + ((length - 2 * edge) * (value - low)) / span).toFixed(1);
  };
  const [x, y] = [scaleOf(xs, width), scaleOf(ys, height)];
  const present = GAITS.filter((gait) => points.some((point) => point.gait === gait));
  const marks = present.map(
    (gait) =>
      `<path class="${gait}" d="${points
        .filter((point) => point.gait === gait)
        .map((point) => MARK[gait](x(point.x), y(point.y)))
        .join('')}"/>`,
  );
  const counts = present.map((gait) => `${points.filter((point) => point.gait === gait).length} ${gait}`);
  return (
    legend(present.map((gait) => [gait, gait])) +
    drawing({
      id: 'map',
      title: 'Frames by how they are compared',
      says: `${points.length} frames on the plane of the first two principal components, which shows ${percent(shownShare)} of their variance: ${counts.join(', ')}.`,
      width,
      height,
      body: `<rect class="blank" width="${width}" height="${height}" rx="10"/>${marks.join('')}`,
    })
  );
}
