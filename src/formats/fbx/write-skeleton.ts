import { restWorldPose, type Skeleton } from '../../clip/index.js';
import { composeAffine } from '../../math/affine.js';
import { quatAt } from '../../math/quat.js';
import { vec3At } from '../../math/vec3.js';
import { type FbxPart, int, node, type WrittenNode } from './encode-binary.js';
import { type FileAxes, fileEuler, fileTranslation, turnRotation } from './file-axes.js';
import { property } from './write-settings.js';

const FIRST_ID = 1_000_000;
/** Proxy tetrahedra are a centimetre across: seen, and in nobody's way. */
const PROXY_CM = 1;

/** Object ids in the order in which they are asked for. */
export function idSource(from: number): () => bigint {
  let next = BigInt(from);
  return () => next++;
}

/** Limb nodes in the rest pose with their user properties, the bind pose and, where wished, the proxy mesh. */
export function skeletonObjects(
  skeleton: Skeleton,
  axes: FileAxes,
  mesh: boolean,
  names: readonly string[],
  userProperties: readonly (readonly WrittenNode[])[],
): FbxPart & { modelIds: readonly bigint[] } {
  const nextId = idSource(FIRST_ID);
  const objects: WrittenNode[] = [];
  const connections: WrittenNode[] = [];
  const connect = (child: bigint, parent: bigint): void => {
    connections.push(node('C', ['OO', child, parent]));
  };
  const modelIds = skeleton.joints.map(() => nextId());
  skeleton.joints.forEach((joint, j) => {
    const attribute = nextId();
    const [t, r] = [
      fileTranslation(axes, joint.restTranslation),
      fileEuler(turnRotation(axes, joint.restRotation)),
    ];
    objects.push(
      node(
        'NodeAttribute',
        [attribute, `${names[j]}\0\x01NodeAttribute`, 'LimbNode'],
        [node('TypeFlags', ['Skeleton'])],
      ),
      node(
        'Model',
        [modelIds[j], `${names[j]}\0\x01Model`, 'LimbNode'],
        [
          node('Version', [int(232)]),
          node(
            'Properties70',
            [],
            [
              property('RotationActive', 'bool', '', '', int(1)),
              property('InheritType', 'enum', '', '', int(1)),
              property('DefaultAttributeIndex', 'int', 'Integer', '', int(0)),
              property('Lcl Translation', 'Lcl Translation', '', 'A', ...t),
              property('Lcl Rotation', 'Lcl Rotation', '', 'A', ...r),
              property('Lcl Scaling', 'Lcl Scaling', '', 'A', 1, 1, 1),
              ...userProperties[j],
            ],
          ),
          node('Shading', [true]),
          node('Culling', ['CullingOff']),
        ],
      ),
    );
    connect(attribute, modelIds[j]);
    connect(modelIds[j], joint.parent < 0 ? 0n : modelIds[joint.parent]);
  });
  const matrices = restMatrices(skeleton, axes);
  const meshModel = mesh ? addProxyMesh({ objects, connect, nextId, modelIds, matrices, names }) : undefined;
  objects.push(bindPose(nextId(), modelIds, matrices, meshModel));
  return { objects, connections, modelIds };
}

/** Rest matrices of all joints in the file's axes, 16 numbers each, column after column. */
function restMatrices(skeleton: Skeleton, axes: FileAxes): Float64Array[] {
  const pose = restWorldPose(skeleton);
  const affine = new Float64Array(12);
  return skeleton.joints.map((_, j) => {
    const place = fileTranslation(axes, vec3At(pose.positions, j));
    composeAffine(place, turnRotation(axes, quatAt(pose.rotations, j)), [1, 1, 1], affine);
    return expand(affine);
  });
}

const expand = (m: Float64Array): Float64Array =>
  Float64Array.from([0, 1, 2, 3].flatMap((c) => [m[3 * c], m[3 * c + 1], m[3 * c + 2], c === 3 ? 1 : 0]));

const IDENTITY_MATRIX = Float64Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);

