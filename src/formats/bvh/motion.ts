import type { Warning } from '../../errors.js';
import type { ReadOptions } from '../read-options.js';
import type { BvhReader } from './reader.js';
import {
  type BvhRows,
  blockWithRoom,
  endLine,
  makeRowScan,
  type RowScan,
  rowsOf,
  scanPlainNumbers,
} from './rows.js';

/** The rows of a BVH file. */
export interface BvhMotion {
  /** Seconds; undefined where the file does not say. */
  readonly frameTime?: number;
  /** [frames, channels], degrees and file units */
  readonly rows: BvhRows;
}

/** Bytes after which the caller hears how far it is. */
const TELL_EVERY = 8 * 2 ** 20;
const NO_NUMBER = /^[+-]?(nan|inf|1\.#|\.#)/i;

/**
 * Reads what follows the word `MOTION`.
 *
 * The rows that are there count, not the number that `Frames:` announces; rows may go over several lines.
 * `onProgress` hears of the share that is read, about every 8 MiB.
 *
 * @throws GaitwayError `bvh/not-finite`, `bvh/bad-number`, `bvh/bad-motion`, `bvh/row-width`,
 *   `bvh/truncated`, each naming the line and frame.
 */
export async function readMotion(
  reader: BvhReader,
  channelCount: number,
  onProgress?: ReadOptions['onProgress'],
): Promise<{ motion: BvhMotion; warnings: Warning[] }> {
  const warnings: Warning[] = [];
  let declared: number | undefined;
  let frameTime: number | undefined;
  for (;;) {
    reader.skipSpace();
    if (reader.done) break;
    const before = reader.at;
    const label = reader.label();
    if (label !== 'frames' && label !== 'frame time' && label !== 'frametime') {
      reader.at = before;
      break;
    }
    skipBlanks(reader);
    const there = reader.number();
    if (label === 'frames') {
      if (!there)
        throw reader.fail('bad-motion', `"${reader.glimpse()}" after Frames:; a whole number is wanted.`);
      declared = reader.value;
    } else if (there && reader.value > 0 && Number.isFinite(reader.value)) {
      frameTime = reader.value;
    } else {
      if (!there)
        while (!reader.done && !/\s/.test(String.fromCharCode(reader.bytes[reader.at]))) reader.at++;
      warnings.push({
        code: 'bvh/bad-frame-time',
        message: 'The file states a Frame Time that is no positive number.',
      });
    }
  }

  const scan = makeRowScan(channelCount, reader.bytes.length - reader.at);
  let told = reader.at;
  for (;;) {
    if (onProgress && reader.at - told >= TELL_EVERY) {
      told = reader.at;
      await onProgress(told / reader.bytes.length);
    }
    if (!readBlock(reader, channelCount, scan)) break;
  }
  if (!reader.done) refuseOrLeaveTrailing(reader, scan.count, channelCount, declared, warnings);
  endLine(scan);
  const { count, lines, widest, narrowest } = scan;

  const frameCount = channelCount === 0 ? 0 : Math.floor(count / channelCount);
  const left = count - frameCount * channelCount;
  if (lines === declared && widest === narrowest && widest !== channelCount) {
    throw reader.fail(
      'row-width',
      `every row holds ${widest} numbers, but the hierarchy has ${channelCount} channels.`,
      { found: widest, wanted: channelCount },
    );
  }
  if (frameCount === 0 && left > 0) {
    throw reader.fail(
      'truncated',
      `the file ends after ${left} of the ${channelCount} numbers of its first frame.`,
      { frame: 0 },
    );
  }
  if (left > 0) {
    warnings.push({
      code: 'bvh/partial-row',
      message: `The last row holds ${left} of ${channelCount} numbers; it is left out.`,
      frame: frameCount,
    });
  }
  if (declared !== undefined && declared !== frameCount) {
    warnings.push({
      code: 'bvh/frame-count',
      message: `The file announces ${declared} frames and holds ${frameCount}; all ${frameCount} are read.`,
    });
  }
  return {
    motion: {
      ...(frameTime !== undefined && { frameTime }),
      rows: rowsOf(scan, channelCount),
    },
    warnings,
  };
}

/** Reads numbers until a block is full (true), or to where no number follows (false). */
function readBlock(reader: BvhReader, channelCount: number, scan: RowScan): boolean {
  if (channelCount === 0) {
    skipSeparators(reader);
    if (reader.done || !reader.number()) return false;
    throw reader.fail('row-width', 'the hierarchy has no channels, but numbers follow MOTION.');
  }
  const { values, at } = blockWithRoom(scan, channelCount);
  const begin = scan.count - at;
  for (;;) {
    scanPlainNumbers(reader, scan, values, scan.count - begin);
    if (scan.count - begin === values.length) return true;
    if (skipSeparators(reader)) endLine(scan);
    const begins = reader.at;
    if (reader.done || !reader.number()) return false;
    if (!Number.isFinite(reader.value)) {
      reader.at = begins;
      throw notFinite(reader, scan.count, channelCount);
    }
    values[scan.count - begin] = reader.value;
    scan.count++;
    if (scan.count - begin === values.length) return true;
  }
}

function skipBlanks(reader: BvhReader): void {
  while (reader.bytes[reader.at] === 32 || reader.bytes[reader.at] === 9) reader.at++;
}

/** Skips blanks, line ends and commas between numbers; tells whether a line ended. */
function skipSeparators(reader: BvhReader): boolean {
  const { bytes } = reader;
  let ended = false;
  let i = reader.at;
  for (; ; i++) {
    const byte = bytes[i];
    if (byte === 10 || byte === 13) ended = true;
    else if (byte === undefined || (byte > 32 && byte !== 44)) break;
  }
  reader.at = i;
  return ended || i >= bytes.length;
}

function notFinite(reader: BvhReader, count: number, channelCount: number): Error {
  const frame = Math.floor(count / Math.max(1, channelCount));
  return reader.fail(
    'not-finite',
    `frame ${frame} holds "${reader.glimpse()}", which is no number; mend or cut that frame in the program it came from.`,
    { frame },
  );
}

/** Text after the last row is left out with a warning; text among the rows means the file is damaged. */
function refuseOrLeaveTrailing(
  reader: BvhReader,
  count: number,
  channelCount: number,
  declared: number | undefined,
  warnings: Warning[],
): void {
  const glimpse = reader.glimpse();
  if (NO_NUMBER.test(glimpse)) throw notFinite(reader, count, channelCount);
  const frame = Math.floor(count / Math.max(1, channelCount));
  const between = channelCount > 0 && count % channelCount === 0 && reader.atLineStart;
  if (!between || (frame < (declared ?? 0) && numbersFollow(reader))) {
    throw reader.fail('bad-number', `frame ${frame} holds "${glimpse}" where a number is wanted.`, { frame });
  }
  warnings.push({
    code: 'bvh/trailing-text',
    message: `Line ${reader.lineOf()} and what follows is no motion ("${glimpse}"); it is left out.`,
  });
}

/** Whether a later line begins with a number. */
function numbersFollow(reader: BvhReader): boolean {
  const { bytes } = reader;
  for (let i = reader.at; i < bytes.length; i++) {
    if (bytes[i] !== 10 && bytes[i] !== 13) continue;
    while (i < bytes.length && bytes[i] <= 32) i++;
    const byte = bytes[i] ?? 0;
    if ((byte >= 48 && byte <= 57) || byte === 45 || byte === 43 || byte === 46) return true;
  }
  return false;
}
