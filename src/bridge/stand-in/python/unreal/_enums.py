"""Enumerations, with the names that Python sees."""

from enum import Enum


class AnimDataEvalType(Enum):
    """Which data a pose is evaluated from."""

    SOURCE = 0
    RAW = 1
    COMPRESSED = 2


class AnimPoseSpaces(Enum):
    """Space of a bone's transform."""

    LOCAL = 0
    WORLD = 1


class AdditiveAnimationType(Enum):
    """How an animation is added to another."""

    AAT_NONE = 0
    AAT_LOCAL_SPACE_BASE = 1
    AAT_ROTATION_OFFSET_MESH_SPACE = 2


class RawCurveTrackTypes(Enum):
    """What a curve carries."""

    RCT_FLOAT = 0
    RCT_VECTOR = 1
    RCT_TRANSFORM = 2
