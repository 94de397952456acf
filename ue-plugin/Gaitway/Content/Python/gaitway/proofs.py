"""What is only inferred of the engine, tried out on assets made for it: each proof tells what it saw.

The program outside says what was expected and judges. Everything is made under one folder, which is removed at the end.
"""

import pathlib
import re
import time

import unreal

from gaitway import (
    animations,
    asset_path,
    capabilities,
    data_assets,
    frame_rates,
    pose_search_branch_in,
    poses,
    saved_assets,
    skeletons,
)
from gaitway.pose_search_schema import require
from gaitway.refusal import Refusal

FOLDER = "/Game/GaitwayProof/"
_USE = re.compile(r"\bunreal\.([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?")
# From the default rate, and over what: 24 and 25 are no multiple or factor of 30.
_RATES = ((24,), (120, 24), (150, 25))


def run(arguments):
    """Run one proof and give what was seen."""
    check = arguments["check"]
    if check not in _PROOFS:
        raise Refusal("bridge/bad-request", 'There is no proof "{}".'.format(check))
    return _PROOFS[check](arguments)


def _names(_arguments):
    """Look up every name of the engine that the plugin's own files use."""
    uses = set()
    for file in sorted(pathlib.Path(__file__).parent.glob("*.py")):
        uses.update(_USE.findall(file.read_text(encoding="utf-8")))
    missing, signatures = [], {}
    for type_name, member in sorted(uses):
        name = type_name + ("." + member if member else "")
        found = getattr(unreal, type_name, None)
        if member and found is not None:
            found = getattr(found, member, None)
        if found is None:
            missing.append(name)
        else:
            signatures[name] = _first_line(getattr(found, "__doc__", None))
    return {"missing": missing, "signatures": signatures}


def _first_line(text):
    return (text or "").strip().split("\n")[0][:300]


def _pose_text(arguments):
    """Time some poses of an animation and their texts, apart."""
    sequence = animations.load(arguments["asset"])
    options = poses.raw_options()
    evaluate = export = 0.0
    text = ""
    for key in range(arguments["first"], arguments["first"] + arguments["count"]):
        begun = time.perf_counter()
        pose = unreal.AnimPoseExtensions.get_anim_pose_at_frame(sequence, key, options)
        evaluated = time.perf_counter()
        text = pose.export_text()
        evaluate += evaluated - begun
        export += time.perf_counter() - evaluated
    bones = len(skeletons.bones(sequence.get_editor_property("skeleton")))
    return {
        "bones": bones,
        "read": len(poses.transforms(text, bones, arguments["first"])),
        "evaluateSeconds": evaluate,
        "exportSeconds": export,
        "begin": text[:400],
        "length": len(text),
    }


def _frame_rate(arguments):
    """Try to bring new animations from the default rate to rates that are no multiple or factor of it."""
    tried = []
    for rates in _RATES:
        sequence = _new_sequence(arguments["asset"], skeletons.load(arguments["skeleton"]))
        start = frame_rates.of_sequence(sequence)
        told = ""
        try:
            for rate in rates:
                # A length that is a whole number of frames at each rate: one second.
                sequence.controller.set_frame_rate(unreal.FrameRate(rate, 1), False)
                if sequence.controller.get_model_interface().get_number_of_frames() != rate:
                    sequence.controller.set_number_of_frames(unreal.FrameNumber(rate), False)
        except RuntimeError as error:
            told = str(error)
        end = frame_rates.of_sequence(sequence)
        tried.append({"from": float(start), "over": list(rates), "to": float(end), "told": told})
        unreal.EditorAssetLibrary.delete_loaded_asset(sequence)
    return {"tried": tried}


def _missing_bone(arguments):
    """Give keys to a bone that no skeleton has."""
    sequence = _new_sequence(arguments["asset"], skeletons.load(arguments["skeleton"]))
    raised = ""
    added = taken = None
    try:
        added = sequence.controller.add_bone_curve("gaitway_no_such_bone", False)
        one = [unreal.Vector(0.0, 0.0, 0.0)] * 2
        taken = sequence.controller.set_bone_track_keys(
            "gaitway_no_such_bone", one, [unreal.Quat(0.0, 0.0, 0.0, 1.0)] * 2, one, False
        )
    except RuntimeError as error:
        raised = str(error)
    unreal.EditorAssetLibrary.delete_loaded_asset(sequence)
    return {"added": added, "taken": taken, "raised": raised}


def _import_text(arguments):
    """Make an entry of a database out of text and read it back."""
    path = arguments["asset"]
    entry = unreal.InstancedStruct()
    entry.import_text(
        "/Script/PoseSearch.PoseSearchDatabaseSequence(Sequence=\"/Script/Engine.AnimSequence'{}.{}'\","
        "bEnabled=True,MirrorOption=UnmirroredOnly)".format(path, path.rsplit("/", 1)[1])
    )
    text = entry.export_text()
    return {"text": text[:600], "names": path in text}


def _branch_in(arguments):
    """Mark an animation for a database by a notify, save both, and look whether the database took it in."""
    require()
    path, clip = _own(arguments["asset"]), arguments["clip"]
    database = data_assets.load(path, unreal.PoseSearchDatabase)
    span = {"animation": clip, "mirror": "UnmirroredOnly", "range": [0.0, 0.0], "loops": False}
    pose_search_branch_in.write(path, database, [span], {clip: animations.load(clip)})
    saved_assets.save(database, path)
    text = ""
    if capabilities.takes_animations():
        text = " ".join(entry.export_text() for entry in database.get_editor_property("animation_assets"))
    return {"readable": capabilities.takes_animations(), "listed": clip in text, "text": text[:600]}


def _ring(arguments):
    from gaitway import proof_object  # makes a class of the engine, so not before it is wanted

    proof_object.ring(arguments["count"])
    return {"object": proof_object.PATH, "property": proof_object.PROPERTY}


def _delete(arguments):
    """Delete an asset that a proof made; nothing outside its folder."""
    library = unreal.EditorAssetLibrary
    path = _own(arguments["asset"])
    if not library.does_asset_exist(path):
        return {"was": False, "gone": True}
    library.delete_loaded_asset(library.load_asset(path))
    return {"was": True, "gone": not library.does_asset_exist(path)}


def _own(path):
    if path.startswith(FOLDER):
        return path
    raise Refusal("bridge/bad-request", "Proofs touch nothing but {}, so not {}.".format(FOLDER, path))


def _new_sequence(path, skeleton):
    folder, name = asset_path.split(_own(path))
    factory = unreal.AnimSequenceFactory()
    factory.set_editor_property("target_skeleton", skeleton)
    tools = unreal.AssetToolsHelpers.get_asset_tools()
    sequence = tools.create_asset(name, folder, unreal.AnimSequence, factory)
    if sequence is None:
        raise Refusal("bridge/create-refused", "The editor would not create {}.".format(path))
    return sequence


_PROOFS = {
    "names": _names,
    "pose-text": _pose_text,
    "frame-rate": _frame_rate,
    "missing-bone": _missing_bone,
    "import-text": _import_text,
    "branch-in": _branch_in,
    "ring": _ring,
    "delete": _delete,
}
