"""What this editor can do, found by trying."""

import platform

import unreal

from gaitway import frame_rates, throttle


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
        "poseSearchAnimationAssets": has_pose_search and _can_read_animation_assets(),
        "poseSearchBranchIn": hasattr(unreal, "AnimNotifyState_PoseSearchBranchIn"),
        "skeletonModifier": hasattr(unreal, "SkeletonModifier"),
        "missing": missing,
    }


def _can_read_animation_assets():
    try:
        unreal.get_default_object(unreal.PoseSearchDatabase).get_editor_property("animation_assets")
    except Exception:  # any failure means no
        return False
    return True
