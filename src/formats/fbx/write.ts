import type { Clip, Skeleton } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { warnOfLeftOut } from '../left-out.js';
import type { WrittenFile } from '../written-file.js';
import { CREATION_TIME, encodeBinaryFbx, FILE_ID, int, node, type WrittenNode } from './encode-binary.js';
import type { FileAxes } from './file-axes.js';
import { holdableNames } from './holdable-names.js';
import { animationObjects, warnOfRates } from './write-animation.js';
import { definitions } from './write-definitions.js';
import { globalSettings } from './write-settings.js';
import { skeletonObjects } from './write-skeleton.js';
import { userProperties } from './write-user-properties.js';

export interface FbxWriteOptions {
  /** `unreal` as Unreal's own exports (Z up, facing −Y), `y-up` for Maya and Blender. */
  readonly axes?: FileAxes;
  /** A tiny tetrahedron skinned to every joint, so that Unreal can make a skeleton from the file. */
  readonly mesh?: boolean;
}

const CREATOR = 'Gaitway';

/**
 * Writes clips of one skeleton as binary FBX 7400, a take each: joints, linear keys at the exact rate,
 * centimetres. Curves are animated user properties of the first joint, attributes plain user properties.
 *
 * One root is written; where the skeleton has several, the file says so in `warnings`. Scales are all 1.
 *
 * @throws GaitwayError `fbx/nothing-to-write` without clips, `fbx/several-skeletons` where clips differ in
 *   their joints.
 */
export function writeFbx(clips: readonly Clip[], options: FbxWriteOptions = {}): WrittenFile {
  const [first] = clips;
  if (!first)
    throw new GaitwayError('fbx/nothing-to-write', 'There is no clip to write; at least one is wanted.');
  const other = clips.find((clip) => !sameJoints(clip.skeleton, first.skeleton));
  if (other) {
    throw new GaitwayError(
      'fbx/several-skeletons',
      `"${other.name}" has other joints than "${first.name}"; clips in one FBX file share a skeleton. Write it to a file of its own.`,
      { clip: other.name },
    );
  }
  const axes = options.axes ?? 'unreal';
  const given = first.skeleton.joints.map(({ name }) => name);
  const names = holdableNames(given);
  const user = userProperties(clips);
  const skeleton = skeletonObjects(first.skeleton, axes, options.mesh ?? true, names, user.ofJoints);
  const animation = animationObjects(clips, axes, skeleton.modelIds, user.driven);
  const objects = [...skeleton.objects, ...animation.objects];
  const nodes = [
    header(),
    node('FileId', [FILE_ID]),
    node('CreationTime', [CREATION_TIME]),
    node('Creator', [CREATOR]),
    globalSettings(axes, first.rate, animation.longest),
    documents(user.ofFile),
    node('References'),
    definitions(objects),
    node('Objects', [], objects),
    node('Connections', [], [...skeleton.connections, ...animation.connections]),
    animation.takes,
  ];
  const roots = first.skeleton.joints.filter((joint) => joint.parent < 0).map((joint) => joint.name);
  const warnings = [
    ...clips.flatMap((clip) => warnOfLeftOut(clip, 'FBX', ['events', 'scales'])),
    ...user.warnings,
    ...warnOfRates(clips),
  ];
  if (roots.length > 1) {
    warnings.push({
      code: 'fbx/several-roots',
      message: `The skeleton has ${roots.length} roots (${roots.join(', ')}); Unreal imports one only.`,
    });
  }
  const renamed = given.flatMap((from, j) => (names[j] === from ? [] : [{ from, to: names[j] }]));
  return { bytes: encodeBinaryFbx(nodes), warnings, renamed };
}

const sameJoints = (a: Skeleton, b: Skeleton): boolean =>
  a.joints.length === b.joints.length &&
  a.joints.every((joint, j) => joint.name === b.joints[j]?.name && joint.parent === b.joints[j]?.parent);

function header(): WrittenNode {
  const stamp = Object.entries({
    Version: 1000,
    Year: 1970,
    Month: 1,
    Day: 1,
    Hour: 10,
    Minute: 0,
    Second: 0,
    Millisecond: 0,
  });
  return node(
    'FBXHeaderExtension',
    [],
    [
      node('FBXHeaderVersion', [int(1003)]),
      node('FBXVersion', [int(7400)]),
      node('EncryptionType', [int(0)]),
      node(
        'CreationTimeStamp',
        [],
        stamp.map(([name, value]) => node(name, [int(value)])),
      ),
      node('Creator', [CREATOR]),
      node(
        'SceneInfo',
        ['GlobalInfo\0\x01SceneInfo', 'UserData'],
        [
          node('Type', ['UserData']),
          node('Version', [int(100)]),
          node(
            'MetaData',
            [],
            [
              node('Version', [int(100)]),
              ...['Title', 'Subject', 'Author', 'Keywords', 'Revision', 'Comment'].map((name) =>
                node(name, ['']),
              ),
            ],
          ),
        ],
      ),
    ],
  );
}

function documents(properties: readonly WrittenNode[]): WrittenNode {
  return node(
    'Documents',
    [],
    [
      node('Count', [int(1)]),
      node(
        'Document',
        [1n, 'Scene', 'Scene'],
        [node('Properties70', [], properties), node('RootNode', [0n])],
      ),
    ],
  );
}
