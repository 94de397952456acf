"""How a push begins and ends: its asset checked out, then saved or taken back."""

import unreal

from gaitway.refusal import Refusal


def check_out(asset, path):
    """Check an asset that is there already out of source control, where the project has one; or refuse."""
    if not unreal.SourceControl.is_enabled() or unreal.EditorAssetLibrary.checkout_loaded_asset(asset):
        return
    raise Refusal(
        "bridge/checkout-refused",
        "The editor could not check {} out of source control; someone else may have it, or the server may be out of "
        "reach. Nothing was changed. The editor's Output Log says more.".format(path),
        path=path,
    )


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
