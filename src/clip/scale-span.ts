import type { Warning } from '../errors.js';
import { AFFINE_PARTS, SCALE_AT } from '../math/affine-parts.js';
import type { Joint } from './skeleton.js';

/** A joint that grows or shrinks by less (ratio) keeps its size. */
const WORTH_TELLING = 1.001;
const MOST_NAMED = 8;
/** Below this a joint is shrunk away, which is how props are hidden. */
const NOTHING = 1e-9;

/** How much each joint's own size, against its parent's, changes over the frames that are looked at. */
export class ScaleSpan {
  /** [joints] */
  private readonly least: Float64Array;
  private readonly most: Float64Array;

  constructor(private readonly joints: readonly Joint[]) {
    this.least = new Float64Array(joints.length).fill(Number.POSITIVE_INFINITY);
    this.most = new Float64Array(joints.length).fill(Number.NEGATIVE_INFINITY);
  }

  /** `parts` [joints, 9] of the world matrices of a frame, see math/affine-parts.ts. */
  look(parts: Float64Array): void {
    for (let j = 0; j < this.joints.length; j++) {
      const { parent } = this.joints[j];
      const above = parent < 0 ? 1 : sizeAt(parts, parent);
      // Below a joint without size nothing can be told.
      if (above < NOTHING) continue;
      const own = sizeAt(parts, j) / above;
      if (own < this.least[j]) this.least[j] = own;
      if (own > this.most[j]) this.most[j] = own;
    }
  }

  /** One warning that names the joints whose size changes; none where all keep theirs. */
  warnings(): Warning[] {
    const changing = this.joints.flatMap(({ name }, j) =>
      this.most[j] > WORTH_TELLING * Math.max(this.least[j], NOTHING)
        ? [`"${name}" (${short(this.least[j])} to ${short(this.most[j])} times)`]
        : [],
    );
    if (changing.length === 0) return [];
    const listed = changing.slice(0, MOST_NAMED).join(', ');
    const more = changing.length > MOST_NAMED ? ` and ${changing.length - MOST_NAMED} more` : '';
    return [
      {
        code: 'clip/scale-animated',
        message: `Joints change their size: ${listed}${more}. Their places are kept; the change of size is left out.`,
      },
    ];
  }
}

/** Mean size: the cube root of the product of the axes' lengths. */
const sizeAt = (parts: Float64Array, j: number): number => {
  const at = AFFINE_PARTS * j + SCALE_AT;
  return Math.cbrt(parts[at] * parts[at + 1] * parts[at + 2]);
};

const short = (value: number): string => String(Number(value.toPrecision(3)));
