"""PoseSearch databases: a schema and a list of animations, written and read back."""

import re

import unreal

from gaitway import animations, capabilities, data_assets, pose_search_branch_in, saved_assets, shapes
from gaitway.engine_values import from_engine, is_alike, to_engine
from gaitway.pose_search_schema import require
from gaitway.refusal import Refusal

# What is written and read besides schema, animations and intervals.
_PROPERTIES = (
    "continuing_pose_cost_bias",
    "base_cost_bias",
    "looping_cost_bias",
    "pose_search_mode",
    "number_of_principal_components",
    "kd_tree_max_leaf_size",
    "kd_tree_query_num_neighbors",
)
_INTERVALS = ("exclude_from_database_parameters", "additional_extrapolation_time")
_CLIP = {"animation": str, "mirror": str, "range": [float], "loops": bool}
_SHAPE = {
    "schema": str,
    "clips": [_CLIP],
    **{name: float for name in _PROPERTIES},
    **{name: [float] for name in _INTERVALS},
    "pose_search_mode": str,
}
_SEQUENCE = re.compile(r"Sequence=\"?[^']*'\"?(/[^.'\"]+)\.")
_MIRROR = re.compile(r"MirrorOption=(\w+)")
_RANGE = re.compile(r"SamplingRange=\(([^)]*)\)")
# How the text of an entry names what Python calls UNMIRRORED_ONLY and so on.
_MIRROR_OPTIONS = ("UnmirroredOnly", "MirroredOnly", "UnmirroredAndMirrored")


def write(arguments):
    """Make a database or change it in place, in one undo step; then read it back and save it."""
    require()
    path, wanted = arguments["path"], arguments["database"]
    shapes.check(wanted, _SHAPE, "database")
    schema = data_assets.load(wanted["schema"], unreal.PoseSearchSchema)
    sequences = {clip["animation"]: animations.load(clip["animation"]) for clip in wanted["clips"]}
    takes_list = capabilities.takes_animations()
    if not (takes_list or pose_search_branch_in.is_there()):
        raise Refusal(
            "bridge/database-list-closed",
            "This engine lets scripts neither set a database's animations nor mark them by a notify (5.4 does both). The "
            "schema was pushed; add the animations to {} by hand.".format(path),
        )
    database, created = data_assets.open_or_make(path, unreal.PoseSearchDatabase, arguments["force"])
    with data_assets.undone_on_failure(database, path, created):
        for clip in wanted["clips"]:
            _let_loop(sequences[clip["animation"]], clip["loops"])
        for name in _PROPERTIES:
            database.set_editor_property(name, to_engine(name, wanted[name]))
        for name in _INTERVALS:
            low, high = wanted[name]
            database.set_editor_property(name, unreal.FloatInterval(low, high))
        if takes_list:
            database.set_editor_property("animation_assets", [_entry(clip) for clip in wanted["clips"]])
        # Last: a database with a schema is indexed by the engine.
        database.set_editor_property("schema", schema)
        told = [] if takes_list else pose_search_branch_in.write(path, database, wanted["clips"], sequences)
        found = _read(database)
        expected = {name: value for name, value in wanted.items() if name in found}
        if takes_list:
            expected["clips"] = _as_they_may_loop(wanted["clips"], found["clips"])
        if not is_alike(expected, found):
            raise Refusal(
                "bridge/read-back-differs",
                "The database {} does not read back as it was written, so it was not saved.".format(path),
                found=found,
            )
        data_assets.mark_and_save(database, path, arguments["contentHash"], arguments["sourceName"])
    return {
        "path": path,
        "created": created,
        "clips": len(wanted["clips"]),
        "route": "list" if takes_list else "notifies",
        "warnings": told,
    }


def _let_loop(sequence, loops):
    """Mark an animation as one that loops, by which the engine lets its future wrap; others are left as they are."""
    if loops and not sequence.get_editor_property("loop"):
        saved_assets.check_out(sequence, data_assets.path_of(sequence))
        sequence.set_editor_property("loop", True)
        saved_assets.save(sequence, data_assets.path_of(sequence))


def describe(arguments):
    """Give the database at a path."""
    require()
    database = data_assets.load(arguments["path"], unreal.PoseSearchDatabase)
    if not capabilities.takes_animations():
        raise Refusal(
            "bridge/database-list-closed",
            "This engine does not let scripts read the animations of {} (5.4 does).".format(arguments["path"]),
        )
    return {"path": arguments["path"], "database": _read(database)}


def _read(database):
    """Give what can be read of a database; its clips are among that where scripts may read them."""
    found = {name: from_engine(name, database.get_editor_property(name)) for name in _PROPERTIES}
    for name in _INTERVALS:
        interval = database.get_editor_property(name)
        found[name] = [interval.get_editor_property("min"), interval.get_editor_property("max")]
    found["schema"] = data_assets.path_of(database.get_editor_property("schema"))
    if capabilities.takes_animations():
        found["clips"] = [_clip(entry) for entry in database.get_editor_property("animation_assets")]
    return found


def _as_they_may_loop(wanted, found):
    """Give the wanted clips; one that is not to be made to loop may loop already."""
    return [
        {**clip, "loops": clip["loops"] or there["loops"]} for clip, there in zip(wanted, found)
    ] + wanted[len(found) :]


def _entry(clip):
    path = clip["animation"]
    entry = unreal.InstancedStruct()
    entry.import_text(
        "/Script/PoseSearch.PoseSearchDatabaseSequence(Sequence=\"/Script/Engine.AnimSequence'{}.{}'\","
        "bEnabled=True,MirrorOption={},SamplingRange=(Min={!r},Max={!r}))".format(
            path, path.rsplit("/", 1)[1], clip["mirror"], *map(float, clip["range"])
        )
    )
    return entry


def _clip(entry):
    text = entry.export_text()
    sequence, mirror, spans = _SEQUENCE.search(text), _MIRROR.search(text), _RANGE.search(text)
    # What is at its default may be left out of the text.
    option = mirror[1] if mirror and mirror[1] in _MIRROR_OPTIONS else _MIRROR_OPTIONS[0]
    path = sequence[1] if sequence else ""
    return {
        "animation": path,
        "mirror": option,
        "range": [float(_number(spans, name)) for name in ("Min", "Max")],
        "loops": bool(path) and animations.load(path).get_editor_property("loop"),
    }


def _number(spans, name):
    found = re.search(name + r"=([-+.\deE]+)", spans[1]) if spans else None
    return found[1] if found else 0
