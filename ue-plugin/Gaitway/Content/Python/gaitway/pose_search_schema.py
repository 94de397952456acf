"""PoseSearch schemas: what a motion-matching database compares, written and read back.

On the wire a channel is its class and its properties, in the engine's own names.
"""

import unreal

from gaitway import data_assets, shapes, skeletons
from gaitway.engine_values import from_engine, is_alike, to_engine
from gaitway.refusal import Refusal

_BONE_CHANNEL = (
    "bone",
    "origin_bone",
    "weight",
    "sample_time_offset",
    "origin_time_offset",
    "input_query_pose",
    "component_stripping",
    "normalization_group",
)
# Class -> the properties that are written and read; those that hold further channels or structs are lists.
_PROPERTIES = {
    "PoseSearchFeatureChannel_Position": _BONE_CHANNEL,
    "PoseSearchFeatureChannel_Velocity": (*_BONE_CHANNEL, "use_character_space_velocities", "normalize"),
    "PoseSearchFeatureChannel_Heading": (*_BONE_CHANNEL, "heading_axis"),
    "PoseSearchFeatureChannel_Phase": ("bone", "weight", "input_query_pose", "normalization_group"),
    "PoseSearchFeatureChannel_Pose": (
        "weight",
        "sampled_bones",
        "input_query_pose",
        "use_character_space_velocities",
    ),
    "PoseSearchFeatureChannel_Trajectory": ("weight", "samples"),
    "PoseSearchFeatureChannel_Group": ("sub_channels",),
    "PoseSearchBone": ("reference", "flags", "weight", "normalization_group"),
    "PoseSearchTrajectorySample": ("offset", "flags", "weight"),
}
_LISTS = ("sampled_bones", "samples", "sub_channels")
# What the properties hold on the wire; those that are not here hold a text.
_SHAPES = {
    "weight": float,
    "sample_time_offset": float,
    "origin_time_offset": float,
    "offset": float,
    "flags": int,
    "use_character_space_velocities": bool,
    "normalize": bool,
}
_SCHEMA = {
    "skeleton": str,
    "mirror_data_table": str,
    "sample_rate": int,
    "data_preprocessor": str,
    "channels": [dict],
}


def require():
    """Refuse where the engine's plugin is off."""
    if hasattr(unreal, "PoseSearchSchema"):
        return
    raise Refusal(
        "bridge/pose-search-off",
        'The plugin "Pose Search" is off in this project; tick it under Edit > Plugins, restart the editor, and run '
        "the command again.",
    )


def write(arguments):
    """Make a schema or change it in place, in one undo step; then read it back and save it."""
    require()
    path, wanted = arguments["path"], arguments["schema"]
    shapes.check(wanted, _SCHEMA, "schema")
    _check_shapes(wanted["channels"])
    skeleton = skeletons.load(wanted["skeleton"])
    _check_bones(wanted["channels"], {bone["name"] for bone in skeletons.bones(skeleton)}, wanted["skeleton"])
    mirror_table = _mirror_table(wanted["mirror_data_table"])
    schema, created = data_assets.open_or_make(path, unreal.PoseSearchSchema, arguments["force"])
    with data_assets.undone_on_failure(schema, path, created):
        roled = unreal.PoseSearchRoledSkeleton()
        roled.set_editor_property("skeleton", skeleton)
        if mirror_table is not None:
            roled.set_editor_property("mirror_data_table", mirror_table)
        schema.set_editor_property("skeletons", [roled])
        schema.set_editor_property("sample_rate", wanted["sample_rate"])
        schema.set_editor_property(
            "data_preprocessor", to_engine("data_preprocessor", wanted["data_preprocessor"])
        )
        # Last: setting the channels makes the engine work the schema out.
        schema.set_editor_property("channels", [_make(channel, schema) for channel in wanted["channels"]])
        found = describe({"path": path})
        if not is_alike(wanted, found["schema"]):
            raise Refusal(
                "bridge/read-back-differs",
                "The schema {} does not read back as it was written, so it was not saved.".format(path),
                found=found["schema"],
            )
        data_assets.mark_and_save(schema, path, arguments["contentHash"], arguments["sourceName"])
    return {"path": path, "created": created}


def _mirror_table(path):
    if not path:
        return None
    library = unreal.EditorAssetLibrary
    if library.does_asset_exist(path):
        return library.load_asset(path)
    raise Refusal(
        "bridge/asset-missing",
        "There is no mirror table at {}; make one for the skeleton in the editor (Animation > Mirror Data Table).".format(
            path
        ),
        path=path,
    )


def describe(arguments):
    """Give the schema at a path; channels of classes that are not known here are named."""
    require()
    schema = data_assets.load(arguments["path"], unreal.PoseSearchSchema)
    roled = list(schema.get_editor_property("skeletons"))
    skipped = []
    channels = []
    for channel in schema.get_editor_property("channels"):
        if type(channel).__name__ in _PROPERTIES:
            channels.append(_read(channel))
        else:
            skipped.append(type(channel).__name__)
    return {
        "path": arguments["path"],
        "skipped": skipped,
        "schema": {
            "skeleton": data_assets.path_of(roled[0].get_editor_property("skeleton")) if roled else "",
            "mirror_data_table": data_assets.path_of(roled[0].get_editor_property("mirror_data_table"))
            if roled
            else "",
            "sample_rate": schema.get_editor_property("sample_rate"),
            "data_preprocessor": from_engine(
                "data_preprocessor", schema.get_editor_property("data_preprocessor")
            ),
            "channels": channels,
        },
    }


def _make(wire, outer):
    kind = wire["class"]
    type_ = getattr(unreal, kind)
    # Channels are objects that live in the schema, the rest are plain structs.
    thing = unreal.new_object(type_, outer) if kind.startswith("PoseSearchFeatureChannel_") else type_()
    for name in _PROPERTIES[kind]:
        value = [_make(part, outer) for part in wire[name]] if name in _LISTS else to_engine(name, wire[name])
        thing.set_editor_property(name, value)
    return thing


def _read(thing):
    kind = type(thing).__name__
    wire = {"class": kind}
    for name in _PROPERTIES[kind]:
        value = thing.get_editor_property(name)
        wire[name] = [_read(part) for part in value] if name in _LISTS else from_engine(name, value)
    return wire


def _check_shapes(things):
    for thing in things:
        kind = thing.get("class")
        if kind not in _PROPERTIES:
            raise Refusal("bridge/bad-request", "A schema has nothing of the class {}.".format(kind))
        wanted = {name: [dict] if name in _LISTS else _SHAPES.get(name, str) for name in _PROPERTIES[kind]}
        shapes.check(thing, {"class": str, **wanted}, kind)
        for name in _LISTS:
            _check_shapes(thing.get(name, []))


def _check_bones(channels, known, skeleton):
    unknown = sorted(set(_bones_of(channels)) - known)
    if unknown:
        raise Refusal(
            "bridge/bone-missing",
            "{} has no bone called {}, which the schema compares. Name a skeleton that has, or other joints in the "
            "schema.".format(skeleton, ", ".join(unknown[:8])),
            bones=unknown[:200],
        )


def _bones_of(things):
    for thing in things:
        for name in _PROPERTIES[thing["class"]]:
            if name in _LISTS:
                yield from _bones_of(thing[name])
            elif name in ("bone", "origin_bone", "reference") and thing[name]:
                yield thing[name]
