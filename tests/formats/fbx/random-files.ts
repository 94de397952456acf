import { type Random, seededRandom } from '../../../src/math/random.js';
import { arm, type FeatureFile, type LayerOptions, layersOver, line } from './feature-files.js';
import { type Key, type LimbProperties, property } from './made-ascii.js';

const FRAMES = 120;
const [CUBIC, TCB, WEIGHTED_RIGHT, WEIGHTED_NEXT_LEFT] = [0x8, 0x200, 0x1000000, 0x2000000];

/** Constant, linear, automatic, clamped, user, TCB and broken keys, and flags that name no tangents. */
const KINDS = [
  0x2, 0x102, 0x4, 0x8, 0x108, 0x1108, 0x2108, 0x3108, 0x6108, 0x7108, 0x208, 0x408, 0x508, 0x808, 0x908,
  0x2908, 0xa08, 0xc08,
];

/** A file whose arm turns about one axis by a curve of random keys. */
export function randomCurve(seed: number): FeatureFile {
  return arm(`random curve ${seed}`, { turn: [randomKeys(seed)], rateHz: 60 });
}

/** Keys of any kinds at any frames. */
function randomKeys(seed: number): Key[] {
  const random = seededRandom(seed);
  const turn: Key[] = [];
  const begin = random.below(2) * random.below(30);
  for (let at = begin; at <= FRAMES; at += 6 + random.below(30))
    turn.push(randomKey(random, at, turn.at(-1)));
  return turn;
}

function randomKey(random: Random, frame: number, before: Key | undefined): Key {
  const kind = KINDS[random.below(KINDS.length)];
  const isTcb = (kind & CUBIC) !== 0 && (kind & TCB) !== 0;
  const isWeighted = (kind & CUBIC) !== 0 && !isTcb;
  const within = (most: number): number => (random.uniform() < 0.3 ? 0 : most * (2 * random.uniform() - 1));
  const weight = (flag: number): number => (isWeighted && random.uniform() < 0.2 ? flag : 0);
  return {
    at: frame / 60,
    value: before && random.uniform() < 0.15 ? before.value : random.below(80) - 40,
    flags: kind | weight(WEIGHTED_RIGHT) | weight(WEIGHTED_NEXT_LEFT),
    data: [
      within(isTcb ? 1 : 50),
      within(isTcb ? 1 : 50),
      isTcb ? within(1) : [500 + random.below(9000), 500 + random.below(9000)],
      0,
    ],
  };
}

/** A file whose three joints have any pivots, rotations and orders, even scales, and inherit types that a baked file can show. */
export function randomTransform(seed: number): FeatureFile {
  const random = seededRandom(seed);
  return arm(`random transform ${seed}`, {
    root: randomProperties(random),
    arm: randomProperties(random),
    tip: randomProperties(random),
    ...(random.below(2) === 0 && { place: randomLines(random, 10) }),
  });
}

const VECTORS = {
  'Lcl Translation': 10,
  'Lcl Rotation': 90,
  RotationOffset: 5,
  RotationPivot: 5,
  ScalingOffset: 5,
  ScalingPivot: 5,
  PreRotation: 90,
  PostRotation: 90,
} as const;

function randomProperties(random: Random): LimbProperties {
  const properties: Record<string, number | [number, number, number]> = {};
  for (const [name, most] of Object.entries(VECTORS))
    if (random.uniform() < 0.6)
      properties[name] = [whole(random, most), whole(random, most), whole(random, most)];
  const scale = 0.5 + 1.5 * random.uniform();
  if (random.uniform() < 0.5) properties['Lcl Scaling'] = [scale, scale, scale];
  properties.InheritType = random.below(2);
  properties.RotationActive = random.below(2);
  properties.RotationOrder = random.below(7);
  if (random.below(6) === 0) properties.RotationSpaceForLimitOnly = 1;
  return properties;
}

const whole = (random: Random, most: number): number => random.below(2 * most + 1) - most;

const randomLines = (random: Random, most: number): Key[][] =>
  [0, 1, 2].map(() => line(...[0, 1, 2].map(() => whole(random, most))));

/**
 * A file with one to three further layers over the arm, of any modes and weights.
 *
 * Layers that pass through are mixed otherwise by Maya than by Autodesk's SDK for three of the orders; we take
 * Maya's way, so those stay out.
 */
export function randomLayers(seed: number): FeatureFile {
  const random = seededRandom(seed);
  const order = random.below(7);
  const modes = order % 2 === 1 ? 2 : 3;
  const layers: LayerOptions[] = Array.from({ length: 1 + random.below(3) }, () => ({
    properties: randomLayerProperties(random, modes),
    ...(random.below(4) > 0 && { turn: randomLines(random, 60) }),
    ...(random.below(2) === 0 && { place: randomLines(random, 10) }),
    ...(random.below(4) === 0 && { weight: line(100 * random.uniform(), 100 * random.uniform()) }),
  }));
  return arm(`random layers ${seed}`, {
    arm: {
      RotationActive: 1,
      RotationOrder: order,
      ...(random.below(2) === 0 && { PreRotation: [20, -40, 10] }),
    },
    ...(random.below(2) === 0 && { place: randomLines(random, 10) }),
    ...(random.below(4) === 0 && { turn: [] }),
    more: layersOver(layers),
  });
}

const randomLayerProperties = (random: Random, modes: number): string =>
  [
    property('BlendMode', 'enum', '', '', random.below(modes)),
    property('RotationAccumulationMode', 'enum', '', '', random.below(2)),
    ...(random.below(2) === 0
      ? [property('Weight', 'Number', '', 'A', Math.round(100 * random.uniform()))]
      : []),
    ...(random.below(8) === 0 ? [property('Mute', 'bool', '', '', 1)] : []),
  ].join('');
