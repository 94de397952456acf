import { makeRate, type Rate, rateHz } from '../../clip/index.js';
import type { FbxCurve } from './curve.js';
import type { FbxDocument, FbxId, FbxObject } from './document.js';
import { type Layer, readLayers } from './layers.js';
import { childNamed, numbersOf, textOf } from './node.js';
import type { FileSettings } from './settings.js';
import { takeRate } from './take-rate.js';

/** An animation stack with its span on the file's time line. */
export interface FbxTake {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** Seconds on the file's time line. */
  readonly start: number;
  readonly duration: number;
  readonly rate: Rate;
}

/** The takes of a file, in its order. */
export function readTakes(
  document: FbxDocument,
  settings: FileSettings,
  curvesById: ReadonlyMap<FbxId, FbxCurve>,
): FbxTake[] {
  const stacks = [...document.objects.values()].filter((object) => object.kind === 'AnimationStack');
  return stacks.map((stack) => {
    const layers = readLayers(document, stack, curvesById);
    const curves = layers
      .flatMap(({ channels }) => [...channels.values()].flatMap((ofObject) => [...ofObject.values()]))
      .flatMap(({ curves }) => curves)
      .filter((curve) => curve !== undefined);
    const [start, stop] = spanOf(document, stack, settings.ticksPerSecond) ?? keySpan(curves);
    return {
      name: stack.name,
      layers,
      start,
      duration: Math.max(0, stop - start),
      rate: takeRate(stack.properties) ?? settings.rate ?? guessRate(curves),
    };
  });
}

/** `LocalStart` and `LocalStop` of the stack, else the span in `Takes`; nothing where neither says. */
function spanOf(
  document: FbxDocument,
  stack: FbxObject,
  ticksPerSecond: number,
): [number, number] | undefined {
  const [start, stop] = ['LocalStart', 'LocalStop'].map(
    (name) => document.property(stack, name)?.number() ?? Number.NaN,
  );
  if (Number.isFinite(stop) && stop > (Number.isFinite(start) ? start : 0)) {
    return [(Number.isFinite(start) ? start : 0) / ticksPerSecond, stop / ticksPerSecond];
  }
  const takes = document.tree.nodes.find((node) => node.name === 'Takes');
  const take = takes?.children.find((node) => node.name === 'Take' && textOf(node.values[0]) === stack.name);
  const [from, to] = numbersOf(childNamed(take, 'LocalTime'));
  return to > from ? [from / ticksPerSecond, to / ticksPerSecond] : undefined;
}

function keySpan(curves: readonly FbxCurve[]): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { times } of curves) {
    first = Math.min(first, times[0]);
    last = Math.max(last, times[times.length - 1]);
  }
  return first <= last ? [first, last] : [0, 0];
}

const ON_FRAME = 1e-3;

/** The first usual rate on whose frames all keys lie, where the file names none; else 30. */
function guessRate(curves: readonly FbxCurve[]): Rate {
  // Most curves share their key times.
  const lists = [...new Set(curves.map(({ times }) => times))];
  for (const hz of [30, 24, 25, 60, 120]) {
    const rate = makeRate(hz);
    const fits = lists.every((times) =>
      times.every((time) => Math.abs(time * rateHz(rate) - Math.round(time * rateHz(rate))) < ON_FRAME),
    );
    if (fits && lists.length > 0) return rate;
  }
  return makeRate(30);
}
