"""Reads the poses of an animation, key by key."""

import unreal

from gaitway import pose_text
from gaitway.block import Block
from gaitway.refusal import Refusal


def raw_options():
    """Give the options for poses as they are stored; every one is set, since defaults differ by version."""
    options = unreal.AnimPoseEvaluationOptions()
    options.set_editor_property("evaluation_type", unreal.AnimDataEvalType.RAW)
    options.set_editor_property("should_retarget", False)
    options.set_editor_property("extract_root_motion", False)
    options.set_editor_property("incorporate_root_motion_into_pose", True)
    options.set_editor_property("optional_skeletal_mesh", None)
    options.set_editor_property("retrieve_additive_as_full_pose", True)
    options.set_editor_property("evaluate_curves", True)
    return options


def text_at(sequence, key, options):
    """Give the text of the pose at a key."""
    return unreal.AnimPoseExtensions.get_anim_pose_at_frame(sequence, key, options).export_text()


def block_at_time(sequence, seconds):
    """Give the pose at a second, scales included, as a block of one key; beyond the ends it is that of the end."""
    length = unreal.AnimationLibrary.get_sequence_length(sequence)
    at = min(max(seconds, 0.0), length)
    text = unreal.AnimPoseExtensions.get_anim_pose_at_time(sequence, at, raw_options()).export_text()
    found = pose_text.transform_numbers(text, "LocalSpacePoses")
    return Block.of_transforms(1, len(found) // 10, found)


def transforms(text, bone_count, key):
    """Give the parent-relative transforms of a pose's text; their number must be the skeleton's."""
    flat = numbers(text, bone_count, key)
    return [tuple(flat[at : at + 10]) for at in range(0, len(flat), 10)]


def numbers(text, bone_count, key):
    """Give the same as one array, ten numbers a bone: rotation x y z w, translation, scale."""
    found = pose_text.transform_numbers(text, "LocalSpacePoses")
    if len(found) != 10 * bone_count:
        raise Refusal(
            "bridge/unreadable-pose",
            "The pose at key {} came with {} transforms; the skeleton has {} bones.".format(
                key, len(found) // 10, bone_count
            ),
        )
    return found
