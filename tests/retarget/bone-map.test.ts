import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  applyBoneMap,
  type Characterised,
  characterise,
  makeBoneMap,
  parseBoneMap,
  targetProfile,
} from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
};
const rows = figureRows(MIXAMO, inWords);
const figure = skeletonOf(rows);
const source: Characterised = { name: 'walk.bvh', skeleton: figure, body: characterise(figure) };
const profile = targetProfile('ue5-mannequin');
const target: Characterised = { name: 'ue5-mannequin', skeleton: profile, body: characterise(profile) };
const mapOf = (roles: unknown, chains: unknown = {}) =>
  parseBoneMap(JSON.stringify({ boneMap: 1, roles, chains }), 'map.json');

describe('parseBoneMap', () => {
  it.each([
    ['{"boneMap":1,', 'bone-map/not-json', 'map.json'],
    ['{"boneMap":2,"roles":{}}', 'bone-map/wrong-form', 'boneMap'],
    ['{"boneMap":1,"roles":{"pelvi":{"source":"Hips"}}}', 'bone-map/wrong-form', 'pelvi'],
    ['{"boneMap":1,"roles":{"pelvis":{"sorce":"Hips"}}}', 'bone-map/wrong-form', 'sorce'],
    ['{"boneMap":1,"roles":{"pelvis":{"source":7}}}', 'bone-map/wrong-form', 'roles.pelvis.source'],
    ['[]', 'bone-map/wrong-form', 'the document'],
  ])('refuses %s and names the place', (text, code, place) => {
    expect(codeOf(() => parseBoneMap(text, 'map.json'))).toBe(code);
    expect(() => parseBoneMap(text, 'map.json')).toThrow(place);
  });
});

it('reads the example of the documentation', () => {
  const page = readFileSync(new URL('../../docs/bone-maps.md', import.meta.url), 'utf8');
  const [, example] = /```json\r?\n([^`]+)```/.exec(page) as RegExpExecArray;
  expect(parseBoneMap(example, 'bone-maps.md').roles.toeL).toEqual({ source: 'LeftToeBase', target: null });
});

describe('makeBoneMap', () => {
  it('pairs roles and chains of different joint counts', () => {
    const map = makeBoneMap(source, target);
    expect(map.roles.pelvis).toEqual({ source: 'Hips', target: 'pelvis' });
    expect(map.roles.clavicleL).toEqual({ source: 'LeftShoulder', target: 'clavicle_l' });
    expect(map.chains.spine).toEqual({
      source: ['Spine', 'Spine1', 'Spine2'],
      target: ['spine_01', 'spine_02', 'spine_03', 'spine_04', 'spine_05'],
    });
  });

  it('gives the same bodies back when written, read and applied', () => {
    const map = parseBoneMap(JSON.stringify(makeBoneMap(source, target)), 'map.json');
    const { roles, spine, neck, fingers } = applyBoneMap(map, 'target', profile);
    expect({ roles, spine, neck, fingers }).toEqual({
      roles: target.body.roles,
      spine: target.body.spine,
      neck: target.body.neck,
      fingers: target.body.fingers,
    });
    expect(applyBoneMap(map, 'source', figure).roles).toEqual(source.body.roles);
  });
});

describe('applyBoneMap', () => {
  it('names the nearest spellings of a joint that is not there', () => {
    const map = mapOf({ pelvis: { source: 'Hisp' } });
    expect(codeOf(() => applyBoneMap(map, 'source', figure))).toBe('bone-map/unknown-joint');
    expect(() => applyBoneMap(map, 'source', figure)).toThrow(/source of role pelvis.*"Hisp".*"Hips"/);
  });

  it('answers a name that two joints share with "ambiguous name", and takes their numbers', () => {
    const two = rows.map((row): Row => [...row]);
    two.push(['tip', 'LeftHand', 0.8, 1.45, 0], ['tip_2', 'RightHand', -0.8, 1.45, 0]);
    const skeleton = skeletonOf(two);
    const joints = skeleton.joints.map((joint) => ({ ...joint, sourceName: joint.name.replace('_2', '') }));
    const map = mapOf({ toeL: { source: 'tip' } });
    expect(codeOf(() => applyBoneMap(map, 'source', { joints }))).toBe('bone-map/ambiguous-name');
    expect(() => applyBoneMap(map, 'source', { joints })).toThrow(/ambiguous name.*"#22".*or "#23"/);
    const numbered = mapOf({ head: { source: '#22' } });
    expect(applyBoneMap(numbered, 'source', { joints }).roles.head).toBe(22);
  });

  it('refuses one joint in two roles', () => {
    const map = mapOf({ pelvis: { source: 'Hips' }, head: { source: 'Hips' } });
    expect(codeOf(() => applyBoneMap(map, 'source', figure))).toBe('bone-map/joint-twice');
  });

  it('leaves a part out where the map says that it is not there, and finds what the map does not say', () => {
    const body = applyBoneMap(mapOf({ toeL: { source: null } }), 'source', figure);
    expect(body.roles.toeL).toBeUndefined();
    expect(body.roles.toeR).toBe(source.body.roles.toeR);
  });
});
