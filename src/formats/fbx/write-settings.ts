import { type Rate, rateHz } from '../../clip/index.js';
import { int, node, type WrittenNode, type WrittenValue } from './encode-binary.js';
import type { FileAxes } from './file-axes.js';

export const TICKS_PER_SECOND = 46_186_158_000n;

/** `TimeMode` of the rates that have one; other rates are written as custom. */
const TIME_MODES: readonly (readonly [hz: number, mode: number])[] = [
  [24, 11],
  [25, 10],
  [30, 6],
  [60, 3],
  [100, 2],
  [120, 1],
];
const CUSTOM = 14;

/** A property of the Properties70 form. */
export const property = (
  name: string,
  type: string,
  label: string,
  flags: string,
  ...values: WrittenValue[]
): WrittenNode => node('P', [name, type, label, flags, ...values]);

/** Ticks of a frame, to the nearest whole one. */
export function ticksOfFrame(frame: number, rate: Rate): bigint {
  const [numerator, denominator] = [BigInt(rate.numerator), BigInt(rate.denominator)];
  return (2n * BigInt(frame) * TICKS_PER_SECOND * denominator + numerator) / (2n * numerator);
}

/** Axes, unit, rate and span of the whole file. */
export function globalSettings(axes: FileAxes, rate: Rate, longestFrames: number): WrittenNode {
  const whole = (name: string, value: number): WrittenNode =>
    property(name, 'int', 'Integer', '', int(value));
  const [up, front, frontSign] = axes === 'unreal' ? [2, 1, -1] : [1, 2, 1];
  const mode = rate.denominator === 1 ? TIME_MODES.find(([hz]) => hz === rate.numerator)?.[1] : undefined;
  return node(
    'GlobalSettings',
    [],
    [
      node('Version', [int(1000)]),
      node(
        'Properties70',
        [],
        [
          whole('UpAxis', up),
          whole('UpAxisSign', 1),
          whole('FrontAxis', front),
          whole('FrontAxisSign', frontSign),
          whole('CoordAxis', 0),
          whole('CoordAxisSign', 1),
          whole('OriginalUpAxis', up),
          whole('OriginalUpAxisSign', 1),
          property('UnitScaleFactor', 'double', 'Number', '', 1),
          property('OriginalUnitScaleFactor', 'double', 'Number', '', 1),
          property('TimeMode', 'enum', '', '', int(mode ?? CUSTOM)),
          property('TimeSpanStart', 'KTime', 'Time', '', 0n),
          property('TimeSpanStop', 'KTime', 'Time', '', ticksOfFrame(Math.max(1, longestFrames - 1), rate)),
          property('CustomFrameRate', 'double', 'Number', '', mode === undefined ? rateHz(rate) : -1),
        ],
      ),
    ],
  );
}
