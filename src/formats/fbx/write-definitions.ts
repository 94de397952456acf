import { int, node, type WrittenNode } from './encode-binary.js';
import { property } from './write-settings.js';

/**
 * How many objects of each kind there are, and the defaults of their properties.
 *
 * Autodesk's readers refuse files whose counts do not fit, and find no animation without the templates of
 * stack, layer and curve node.
 */
export function definitions(objects: readonly WrittenNode[]): WrittenNode {
  const counts = new Map<string, number>([['GlobalSettings', 1]]);
  for (const { name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1);
  return node(
    'Definitions',
    [],
    [
      node('Version', [int(100)]),
      node('Count', [int([...counts.values()].reduce((sum, count) => sum + count, 0))]),
      ...[...counts].map(([kind, count]) => {
        const template = TEMPLATES[kind];
        return node('ObjectType', [kind], [node('Count', [int(count)]), ...(template ? [template()] : [])]);
      }),
    ],
  );
}

/** Properties that every model has. */
export const builtInModelProperties: ReadonlySet<string> = new Set([
  'QuaternionInterpolate',
  'RotationOffset',
  'RotationPivot',
  'ScalingOffset',
  'ScalingPivot',
  'TranslationActive',
  'TranslationMin',
  'TranslationMax',
  'RotationOrder',
  'RotationSpaceForLimitOnly',
  'RotationStiffnessX',
  'RotationStiffnessY',
  'RotationStiffnessZ',
  'AxisLen',
  'PreRotation',
  'PostRotation',
  'RotationActive',
  'RotationMin',
  'RotationMax',
  'InheritType',
  'ScalingActive',
  'ScalingMin',
  'ScalingMax',
  'GeometricTranslation',
  'GeometricRotation',
  'GeometricScaling',
  'LookAtProperty',
  'UpVectorProperty',
  'Show',
  'NegativePercentShapeSupport',
  'DefaultAttributeIndex',
  'Freeze',
  'LODBox',
  'Lcl Translation',
  'Lcl Rotation',
  'Lcl Scaling',
  'Visibility',
  'Visibility Inheritance',
]);

const template = (name: string, properties: readonly WrittenNode[]): WrittenNode =>
  node('PropertyTemplate', [name], [node('Properties70', [], properties)]);
const whole = (name: string, type: string, value: number): WrittenNode =>
  property(name, type, '', '', int(value));
const vector = (name: string, x: number): WrittenNode => property(name, 'Vector3D', 'Vector', '', x, x, x);
const time = (name: string): WrittenNode => property(name, 'KTime', 'Time', '', 0n);

const TEMPLATES: Readonly<Record<string, () => WrittenNode>> = {
  Model: () =>
    template('FbxNode', [
      whole('QuaternionInterpolate', 'enum', 0),
      ...['RotationOffset', 'RotationPivot', 'ScalingOffset', 'ScalingPivot'].map((name) => vector(name, 0)),
      whole('TranslationActive', 'bool', 0),
      whole('RotationOrder', 'enum', 0),
      whole('RotationSpaceForLimitOnly', 'bool', 0),
      ...['PreRotation', 'PostRotation'].map((name) => vector(name, 0)),
      whole('RotationActive', 'bool', 0),
      whole('InheritType', 'enum', 0),
      whole('ScalingActive', 'bool', 0),
      ...['GeometricTranslation', 'GeometricRotation'].map((name) => vector(name, 0)),
      vector('GeometricScaling', 1),
      whole('DefaultAttributeIndex', 'int', -1),
      property('Lcl Translation', 'Lcl Translation', '', 'A', 0, 0, 0),
      property('Lcl Rotation', 'Lcl Rotation', '', 'A', 0, 0, 0),
      property('Lcl Scaling', 'Lcl Scaling', '', 'A', 1, 1, 1),
      property('Visibility', 'Visibility', '', 'A', 1),
    ]),
  AnimationStack: () =>
    template('FbxAnimStack', [
      property('Description', 'KString', '', '', ''),
      ...['LocalStart', 'LocalStop', 'ReferenceStart', 'ReferenceStop'].map(time),
    ]),
  AnimationLayer: () =>
    template('FbxAnimLayer', [
      property('Weight', 'Number', '', 'A', 100),
      ...['Mute', 'Solo', 'Lock'].map((name) => whole(name, 'bool', 0)),
      property('Color', 'ColorRGB', 'Color', '', 0.8, 0.8, 0.8),
      ...['BlendMode', 'RotationAccumulationMode', 'ScaleAccumulationMode'].map((name) =>
        whole(name, 'enum', 0),
      ),
      property('BlendModeBypass', 'ULongLong', '', '', 0n),
    ]),
  AnimationCurveNode: () => template('FbxAnimCurveNode', [property('d', 'Compound', '', '')]),
};
