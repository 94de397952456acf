import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PluginPython, pluginPython } from '../plugin-python.js';

let python: PluginPython;
beforeAll(async () => {
  python = await pluginPython();
  python.run(`
import host, unreal, warnings
bone = lambda name, parent: {"name": name, "parent": parent, "rotation": [0, 0, 0, 1], "translation": [0, 0, 10], "scale": [1, 1, 1]}
host._HOST.boot({"project": "/project", "projectName": "P", "engine": "5.4.2", "plugin": "/plugin",
  "skeletons": [{"path": "/Game/SK", "meshes": [], "bones": [bone("root", -1), bone("arm", 0)]}]})
tools = unreal.AssetToolsHelpers.get_asset_tools()
factory = unreal.AnimSequenceFactory()
factory.target_skeleton = unreal.EditorAssetLibrary.load_asset("/Game/SK")
sequence = tools.create_asset("Walk", "/Game/A", unreal.AnimSequence, factory)
controller = sequence.controller
V, Q = unreal.Vector, unreal.Quat
def keys(count, x=lambda k: 0.0):
    return [V(x(k), 0, 0) for k in range(count)], [Q(0, 0, 0, 1)] * count, [V(1, 1, 1)] * count
def local(key, bone):
    options = unreal.AnimPoseEvaluationOptions()
    return unreal.AnimPoseExtensions.get_anim_pose_at_frame(sequence, key, options)._local[bone]
`);
});
afterAll(() => python.close());

describe('what the module refuses', () => {
  it.each([
    ['unreal.NoSuchClass', "AttributeError: module 'unreal' has no attribute 'NoSuchClass'"],
    ['unreal.AnimationLibrary.extract_root_track_transform', 'AttributeError'],
    ['sequence.no_such_property', 'AttributeError'],
    ['sequence.get_editor_property("no_such")', "Failed to find property 'no_such'"],
    ['sequence.set_editor_property("skeleton", None)', 'read-only'],
    ['unreal.AnimationLibrary.get_num_keys(sequence="x")', 'TypeError'],
    ['unreal.AnimationLibrary.get_num_keys("walk")', 'TypeError'],
    ['controller.set_number_of_frames(30)', "cannot nativize 'int' as 'FrameNumber'"],
    ['controller.set_frame_rate(unreal.FrameRate(24, 1))', 'RuntimeError: Incompatible frame rate'],
    ['controller.set_number_of_frames(unreal.FrameNumber(0))', 'RuntimeError: Invalid number of frames'],
    ['controller.close_bracket()', 'RuntimeError'],
    [
      'controller.add_bone_curve("arm"); controller.set_bone_track_keys("arm", *keys(3)[:2], keys(2)[2])',
      'RuntimeError: Invalid number of keys',
    ],
    [
      'tools.create_asset("Bare", "/Game/A", unreal.AnimSequence, None).controller.remove_all_bone_tracks()',
      'RuntimeError: Invalid Model',
    ],
    ['unreal.FrameRate(29.97, 1)', 'TypeError'],
    ['unreal.uclass()(type("Plain", (), {}))', 'TypeError'],
  ])('%s', (code, words) => {
    expect(python.fails(code)).toContain(words);
  });
});

describe('what it says nothing of, as the engine', () => {
  it('keys for a bone without a place for them', () => {
    expect(python.value('controller.set_bone_track_keys("tail", *keys(2))')).toBe(false);
    expect(python.value('controller.add_bone_curve("tail")')).toBe(false);
  });

  it('a taken path, a missing asset, an unknown root', () => {
    expect(python.value('tools.create_asset("Walk", "/Game/A", unreal.AnimSequence, factory)')).toBe(null);
    expect(python.value('tools.create_asset("X", "/Nope/A", unreal.AnimSequence, factory)')).toBe(null);
    expect(python.value('unreal.EditorAssetLibrary.load_asset("/Game/Nothing")')).toBe(null);
  });

  it('curve keys of unequal lengths', () => {
    python.run('unreal.AnimationLibrary.add_curve(sequence, "c")');
    python.run('unreal.AnimationLibrary.add_float_curve_keys(sequence, "c", [0.0, 1.0], [1.0])');
    expect(python.value('unreal.AnimationLibrary.get_float_keys(sequence, "c")')).toEqual([[], []]);
  });
});

describe('what it stores', () => {
  it('is one frame and two keys at first, at 30 a second', () => {
    expect(
      python.value(
        '[unreal.AnimationLibrary.get_num_frames(sequence), unreal.AnimationLibrary.get_num_keys(sequence)]',
      ),
    ).toEqual([1, 2]);
  });

  it('is float32, and one value where a channel varies by less than 1e-4', () => {
    python.run(`
controller.remove_all_bone_tracks()
controller.set_frame_rate(unreal.FrameRate(60, 1))
controller.set_number_of_frames(unreal.FrameNumber(4))
controller.add_bone_curve("arm")
controller.set_bone_track_keys("arm", *keys(5, lambda k: 0.1 + k * 1e-5))`);
    expect(python.value('local(4, 1)[4]')).toBe(Math.fround(0.1));
    python.run('controller.set_bone_track_keys("arm", *keys(5, lambda k: 0.1 + k * 1e-3))');
    expect(python.value('local(4, 1)[4]')).toBe(Math.fround(0.104));
  });

  it('warns where the length is what it is', () => {
    python.run(`
with warnings.catch_warnings(record=True) as heard:
    warnings.simplefilter("always")
    controller.set_number_of_frames(unreal.FrameNumber(4))`);
    expect(python.value('[type(w.message).__name__ for w in heard]')).toEqual(['RuntimeWarning']);
  });

  it('turns as the engine does: Euler angles there and back, also straight up', () => {
    python.run(`
import math
from unreal._rotator import rotations_of_euler, to_euler
def apart(q):
    size = math.hypot(*q)
    p = rotations_of_euler(*([angle] for angle in to_euler(*q)))[0]
    return math.degrees(2 * math.acos(min(1.0, abs(sum(a * b for a, b in zip(p, q))) / size)))
worst = max(apart(rotations_of_euler([r], [p], [y])[0]) for r in range(-180, 180, 40) for p in (-90, -89.9999, -30, 0, 89.9999, 90) for y in range(-180, 180, 40))`);
    expect(python.value('worst')).toBeLessThan(1e-3);
    expect(
      python.value(
        '[round(a, 9) + 0.0 for a in to_euler(0, 0, math.sin(math.pi / 8), math.cos(math.pi / 8))]',
      ),
    ).toEqual([0, 0, 45]);
  });
});

describe('undo', () => {
  it('is one step for a transaction with a bracket in it', () => {
    python.run(`
before = len(host.STATE.undo)
with unreal.ScopedEditorTransaction("outer"):
    controller.open_bracket("inner", True)
    controller.close_bracket(True)`);
    expect(python.value('host.STATE.undo[before:]')).toEqual(['outer']);
  });
});
