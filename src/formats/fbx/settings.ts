import { makeRate, type Rate, rateFromHz } from '../../clip/index.js';
import type { FbxDocument, Properties } from './document.js';
import { childNamed, numberOf } from './node.js';

const DEFAULT_TICKS = 46_186_158_000;
const NEW_TICKS = 141_120_000;
const CLOCK_HEADER = 1004;
const OLD_CLOCK = 127;
const CUSTOM_MODE = 14;

/** Frames per second by `TimeMode`; 0 leaves the rate open. */
const TIME_MODES: Readonly<Record<number, readonly [number, number]>> = {
  1: [120, 1],
  2: [100, 1],
  3: [60, 1],
  4: [50, 1],
  5: [48, 1],
  6: [30, 1],
  7: [30, 1],
  8: [30000, 1001],
  9: [30000, 1001],
  10: [25, 1],
  11: [24, 1],
  12: [1000, 1],
  13: [24000, 1001],
  15: [96, 1],
  16: [72, 1],
  17: [60000, 1001],
  18: [120000, 1001],
};

/** What holds for the whole file. */
export interface FileSettings {
  readonly ticksPerSecond: number;
  /** Nothing where the file leaves the rate open (Unreal's exports). */
  readonly rate: Rate | undefined;
  readonly unitMetres: number;
  /** Which file axis, with its sign, becomes x, y and z. */
  readonly axes: readonly [SignedAxis, SignedAxis, SignedAxis];
  /** In words: `Z up`. */
  readonly axesText: string;
}

export interface SignedAxis {
  readonly axis: 0 | 1 | 2;
  readonly sign: 1 | -1;
}

export function readSettings(document: FbxDocument): FileSettings {
  const { settings } = document;
  const number = (name: string, otherwise: number): number => {
    const value = settings.get(name)?.number() ?? Number.NaN;
    return Number.isFinite(value) ? value : otherwise;
  };
  const axis = (name: string, otherwise: 0 | 1 | 2): SignedAxis => {
    const value = number(`${name}Axis`, otherwise);
    return {
      axis: value === 0 || value === 1 || value === 2 ? value : otherwise,
      sign: number(`${name}AxisSign`, 1) < 0 ? -1 : 1,
    };
  };
  const [right, up, front] = [axis('Coord', 0), axis('Up', 1), axis('Front', 2)];
  const distinct = new Set([right.axis, up.axis, front.axis]).size === 3;
  const axes: FileSettings['axes'] = distinct
    ? [right, up, front]
    : [
        { axis: 0, sign: 1 },
        { axis: 1, sign: 1 },
        { axis: 2, sign: 1 },
      ];
  const unit = number('UnitScaleFactor', 1);
  return {
    ticksPerSecond: readClock(document),
    rate: readRate(settings),
    unitMetres: (unit > 0 ? unit : 1) / 100,
    axes,
    axesText: axesText(settings, axes[1], unit),
  };
}

/** `Z up`, and how the scene was made where the exporter turned it or changed its unit. */
function axesText(settings: Properties, up: SignedAxis, unit: number): string {
  const number = (name: string): number => settings.get(name)?.number() ?? Number.NaN;
  const [axis, factor] = [number('OriginalUpAxis'), number('OriginalUnitScaleFactor')];
  const made = [
    ...([0, 1, 2].includes(axis) && axis !== up.axis ? [`with ${'XYZ'[axis]} up`] : []),
    ...(factor > 0 && Math.abs(factor - unit) > 1e-9 * unit ? [`in units of ${factor / 100} m`] : []),
  ];
  const text = `${up.sign < 0 ? '−' : ''}${'XYZ'[up.axis]} up`;
  return made.length > 0 ? `${text}, made ${made.join(' and ')}` : text;
}

/** Since header version 1004 a file may count in ticks of another clock. */
function readClock(document: FbxDocument): number {
  const header = document.tree.nodes.find((node) => node.name === 'FBXHeaderExtension');
  const headerVersion = numberOf(childNamed(header, 'FBXHeaderVersion')?.values[0]);
  const definition = numberOf(childNamed(childNamed(header, 'OtherFlags'), 'TCDefinition')?.values[0]);
  return headerVersion >= CLOCK_HEADER && definition !== OLD_CLOCK && Number.isFinite(definition)
    ? NEW_TICKS
    : DEFAULT_TICKS;
}

function readRate(settings: Properties): Rate | undefined {
  const mode = settings.get('TimeMode')?.number() ?? Number.NaN;
  if (mode === CUSTOM_MODE) {
    const custom = settings.get('CustomFrameRate')?.number() ?? Number.NaN;
    return custom > 0 && custom <= 1e6 ? rateFromHz(custom) : undefined;
  }
  const known = TIME_MODES[mode];
  return known && makeRate(...known);
}
