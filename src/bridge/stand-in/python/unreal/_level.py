"""Actors of the open level and the components they have."""

from ._enums import BoneSpaces
from ._object import Name, Object, expect
from ._skeleton import SkeletalMesh
from ._state import STATE
from ._structs import Rotator, Transform, Vector


class ActorComponent(Object):
    """Part of an actor."""


class Actor(Object):
    """Something in the level."""

    def __init__(self, outer=None, name="None"):
        """Start with no components."""
        super().__init__(outer, name)
        self._components = []
        self._label = type(self).__name__
        self._transient = False

    def get_component_by_class(self, component_class):
        """Give the first component of a class; None where there is none."""
        return next((part for part in self._components if isinstance(part, component_class)), None)

    def get_actor_label(self, create_if_none=True):
        """Give the name that people see."""
        return self._label

    def set_actor_label(self, new_actor_label, mark_dirty=True):
        """Change the name that people see."""
        self._label = expect(new_actor_label, str, "new_actor_label")


class SingleAnimationPlayData(Object):
    """What a component plays by itself."""

    PROPERTIES = {
        "anim_to_play": (None, True),
        "saved_looping": (True, True),
        "saved_playing": (True, True),
        "saved_position": (0.0, True),
        "saved_play_rate": (1.0, True),
    }


class SkeletalMeshComponent(ActorComponent):
    """A mesh that is animated."""

    PROPERTIES = {"animation_data": (None, True)}

    def _fill(self, animation, seconds, playing):
        data = SingleAnimationPlayData()
        data.anim_to_play = animation
        self._values["animation_data"] = data
        self._position = seconds
        self._playing = playing
        return self

    def get_position(self):
        """Give the second that the animation is at."""
        return self._position

    def is_playing(self):
        """Tell whether it runs."""
        return self._playing


class SkeletalMeshActor(Actor):
    """An actor that is one mesh."""


class PoseableMeshComponent(ActorComponent):
    """A mesh whose bones scripts may put where they like."""

    def __init__(self, outer=None, name="None"):
        """Start without a mesh."""
        super().__init__(outer, name)
        self._mesh = None
        self._pose = {}

    def set_skinned_asset_and_update(self, new_mesh, reinit_pose=True):
        """Show a mesh, in its reference pose."""
        self._mesh = expect(new_mesh, SkeletalMesh, "new_mesh")
        self._pose = {}

    def set_bone_transform_by_name(self, bone_name, in_transform, bone_space):
        """Put a bone somewhere; one that the mesh does not have is passed over without a word."""
        expect(in_transform, Transform, "in_transform")
        expect(bone_space, BoneSpaces, "bone_space")
        name = str(expect(bone_name, Name, "bone_name"))
        if self._mesh is not None and name in self._mesh.get_editor_property("skeleton")._names:
            place, turn = in_transform.translation, in_transform.rotation
            self._pose[name] = [place.x, place.y, place.z, turn.x, turn.y, turn.z, turn.w]


class EditorActorSubsystem(Object):
    """Actors, as the level editor handles them."""

    def get_selected_level_actors(self):
        """Give the selected actors."""
        return list(STATE.selected_actors)

    def set_selected_level_actors(self, actors_to_select):
        """Select actors and no others."""
        STATE.selected_actors = list(actors_to_select)

    def spawn_actor_from_class(self, actor_class, location, rotation=None, transient=False):
        """Put an actor into the level and select it."""
        expect(location, Vector, "location")
        expect(rotation, Rotator, "rotation")
        actor = actor_class()
        actor._transient = transient
        STATE.actors.append(actor)
        STATE.selected_actors = [actor]
        return actor

    def destroy_actor(self, actor_to_destroy):
        """Remove an actor; False where it is gone."""
        if actor_to_destroy not in STATE.actors:
            return False
        STATE.actors.remove(actor_to_destroy)
        self.set_selected_level_actors([actor for actor in STATE.selected_actors if actor in STATE.actors])
        return True


class SubobjectDataHandle:
    """A component or actor, for the subsystem below."""

    def __init__(self, thing=None):
        """Stand for a thing."""
        self._thing = thing


class AddNewSubobjectParams(Object):
    """What is to be added, and to whom."""

    PROPERTIES = {
        "parent_handle": (None, True),
        "new_class": (None, True),
        "blueprint_context": (None, True),
        "skip_mark_blueprint_modified": (False, True),
        "conform_transform_to_parent": (True, True),
    }


class SubobjectDataSubsystem(Object):
    """Adds components to actors."""

    def k2_gather_subobject_data_for_instance(self, context):
        """Give handles of an actor and its components."""
        return [SubobjectDataHandle(thing) for thing in (expect(context, Actor, "context"), *context._components)]

    def add_new_subobject(self, params):
        """Add a component; give its handle and a text, empty where it went well."""
        parent = params.get_editor_property("parent_handle")._thing
        component = params.get_editor_property("new_class")()
        parent._components.append(component)
        return SubobjectDataHandle(component), ""
