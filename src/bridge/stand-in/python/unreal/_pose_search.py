"""Pose Search, as far as it can be looked for."""

from ._object import Object


class PoseSearchDatabase(Object):
    """A motion-matching database; 5.4 lets scripts read and set its list of animations."""

    PROPERTIES = {"schema": (None, True), "animation_assets": ([], True)}


class AnimNotifyState_PoseSearchBranchIn(Object):
    """A notify that puts the animation under it into a database."""

    PROPERTIES = {"database": (None, True)}
