"""Where the plugin may write: the project's Saved/Gaitway."""

import pathlib

import unreal


def saved():
    """Give the full path of Saved/Gaitway, made where it is not there."""
    full = unreal.Paths.convert_relative_path_to_full(unreal.Paths.project_saved_dir())
    folder = pathlib.Path(full) / "Gaitway"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
