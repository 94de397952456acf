"""Settings of an animation that are no motion: root motion, looping, how it is added to others."""

import unreal

from gaitway import animations, data_assets
from gaitway.engine_values import is_alike
from gaitway.refusal import Refusal

_PLAIN = (
    "enable_root_motion",
    "force_root_lock",
    "use_normalized_root_motion_scale",
    "loop",
    "rate_scale",
    "ref_frame_index",
)
_ENUMS = {
    "root_motion_root_lock": "RootMotionRootLock",
    "interpolation": "AnimInterpolationType",
    "additive_anim_type": "AdditiveAnimationType",
    "ref_pose_type": "AdditiveBasePoseType",
}
_BASE = "ref_pose_seq"


def read(sequence):
    """Give all settings, enumerations by name and the base animation by path."""
    found = {name: sequence.get_editor_property(name) for name in _PLAIN}
    for name in _ENUMS:
        found[name] = sequence.get_editor_property(name).name
    found[_BASE] = data_assets.path_of(sequence.get_editor_property(_BASE))
    return found


def write(sequence, wanted):
    """Set the settings that are given; others stay. What the engine does not take is refused."""
    for name, value in wanted.items():
        sequence.set_editor_property(name, _to_engine(name, value))
    found = read(sequence)
    strange = [name for name, value in wanted.items() if not is_alike(value, found[name])]
    if strange:
        raise Refusal(
            "bridge/read-back-differs",
            "The setting {} was to be {} but is {}.".format(
                strange[0], wanted[strange[0]], found[strange[0]]
            ),
            setting=strange[0],
        )


def check(wanted):
    """Refuse settings that are not known, or whose base animation is not there."""
    unknown = sorted(wanted.keys() - {*_PLAIN, *_ENUMS, _BASE})
    if unknown:
        raise Refusal("bridge/bad-request", "An animation has no setting {}.".format(unknown[0]))
    for name, value in wanted.items():
        if name in _ENUMS and not hasattr(getattr(unreal, _ENUMS[name]), str(value)):
            raise Refusal("bridge/bad-request", "The setting {} cannot be {}.".format(name, value))
    if wanted.get(_BASE):
        animations.load(wanted[_BASE])


def _to_engine(name, value):
    if name in _ENUMS:
        return getattr(getattr(unreal, _ENUMS[name]), value)
    if name == _BASE:
        return animations.load(value) if value else None
    return value
