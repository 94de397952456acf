import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bodyOfScene, openScene } from '../../src/pipeline/index.js';

const shared = new URL('../../../shared/', import.meta.url);
const tablesFolder = new URL('referee/roles/', shared);

/** Files and the role table that is right for them. */
const BIPEDS: readonly (readonly [file: string, table: string])[] = [
  ['bvh/bandai1_bow_sad.bvh', 'bandai-namco'],
  ['bvh/blender_walk01_24fps.bvh', 'hik-basic'],
  ['bvh/chest4_npose.bvh', 'xsens'],
  ['bvh/cmu1_jumping_jacks.bvh', 'cmu-max'],
  ['bvh/cmu_12_01_walk.bvh', 'cmu-cgspeed'],
  ['bvh/cmu_asf_swagger.bvh', 'acclaim-asf'],
  ['bvh/fair1_dab.bvh', 'hik-spine4'],
  ['bvh/geno_bind_2frames.bvh', 'geno'],
  ['bvh/h36m_pose_estimate.bvh', 'h36m'],
  ['bvh/lafan1_skeleton_1frame.bvh', 'lafan1'],
  ['bvh/makehuman_run01.bvh', 'makehuman'],
  ['bvh/mixamo_blender_export.bvh', 'mixamo'],
  ['bvh/mixed_orders_inches.bvh', 'hik-spine4'],
  ['bvh/perception_neuron_pro.bvh', 'perception-neuron'],
  ['bvh/poser_cmu_10_03.bvh', 'poser-daz'],
  ['bvh/rokoko_jesse_dance.bvh', 'rokoko'],
  ['bvh/smpl22_metres.bvh', 'lafan1'],
  ['bvh/xsens_tpose_jl.bvh', 'xsens'],
  ['library/cmu_cc/002_01.bvh', 'reallusion-cc3'],
  ['library/cmu_cc/007_05.bvh', 'reallusion-cc3'],
  ['library/cmu_cgspeed/02_01.bvh', 'cmu-cgspeed'],
  ['library/fair/jumping.bvh', 'hik-spine4'],
  ['library/nc_bandai/dataset-2_run_active_048.bvh', 'bandai-namco'],
  ['library/xia/angry_13_000.bvh', 'cmu-cgspeed'],
  ['library/cmu_fbx/91_49.fbx', 'poser-daz'],
  ['fbx/cmu_91_48_poser_names.fbx', 'poser-daz'],
  ['fbx/geno_bind.fbx', 'geno'],
  ['fbx/mixamo_samba_skinned.fbx', 'mixamo'],
  ['fbx/mixamo_walk_noprefix.fbx', 'mixamo'],
  ['fbx/ozz_biped_skeleton.fbx', 'biped-hik'],
  ['fbx/ozz_biped_walk.fbx', 'biped-hik'],
  ['fbx/radical_scan.fbx', 'radical'],
  ['fbx/style100_namespace.fbx', 'xsens'],
  ['fbx/ue4_ThirdPersonRun.fbx', 'ue4-mannequin'],
  ['fbx/ue4_mannequin_blender_metres.fbx', 'ue4-mannequin'],
  ['fbx/ue5_SKM_Manny.fbx', 'ue5-mannequin'],
  ['gltf/boxman_34clips.glb', 'boxman'],
  ['gltf/cesium_man.glb', 'cesium-man'],
  ['gltf/chatvrm_idle_loop.vrma', 'bvh2vrma'],
  ['gltf/debug_robot_vrm1.vrm', 'vrm-blender'],
  ['gltf/godette_vrm0.vrm', 'godette'],
  ['gltf/kaykit_rogue_76clips.glb', 'kaykit'],
  ['gltf/m2m_rig_human.glb', 'ue-like'],
  ['gltf/m2m_rigify_def_ymca.glb', 'rigify-def'],
  ['gltf/mannequiny_10clips.glb', 'ue-like-dots'],
  ['gltf/mixamo_underscore_cubicspline.glb', 'mixamo'],
  ['gltf/mixamo_xbot.glb', 'mixamo'],
  ['gltf/pixiv_test.vrma', 'vrm-humanoid'],
  ['gltf/robot_expressive.glb', 'robot-expressive'],
  ['gltf/rpm_avatar_tpose.glb', 'mixamo'],
];

interface Table {
  readonly strip: readonly string[];
  readonly roles: Readonly<Record<string, string | readonly string[] | null>>;
  readonly fingers: Readonly<Record<string, string>>;
}

const tables = new Map<string, Table>(
  existsSync(tablesFolder)
    ? readdirSync(tablesFolder).map((file) => [
        file.replace('.json', ''),
        JSON.parse(readFileSync(new URL(file, tablesFolder), 'utf8')) as Table,
      ])
    : [],
);

const pathOf = (file: string): string => fileURLToPath(new URL(`data/${file}`, shared));

/** Names as the tables have them: without namespace, prefix, spaces and letter case. */
const plain = (name: string, strip: readonly string[]): string =>
  strip
    .reduce((rest, pattern) => rest.replace(new RegExp(pattern, 'i'), ''), name.replace(/^.*:(?=.)/, ''))
    .replace(/\s+/g, '')
    .toLowerCase();

describe.skipIf(tables.size === 0)('bodyOfScene', () => {
  it.each(BIPEDS)('%s has the roles of %s', async (file, tableName) => {
    const table = tables.get(tableName) as Table;
    const scene = await openScene(pathOf(file));
    const body = bodyOfScene(scene);
    const names = scene.skeleton.joints.map(({ sourceName }) => plain(sourceName, table.strip));
    const nameOf = (joint: number | undefined): string | null => (joint === undefined ? null : names[joint]);
    const wrong: string[] = [];
    for (const [role, expected] of Object.entries(table.roles)) {
      const wanted = [expected].flat().find((name) => name !== null && names.includes(name.toLowerCase()));
      const got = nameOf(body.roles[role as 'pelvis']);
      if (got !== (wanted?.toLowerCase() ?? null)) wrong.push(`${role}: ${got}, not ${wanted}`);
    }
    // Two spine joints are spine1 and spine3 here, spine1 and spine2 in this table.
    expect(wrong).toEqual(
      file.includes('pixiv') ? ['spine2: null, not chest', 'spine3: chest, not undefined'] : [],
    );
    for (const [finger, wanted] of Object.entries(table.fingers)) {
      const found = body.fingers[finger.at(-1) as 'L'][finger.slice(0, -1) as 'thumb'];
      if (names.includes(wanted.toLowerCase())) expect(nameOf(found?.joints[0])).toBe(wanted.toLowerCase());
    }
    expect(body.warnings).toEqual([]);
  });

  it.each([
    ['gltf/fox.glb', 'retarget/four-legged'],
    ['gltf/khronos_simple_skin.gltf', 'retarget/no-roles'],
    ['bvh/frame_time_23_976.bvh', 'retarget/no-roles'],
    ['bvh/no_end_site_sinusoid.bvh', 'retarget/no-roles'],
  ])('%s is refused as %s', async (file, code) => {
    const scene = await openScene(pathOf(file));
    expect(() => bodyOfScene(scene)).toThrow(expect.objectContaining({ code }));
  });
});
