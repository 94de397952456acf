"""Keeps the editor awake while jobs run: in the background it ticks about three times a second."""

import unreal

_PROPERTY = "throttle_cpu_when_not_foreground"


def settings():
    """Give the editor's performance settings."""
    return unreal.get_default_object(unreal.EditorPerformanceSettings)


def is_on():
    """Tell whether the editor slows down when its window is not in front."""
    return settings().get_editor_property(_PROPERTY)


class Throttle:
    """Switches the setting off while held, and back to what it was after."""

    def __init__(self):
        """Start released."""
        self._before = None

    def hold(self):
        """Keep the editor awake; holding twice is holding once."""
        if self._before is None:
            self._before = is_on()
            if self._before:
                settings().set_editor_property(_PROPERTY, False)

    def release(self):
        """Give back what the user had set."""
        if self._before:
            settings().set_editor_property(_PROPERTY, True)
        self._before = None
