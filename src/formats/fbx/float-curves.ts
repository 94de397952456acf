import { blendNumbers } from './blend-layers.js';
import type { FbxDocument, FbxObject } from './document.js';
import { type Influence, influencesOn } from './layers.js';
import type { FbxTake } from './takes.js';

/** A number that a take moves and that places no joint: an animated user property, a blend shape's weight. */
export interface FloatCurve {
  readonly name: string;
  readonly influences: readonly Influence[];
  /** Blend shapes count in percent. */
  readonly scale: number;
}

/** Properties that place joints; of others, what a user made comes along and what is built in does not. */
const PLACING = new Set(['Lcl Translation', 'Lcl Rotation', 'Lcl Scaling']);
const PERCENT = 0.01;

/** Float curves of a take, and the names of animated properties that are no such curve. */
export function readFloatCurves(
  document: FbxDocument,
  take: FbxTake,
  models: readonly FbxObject[],
): { curves: FloatCurve[]; leftOut: string[] } {
  const found: { object: FbxObject; name: string; curve: FloatCurve }[] = [];
  const leftOut: string[] = [];
  const add = (object: FbxObject, property: string, name: string, scale: number): void => {
    const influences = influencesOn(take.layers, object.id, property);
    const curve = { name, influences, scale };
    if (influences.length > 0) found.push({ object, name, curve });
  };
  for (const model of models) {
    const animated = new Set(
      take.layers.flatMap(({ channels }) => [...(channels.get(model.id)?.keys() ?? [])]),
    );
    for (const name of animated) {
      if (PLACING.has(name)) continue;
      const property = model.properties.get(name);
      if (property?.flags.includes('U')) add(model, name, name, 1);
      else leftOut.push(`${model.name}.${name}`);
    }
  }
  for (const object of document.objects.values()) {
    if (object.kind === 'Deformer' && object.type === 'BlendShapeChannel')
      add(object, 'DeformPercent', object.name.split('.').at(-1) ?? '', PERCENT);
  }
  return { curves: withOwnNames(found), leftOut };
}

/** Where two joints have a property of one name, the joint's name stands in front. */
function withOwnNames(
  found: readonly { object: FbxObject; name: string; curve: FloatCurve }[],
): FloatCurve[] {
  const counts = new Map<string, number>();
  for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return found.map(({ object, name, curve }) =>
    (counts.get(name) ?? 0) > 1 ? { ...curve, name: `${object.name}.${name}` } : curve,
  );
}

/** The number at `time` seconds on the file's time line. */
export const floatAt = ({ influences, scale }: FloatCurve, time: number): number =>
  blendNumbers(influences, time)[0] * scale;
