import type { FbxCurve } from './curve.js';
import type { FbxDocument, FbxId } from './document.js';
import { SharedAttributes } from './key-attributes.js';
import { KeyTimes } from './key-times.js';
import { childNamed, type FbxNode, type StoredArray, storedArrayOf } from './node.js';
import { readCurve } from './read-curve.js';
import type { ReadingProgress } from './reading-progress.js';

/**
 * Reads all curves of a file that drive something, by object id.
 *
 * @throws GaitwayError `fbx/damaged`, or what the one who is told of the progress throws.
 */
export async function readCurves(
  document: FbxDocument,
  ticksPerSecond: number,
  progress: ReadingProgress,
): Promise<Map<FbxId, FbxCurve>> {
  const wanted = [...document.objects.values()].filter(
    ({ kind, id }) => kind === 'AnimationCurve' && document.parentsOf.has(id),
  );
  const sizes = wanted.map(({ node }) => storedBytes(node));
  progress.begin(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const keyTimes = new KeyTimes(ticksPerSecond);
  const attributes = new SharedAttributes();
  const curves = new Map<FbxId, FbxCurve>();
  let done = 0;
  for (const [i, { id, node }] of wanted.entries()) {
    const curve = readCurve(node, keyTimes, attributes);
    if (curve) curves.set(id, curve);
    done += sizes[i];
    if (progress.due(done)) await progress.report(done);
  }
  return curves;
}

const storedBytes = (curve: FbxNode): number =>
  sizeOf(storedArrayOf(childNamed(curve, 'KeyTime'))) +
  sizeOf(storedArrayOf(childNamed(curve, 'KeyValueFloat')));

const sizeOf = (stored: StoredArray | undefined): number => (stored ? stored.to - stored.from : 0);
