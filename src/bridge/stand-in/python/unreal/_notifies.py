"""Notifies and sync markers, and the classes that notifies have."""

from ._object import Name, Object


class AnimNotify(Object):
    """Something that happens at once."""


class AnimNotifyState(Object):
    """Something that lasts."""


class AnimNotify_PlaySound(AnimNotify):
    """Plays a sound."""


class AnimNotify_PlayMontageNotify(AnimNotify):
    """Tells a name."""

    PROPERTIES = {"notify_name": (Name(), True)}


class AnimNotify_PlayMontageNotifyWindow(AnimNotifyState):
    """Tells a name, at its begin and its end."""

    PROPERTIES = {"notify_name": (Name(), True)}


class AnimNotifyEvent(Object):
    """A notify in an animation: what, and (bare in the engine, so asked by functions) when."""

    PROPERTIES = {"notify": (None, True), "notify_state_class": (None, True), "notify_name": (Name(), True)}

    def _fill(self, thing, track, seconds, duration):
        is_state = isinstance(thing, AnimNotifyState)
        self._values["notify_state_class" if is_state else "notify"] = thing
        if thing is not None:
            self._values["notify_name"] = Name(type(thing).__name__.split("_", 1)[-1])
        self._track = track
        self._seconds = seconds
        self._duration = duration
        return self


class AnimSyncMarker(Object):
    """A name at a time, by which animations keep step."""

    PROPERTIES = {"marker_name": (Name(), False), "time": (0.0, False)}

    def _fill(self, name, track, seconds):
        self._values.update(marker_name=Name(name), time=seconds)
        self._track = track
        return self
