import type { FbxCurve } from './curve.js';
import type { FbxDocument, FbxId } from './document.js';
import { SharedAttributes } from './key-attributes.js';
import { KeyTimes } from './key-times.js';
import { childNamed, type FbxNode, storedArrayOf } from './node.js';
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
  progress.begin(
    1,
    wanted.reduce((sum, { node }) => sum + storedBytes(node), 0),
  );
  const keyTimes = new KeyTimes(ticksPerSecond);
  const attributes = new SharedAttributes();
  const curves = new Map<FbxId, FbxCurve>();
  let done = 0;
  for (const { id, node } of wanted) {
    const curve = readCurve(node, keyTimes, attributes);
    if (curve) curves.set(id, curve);
    done += storedBytes(node);
    if (progress.due(done)) await progress.report(done);
  }
  return curves;
}

const storedBytes = (curve: FbxNode): number =>
  (storedArrayOf(childNamed(curve, 'KeyTime'))?.bytes.length ?? 0) +
  (storedArrayOf(childNamed(curve, 'KeyValueFloat'))?.bytes.length ?? 0);
