"""Where in its animation a selected actor is.

The animation editor's own window cannot be asked by scripts; actors in the level can.
"""

import unreal

from gaitway import data_assets


def of_selected_actor():
    """Give the animation that the first selected actor plays by itself, and the second it is at; None for none."""
    actors = unreal.get_editor_subsystem(unreal.EditorActorSubsystem)
    for actor in actors.get_selected_level_actors():
        component = actor.get_component_by_class(unreal.SkeletalMeshComponent)
        if component is None:
            continue
        animation = component.get_editor_property("animation_data").get_editor_property("anim_to_play")
        if isinstance(animation, unreal.AnimSequence):
            return {
                "actor": str(actor.get_actor_label()),
                "asset": data_assets.path_of(animation),
                "seconds": component.get_position(),
                "playing": component.is_playing(),
            }
    return None
