import { makeRate, type Rate } from '../../clip/index.js';
import type { Properties } from './document.js';
import type { WrittenNode } from './encode-binary.js';
import { textOf } from './node.js';
import { property } from './write-settings.js';

/**
 * FBX states one rate for the whole file. A take of another rate has its own in a user property of its stack,
 * which other programs pass over.
 */
const NAME = 'GaitwayRate';

export const takeRateProperty = ({ numerator, denominator }: Rate): WrittenNode =>
  property(NAME, 'KString', '', 'U', `${numerator}/${denominator}`);

/** The take's own rate; nothing where its stack states none. */
export function takeRate(stack: Properties): Rate | undefined {
  const [, numerator, denominator] = /^(\d{1,9})\/(\d{1,9})$/.exec(textOf(stack.get(NAME)?.values[0])) ?? [];
  const hz = Number(numerator) / Number(denominator);
  return hz > 0 && hz <= 1e6 ? makeRate(Number(numerator), Number(denominator)) : undefined;
}
