import type { Skeleton } from '../../clip/index.js';
import type { Body } from '../body/body.js';
import type { Anatomy } from './anatomy.js';

/** One side of a retarget: a skeleton, what its joints are, and how they sit in the body. */
export interface Figure {
  readonly skeleton: Skeleton;
  readonly body: Body;
  readonly anatomy: Anatomy;
}
