import { SILENCE } from './arrays.js';
import type { DatabaseArray, DatabaseHeader } from './header.js';

const BYTES = { float32: 4, float64: 8, uint8: 1, uint32: 4, float16: 2, int8: 1 } as const;

/** The first thing in a header that does not fit the rest or the file's length, in words. */
export function contradiction(header: DatabaseHeader, fileBytes: number): string | undefined {
  const { frameCount, dimension, arrays, clips, blocks } = header;
  const rowType = arrays.find(({ name }) => name === 'rows')?.type;
  const wanted: Partial<Record<DatabaseArray['name'], readonly [DatabaseArray['type'], readonly number[]]>> =
    {
      rows: [rowType === 'float16' || rowType === 'int8' ? rowType : 'float32', [frameCount, dimension]],
      mean: ['float64', [dimension]],
      factor: ['float64', [dimension]],
      valid: ['uint8', [frameCount]],
      contacts: ['uint8', [frameCount, 2]],
      roots: ['float32', [frameCount, 4]],
      tagMask: ['uint32', [frameCount]],
      costBias: ['float32', [frameCount]],
      continuingBias: ['float32', [frameCount]],
      ...(rowType === 'int8' && {
        rowOffset: ['float32', [dimension]],
        rowStep: ['float32', [dimension]],
      }),
    };
  for (const [name, [type, shape]] of Object.entries(wanted)) {
    const entry = arrays.find((candidate) => candidate.name === name);
    if (!entry) {
      if (name in SILENCE) continue;
      return `its header names no array "${name}"`;
    }
    if (entry.type !== type || entry.shape.join() !== shape.join()) {
      return `its array "${name}" is ${entry.type} [${entry.shape.join(', ')}], not ${type} [${shape.join(', ')}]`;
    }
    const end = entry.offset + entry.shape.reduce((a, b) => a * b, 1) * BYTES[type];
    if (end > fileBytes)
      return `its array "${name}" should end at byte ${end}, but it has ${fileBytes} bytes`;
  }
  let start = 0;
  for (const clip of clips) {
    if (clip.start !== start) return `clip "${clip.name}" begins at row ${clip.start}, not ${start}`;
    start += clip.frameCount;
  }
  if (start !== frameCount) return `its clips have ${start} frames together, not ${frameCount}`;
  let offset = 0;
  for (const block of blocks) {
    if (block.offset !== offset)
      return `block "${block.name}" begins at number ${block.offset}, not ${offset}`;
    offset += block.size;
  }
  if (offset !== dimension) return `its blocks have ${offset} numbers together, not ${dimension}`;
  return undefined;
}
