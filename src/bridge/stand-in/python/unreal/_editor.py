"""The editor around the assets: log, ticks, settings, undo, folders."""

import contextlib

from ._object import Object, get_default_object
from ._state import STATE
from ._structs import FrameRate


def log(arg):
    """Write a line to the output log."""
    STATE.log.append(("info", str(arg)))


def log_warning(arg):
    """Write a warning to the output log."""
    STATE.log.append(("warning", str(arg)))


def log_error(arg):
    """Write an error to the output log."""
    STATE.log.append(("error", str(arg)))


def register_slate_post_tick_callback(callable):
    """Have a function called with the seconds gone by, every tick."""
    handle = STATE.next_handle
    STATE.next_handle += 1
    STATE.ticks[handle] = callable
    return handle


def unregister_slate_post_tick_callback(handle):
    """Stop that."""
    STATE.ticks.pop(handle, None)


def get_editor_subsystem(subsystem):
    """Give the one subsystem of a class."""
    return get_default_object(subsystem)


def get_engine_subsystem(subsystem):
    """Give the one subsystem of a class."""
    return get_default_object(subsystem)


def register_python_shutdown_callback(callable):
    """Have a function called when the editor closes."""
    STATE.shutdown.append(callable)


class EditorPerformanceSettings(Object):
    """Settings of the editor's speed."""

    PROPERTIES = {"throttle_cpu_when_not_foreground": (True, True)}


class AnimationSettings(Object):
    """Settings of animations."""

    PROPERTIES = {"default_frame_rate": (FrameRate(30, 1), True)}


class SystemLibrary:
    """What runs."""

    @staticmethod
    def get_engine_version():
        """Give the version."""
        return STATE.engine

    @staticmethod
    def is_valid(object):
        """Tell whether an object is there; an actor that was removed is not."""
        return object is not None and (not hasattr(object, "_components") or object in STATE.actors)

    @staticmethod
    def get_game_name():
        """Give the project's name."""
        return STATE.project_name


class Paths:
    """Folders of the project."""

    @staticmethod
    def project_saved_dir():
        """Give the Saved folder."""
        return STATE.project + "/Saved/"

    @staticmethod
    def convert_relative_path_to_full(path, base_path=""):
        """Give a full path; those of the stand-in are full."""
        return path


@contextlib.contextmanager
def transaction(title):
    """Group changes into one undo step; a group within a group adds none of its own."""
    if STATE.open_transactions == 0:
        STATE.undo.append(title)
    STATE.open_transactions += 1
    try:
        yield
    finally:
        STATE.open_transactions -= 1


class ScopedEditorTransaction:
    """One undo step, as a `with` block."""

    def __init__(self, desc):
        """Take the step's title."""
        self._transaction = transaction(desc)

    def __enter__(self):
        """Begin."""
        self._transaction.__enter__()
        return self

    def __exit__(self, *error):
        """End."""
        return self._transaction.__exit__(*error)
