"""What this editor can do, found by trying."""

import platform

import unreal

from gaitway import frame_rates, pose_search_branch_in, throttle


def probe():
    """Give the engine's version and which optional parts are there."""
    has_pose_search = hasattr(unreal, "PoseSearchDatabase")
    missing = []
    if not has_pose_search:
        missing.append(
            'The plugin "Pose Search" is off; tick it under Edit > Plugins to build motion-matching databases.'
        )
    return {
        "engine": unreal.SystemLibrary.get_engine_version(),
        "python": platform.python_version(),
        "defaultRate": frame_rates.as_dict(frame_rates.default_rate()),
        "throttleWhenUnfocused": throttle.is_on(),
        "poseSearch": has_pose_search,
        "poseSearchAnimationAssets": has_pose_search and takes_animations(),
        "poseSearchBranchIn": pose_search_branch_in.is_there(),
        "ikRig": hasattr(unreal, "IKRigController"),
        "neuralModels": hasattr(unreal, "NNEModelData"),
        "skeletonModifier": hasattr(unreal, "SkeletonModifier"),
        "missing": missing,
    }


def takes_animations():
    """Tell whether scripts may set the list of animations of a database, as 5.4 lets them."""
    if not hasattr(unreal, "PoseSearchDatabase"):
        return False
    try:
        unreal.get_default_object(unreal.PoseSearchDatabase).get_editor_property("animation_assets")
    except Exception:  # any failure means no
        return False
    return True
