import { type Attribute, BODY_ROLES, type BodyRole, rateHz, type Scene } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { AFFINE_SIZE } from '../math/affine.js';
import type { Body } from '../retarget/index.js';
import { bodyOfScene } from './body-of-scene.js';
import { type OpenOptions, openScene, type ReadingWatch } from './open-file.js';

/** What is in an animation file. */
export interface Inspection {
  readonly file: string;
  readonly format: string;
  readonly jointCount: number;
  readonly roots: readonly string[];
  readonly takes: readonly {
    readonly name: string;
    readonly rateHz: number;
    readonly frameCount: number;
    readonly durationSeconds: number;
    readonly curves: readonly string[];
    readonly events: readonly string[];
    /** How far the root of the body (or the first joint) goes from the first pose to the last. */
    readonly travelMetres: number;
  }[];
  readonly attributes: readonly Attribute[];
  /** Joints by VRM humanoid bone name, where the file says so itself; null elsewhere. */
  readonly humanoid: Readonly<Record<string, string>> | null;
  readonly unitMetres: number;
  readonly axes: string;
  readonly guesses: readonly string[];
  /** How high the figure stands from its lowest to its highest point, in the first frame or the rest pose. */
  readonly heightMetres: number;
  /** Who plays which part; null where the joints make no body. */
  readonly body: {
    readonly family: string;
    readonly roles: Readonly<
      Partial<Record<BodyRole, { readonly joint: string; readonly certainty: number }>>
    >;
  } | null;
  readonly joints: readonly { readonly name: string; readonly parent: number; readonly sourceName: string }[];
  readonly warnings: readonly Warning[];
}

/**
 * Opens a file and says what is in it.
 *
 * @throws GaitwayError what `openScene` throws.
 */
export async function inspectFile(
  path: string,
  options: OpenOptions & ReadingWatch = {},
): Promise<Inspection> {
  const scene = await openScene(path, options);
  const { joints } = scene.skeleton;
  const { body, warnings } = bodyOrWarning(scene);
  const heightMetres = heightOf(scene);
  return {
    file: path,
    format: scene.source.format,
    jointCount: joints.length,
    roots: joints.filter(({ parent }) => parent < 0).map(({ name }) => name),
    takes: scene.takes.map(({ name, rate, frameCount, duration, curveNames, events }, take) => ({
      name,
      rateHz: rateHz(rate),
      frameCount,
      durationSeconds: duration,
      curves: curveNames,
      events: events.map((event) => event.name),
      travelMetres: travelOf(scene, take, body?.roles.pelvis ?? 0),
    })),
    attributes: scene.attributes,
    humanoid: scene.humanoid
      ? Object.fromEntries(Object.entries(scene.humanoid).map(([bone, j]) => [bone, joints[j].name]))
      : null,
    unitMetres: scene.source.unitMetres,
    axes: scene.source.axes,
    guesses: scene.source.guesses,
    heightMetres,
    body: body && { family: body.family, roles: rolesOf(scene, body) },
    joints: joints.map(({ name, parent, sourceName }) => ({ name, parent, sourceName })),
    warnings: [...scene.warnings, ...warnings, ...(body ? oddSize(heightMetres) : [])],
  };
}

/** A prop or a creature is no fault of the file, so that its joints make no body is a warning. */
function bodyOrWarning(scene: Scene): { body: Body | null; warnings: readonly Warning[] } {
  try {
    const body = bodyOfScene(scene);
    return { body, warnings: body.warnings };
  } catch (error) {
    if (!(error instanceof GaitwayError)) throw error;
    return { body: null, warnings: [{ code: error.code, message: error.message }] };
  }
}

/** No person is as small or tall; a file that says so most likely states the wrong unit. */
const SMALLEST_METRES = 0.25;
const TALLEST_METRES = 4;
const PERSON_METRES = 1.7;

function oddSize(heightMetres: number): Warning[] {
  if (heightMetres >= SMALLEST_METRES && heightMetres <= TALLEST_METRES) return [];
  return [
    {
      code: 'inspect/odd-size',
      message: `The figure is ${heightMetres.toPrecision(3)} m high by the file's unit; most likely the program that wrote it stated another unit than it used. --scale ${factorFor(heightMetres)} would make it a person's size.`,
    },
  ];
}

/** The power of ten (or of an inch) that brings a figure nearest to a person's height. */
function factorFor(heightMetres: number): number {
  const off = (factor: number): number => Math.abs(Math.log((heightMetres * factor) / PERSON_METRES));
  return [0.001, 0.01, 0.0254, 0.1, 10, 39.37, 100, 1000].reduce((a, b) => (off(b) < off(a) ? b : a));
}

function rolesOf({ skeleton }: Scene, body: Body): NonNullable<Inspection['body']>['roles'] {
  return Object.fromEntries(
    BODY_ROLES.flatMap((role) => {
      const joint = body.roles[role];
      if (joint === undefined) return [];
      return [[role, { joint: skeleton.joints[joint].name, certainty: body.certainty[role] ?? 0 }]];
    }),
  );
}

function heightOf(scene: Scene): number {
  const { joints } = scene.skeleton;
  const m = new Float64Array(AFFINE_SIZE * joints.length);
  scene.evaluate(scene.takes.length > 0 ? 0 : -1, 0, m);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  joints.forEach(({ endOffset }, j) => {
    const at = AFFINE_SIZE * j;
    const y = m[at + 10];
    const end = endOffset
      ? y + m[at + 1] * endOffset[0] + m[at + 4] * endOffset[1] + m[at + 7] * endOffset[2]
      : y;
    low = Math.min(low, y, end);
    high = Math.max(high, y, end);
  });
  return high - low;
}

function travelOf(scene: Scene, take: number, joint: number): number {
  const m = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
  const at = AFFINE_SIZE * joint + 9;
  scene.evaluate(take, 0, m);
  const [x, y, z] = [m[at], m[at + 1], m[at + 2]];
  scene.evaluate(take, scene.takes[take].duration, m);
  return Math.hypot(m[at] - x, m[at + 1] - y, m[at + 2] - z);
}
