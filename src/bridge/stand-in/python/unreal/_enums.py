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


class RootMotionRootLock(Enum):
    """Where the root is kept while root motion is taken out."""

    REF_POSE = 0
    ANIM_FIRST_FRAME = 1
    ZERO = 2


class AnimInterpolationType(Enum):
    """What is between keys."""

    LINEAR = 0
    STEP = 1


class AdditiveBasePoseType(Enum):
    """What an additive animation is the difference to."""

    ABPT_NONE = 0
    ABPT_REF_POSE = 1
    ABPT_ANIM_SCALED = 2
    ABPT_ANIM_FRAME = 3
    ABPT_LOCAL_ANIM_FRAME = 4


class RawCurveTrackTypes(Enum):
    """What a curve carries."""

    RCT_FLOAT = 0
    RCT_VECTOR = 1
    RCT_TRANSFORM = 2


class InputQueryPose(Enum):
    """Where a query takes a bone from."""

    USE_CHARACTER_POSE = 0
    USE_CONTINUING_POSE = 1


class ComponentStrippingVector(Enum):
    """Parts of a vector that are left out."""

    NONE = 0
    STRIP_XY = 1
    STRIP_Z = 2


class HeadingAxis(Enum):
    """An axis of a bone."""

    X = 0
    Y = 1
    Z = 2


class PoseSearchDataPreprocessor(Enum):
    """How numbers are made comparable."""

    NONE = 0
    NORMALIZE = 1
    NORMALIZE_ONLY_BY_DEVIATION = 2
    NORMALIZE_WITH_COMMON_SCHEMA = 3


class PoseSearchMode(Enum):
    """How a database is searched."""

    BRUTE_FORCE = 0
    PCAKD_TREE = 1
    VP_TREE = 2


class BoneSpaces(Enum):
    """What a bone's place is told relative to."""

    WORLD_SPACE = 0
    COMPONENT_SPACE = 1


class MultiBlockType(Enum):
    """Kinds of lines in a menu."""

    NONE = 0
    MENU_ENTRY = 8


class ToolMenuStringCommandType(Enum):
    """How the text behind a line is run."""

    COMMAND = 0
    PYTHON = 1
    CUSTOM = 2


class AppMsgType(Enum):
    """Buttons of a box."""

    OK = 0


class AppReturnType(Enum):
    """The button that was clicked."""

    NO = 0
    OK = 4


class RetargetSourceOrTarget(Enum):
    """An end of a retargeter."""

    SOURCE = 0
    TARGET = 1