function bindPose(
  id: bigint,
  modelIds: readonly bigint[],
  matrices: readonly Float64Array[],
  meshModel: bigint | undefined,
): WrittenNode {
  const poseNode = (model: bigint, matrix: Float64Array): WrittenNode =>
    node('PoseNode', [], [node('Node', [model]), node('Matrix', [matrix])]);
  const nodes = modelIds.map((model, j) => poseNode(model, matrices[j]));
  if (meshModel !== undefined) nodes.unshift(poseNode(meshModel, IDENTITY_MATRIX));
  return node(
    'Pose',
    [id, 'BindPose\0\x01Pose', 'BindPose'],
    [
      node('Type', ['BindPose']),
      node('Version', [int(100)]),
      node('NbPoseNodes', [int(nodes.length)]),
      ...nodes,
    ],
  );
}

interface ProxyMeshParts {
  readonly objects: WrittenNode[];
  readonly connect: (child: bigint, parent: bigint) => void;
  readonly nextId: () => bigint;
  readonly modelIds: readonly bigint[];
  readonly matrices: readonly Float64Array[];
  readonly names: readonly string[];
}

/** A tetrahedron at every joint, bound to it alone. Gives the id of the mesh's model. */
function addProxyMesh({ objects, connect, nextId, modelIds, matrices, names }: ProxyMeshParts): bigint {
  const corners = [
    [0, 0, 0],
    [PROXY_CM, 0, 0],
    [0, PROXY_CM, 0],
    [0, 0, PROXY_CM],
  ];
  // The last corner of a face is stored as its complement.
  const faces = [0, 2, ~1, 0, 1, ~3, 0, 3, ~2, 1, 2, ~3];
  const vertices = matrices.flatMap((m) => corners.flatMap(([x, y, z]) => [m[12] + x, m[13] + y, m[14] + z]));
  const polygons = matrices.flatMap((_, j) =>
    faces.map((corner) => (corner < 0 ? ~(~corner + 4 * j) : corner + 4 * j)),
  );
  const [geometry, model, skin] = [nextId(), nextId(), nextId()];
  objects.push(
    node(
      'Geometry',
      [geometry, 'GaitwayProxy\0\x01Geometry', 'Mesh'],
      [
        node('Vertices', [Float64Array.from(vertices)]),
        node('PolygonVertexIndex', [Int32Array.from(polygons)]),
        node('GeometryVersion', [int(124)]),
      ],
    ),
    node(
      'Model',
      [model, 'GaitwayProxy\0\x01Model', 'Mesh'],
      [
        node('Version', [int(232)]),
        node(
          'Properties70',
          [],
          [
            property('InheritType', 'enum', '', '', int(1)),
            property('DefaultAttributeIndex', 'int', 'Integer', '', int(0)),
          ],
        ),
        node('Shading', [true]),
        node('Culling', ['CullingOff']),
      ],
    ),
    node(
      'Deformer',
      [skin, 'GaitwayProxy\0\x01Deformer', 'Skin'],
      [node('Version', [int(101)]), node('Link_DeformAcuracy', [50])],
    ),
  );
  connect(model, 0n);
  connect(geometry, model);
  connect(skin, geometry);
  names.forEach((name, j) => {
    const cluster = nextId();
    objects.push(
      node(
        'Deformer',
        [cluster, `${name}\0\x01SubDeformer`, 'Cluster'],
        [
          node('Version', [int(100)]),
          node('UserData', ['', '']),
          node('Indexes', [Int32Array.from([0, 1, 2, 3], (corner) => corner + 4 * j)]),
          node('Weights', [Float64Array.from([1, 1, 1, 1])]),
          node('Transform', [inverseRigid(matrices[j])]),
          node('TransformLink', [matrices[j]]),
        ],
      ),
    );
    connect(cluster, skin);
    connect(modelIds[j], cluster);
  });
  return model;
}

/** Inverse of a matrix without scale. */
function inverseRigid(m: Float64Array): Float64Array {
  const out = Float64Array.from(IDENTITY_MATRIX);
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) out[4 * c + r] = m[4 * r + c];
    out[12 + r] = -(m[4 * r] * m[12] + m[4 * r + 1] * m[13] + m[4 * r + 2] * m[14]);
  }
  return out;
}
