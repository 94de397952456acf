"""How a push ends: its asset saved, or taken back."""

import unreal

from gaitway.refusal import Refusal


def save(asset, path):
    """Write an asset to disk, or refuse."""
    if unreal.EditorAssetLibrary.save_loaded_asset(asset, False):
        return
    raise Refusal(
        "bridge/save-refused",
        "The editor would not save {}. The file may be read-only or checked out by someone else.".format(path),
    )


def take_back(asset, path, created):
    """Leave nothing half written: a new asset goes again, an old one stays unsaved and is said to."""
    if created:
        unreal.EditorAssetLibrary.delete_loaded_asset(asset)
        return
    unreal.log_warning(
        "Gaitway: the push to {} failed. It is unsaved: undo it (Ctrl+Z), or close without saving.".format(path)
    )
