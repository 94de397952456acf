"""A figure in the open level that takes the poses of a preview outside: never saved, newest pose wins."""

import base64
import binascii
import sys
from array import array

import unreal

from gaitway import data_assets, skeletons
from gaitway.refusal import Refusal

_LABEL = "Gaitway Preview"
_FLOATS = 7


class PreviewActor:
    """One actor with a poseable mesh; poses are written once a tick."""

    def __init__(self, throttle):
        """Start without an actor; keep the editor awake by `throttle` while poses come."""
        self._throttle = throttle
        self._actor = None
        self._component = None
        self._bones = []
        self._newest = 0
        self._waiting = None

    def open(self, arguments):
        """Show a mesh and say which of the named bones it has; the actor that is there is used again."""
        mesh = data_assets.load(arguments["mesh"], unreal.SkeletalMesh)
        skeleton = mesh.get_editor_property("skeleton")
        known = {bone["name"] for bone in skeletons.bones(skeleton)}
        missing = [bone for bone in arguments["bones"] if bone not in known]
        if not self._is_there():
            self._spawn()
        self._component.set_skinned_asset_and_update(mesh, True)
        self._bones = [None if bone in missing else bone for bone in arguments["bones"]]
        self._newest = 0
        self._waiting = None
        return {"actor": _LABEL, "skeleton": skeletons.path_of(skeleton), "missing": missing}

    def take(self, arguments):
        """Take a pose: [bones, 3] places and [bones, 4] rotations in the mesh's own space; older ones are passed over."""
        if not self._is_there():
            raise Refusal(
                "bridge/no-preview-actor",
                "There is no preview figure in the level any more; it was removed, or another level was opened. Open "
                "the preview again.",
            )
        try:
            data = base64.b64decode(arguments["data"], validate=True)
        except binascii.Error as error:
            raise Refusal("bridge/bad-block", "A pose is not base64: {}.".format(error)) from error
        if len(data) != 4 * _FLOATS * len(self._bones):
            raise Refusal(
                "bridge/bad-block",
                "{} bytes of pose came; {} bones want {}.".format(
                    len(data), len(self._bones), 4 * _FLOATS * len(self._bones)
                ),
            )
        if arguments["number"] > self._newest:
            self._newest = arguments["number"]
            self._waiting = array("f", data)
            if sys.byteorder == "big":
                self._waiting.byteswap()
        self._throttle.stay_awake()
        return {"newest": self._newest}

    def close(self, _arguments):
        """Remove the actor; tell whether there was one."""
        was_there = self._is_there()
        if was_there:
            unreal.get_editor_subsystem(unreal.EditorActorSubsystem).destroy_actor(self._actor)
        self._actor = self._component = self._waiting = None
        return {"known": was_there}

    def tick(self, _delta_seconds):
        """Write the newest pose, if one came since the last tick."""
        if self._waiting is None or not self._is_there():
            return
        pose, self._waiting = self._waiting, None
        three = 3 * len(self._bones)
        transform = unreal.Transform()
        for place, bone in enumerate(self._bones):
            if bone is None:
                continue
            transform.translation = unreal.Vector(*pose[3 * place : 3 * place + 3])
            at = three + 4 * place
            transform.rotation = unreal.Quat(*pose[at : at + 4])
            self._component.set_bone_transform_by_name(bone, transform, unreal.BoneSpaces.COMPONENT_SPACE)

    def _is_there(self):
        # An actor that was removed, or went with its level, is a wrapper around nothing.
        return self._actor is not None and unreal.SystemLibrary.is_valid(self._actor)

    def _spawn(self):
        actors = unreal.get_editor_subsystem(unreal.EditorActorSubsystem)
        selected = actors.get_selected_level_actors()
        actor = actors.spawn_actor_from_class(unreal.Actor, unreal.Vector(0.0, 0.0, 0.0), unreal.Rotator(), True)
        if actor is None:
            raise Refusal(
                "bridge/create-refused",
                "The editor would not put a preview figure into the level; open a level, and stop playing in it.",
            )
        actor.set_actor_label(_LABEL)
        component = _add_component(actor)
        # A new actor is selected by the editor; people's own selection stays.
        actors.set_selected_level_actors(selected)
        if component is None:
            actors.destroy_actor(actor)
            raise Refusal(
                "bridge/create-refused", "The editor would not give the preview figure a mesh that takes poses."
            )
        self._actor, self._component = actor, component


def _add_component(actor):
    subsystem = unreal.get_engine_subsystem(unreal.SubobjectDataSubsystem)
    handles = subsystem.k2_gather_subobject_data_for_instance(actor)
    if not handles:
        return None
    params = unreal.AddNewSubobjectParams()
    params.set_editor_property("parent_handle", handles[0])
    params.set_editor_property("new_class", unreal.PoseableMeshComponent)
    subsystem.add_new_subobject(params)
    return actor.get_component_by_class(unreal.PoseableMeshComponent)
