"""Keeps the editor awake while there is work: in the background it ticks about three times a second."""

import time

import unreal

from gaitway import project_folder

_PROPERTY = "throttle_cpu_when_not_foreground"
# How long a program that streams poses is waited for.
_PATIENCE_SECONDS = 2.0
_NOTE = "throttle-is-off"


def settings():
    """Give the editor's performance settings."""
    return unreal.get_default_object(unreal.EditorPerformanceSettings)


def is_on():
    """Tell whether the editor slows down when its window is not in front."""
    return settings().get_editor_property(_PROPERTY)


class Throttle:
    """Switches the setting off while held or asked to stay awake, and back to what it was after.

    That it is off is noted in a file, so that an editor that crashed gives it back when it starts again.
    """

    def __init__(self):
        """Give back what an editor that crashed left off."""
        self._is_held = False
        self._awake_until = 0.0
        self._is_off = self._note().exists()
        self._rest()

    def hold(self):
        """Keep the editor awake until released; holding twice is holding once."""
        self._is_held = True
        self._wake()

    def release(self):
        """Let go; the setting comes back unless somebody streams."""
        self._is_held = False
        self._rest()

    def stay_awake(self):
        """Keep the editor awake for a moment."""
        self._awake_until = time.monotonic() + _PATIENCE_SECONDS
        self._wake()

    def tick(self, _delta_seconds):
        """Give the setting back once nobody needs the editor awake."""
        self._rest()

    def shut_down(self):
        """Give the setting back; the editor closes."""
        self._awake_until = 0.0
        self.release()

    def _wake(self):
        if not self._is_off and is_on():
            self._note().touch()
            settings().set_editor_property(_PROPERTY, False)
            self._is_off = True

    def _rest(self):
        if self._is_off and not self._is_held and time.monotonic() >= self._awake_until:
            settings().set_editor_property(_PROPERTY, True)
            self._is_off = False
            self._note().unlink(missing_ok=True)

    @staticmethod
    def _note():
        return project_folder.saved() / _NOTE
