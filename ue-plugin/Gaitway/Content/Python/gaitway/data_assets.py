"""Assets that are plain data: opened or made, marked as ours, saved."""

import contextlib

import unreal

from gaitway import animations, asset_path, saved_assets
from gaitway.refusal import Refusal


def open_or_make(path, type_, force, factory_type=None):
    """Give the asset at a path and whether it was made now; what Gaitway did not make is left alone unless forced."""
    folder, name = asset_path.split(path)
    there = open_own(path, type_, force)
    if there is not None:
        return there, False
    if factory_type is None:
        factory = unreal.DataAssetFactory()
        factory.set_editor_property("data_asset_class", type_)
    else:
        factory = factory_type()
    tools = unreal.AssetToolsHelpers.get_asset_tools()
    asset = tools.create_asset(name, folder, type_, factory)
    if asset is None:
        raise Refusal(
            "bridge/create-refused",
            "The editor would not create {}. Its Output Log says why; the folder may be read-only or the name "
            "taken.".format(path),
        )
    return asset, True


def open_own(path, type_, force):
    """Give the asset at a path, checked out to be written over; None where nothing is there."""
    library = unreal.EditorAssetLibrary
    if not library.does_asset_exist(path):
        return None
    asset = library.load_asset(path)
    if not isinstance(asset, type_):
        raise Refusal(
            "bridge/asset-taken",
            "At {} there is a {} already, not a {}; choose another name.".format(
                path, type(asset).__name__, type_.__name__
            ),
            path=path,
        )
    if not library.get_metadata_tag(asset, animations.HASH_TAG) and not force:
        raise Refusal(
            "bridge/would-overwrite",
            "There is a {} at {} already that Gaitway did not make. Push with --force to write over it, or "
            "under another name.".format(type_.__name__, path),
            path=path,
        )
    saved_assets.check_out(asset, path)
    return asset


@contextlib.contextmanager
def undone_on_failure(asset, path, created):
    """Leave nothing half written: a new asset goes again, an old one stays unsaved and is said to."""
    try:
        with unreal.ScopedEditorTransaction("Gaitway: push " + path.rsplit("/", 1)[1]):
            yield
    except Exception:
        saved_assets.take_back(asset, path, created)
        raise


def load(path, type_):
    """Load the asset of a class at a path."""
    library = unreal.EditorAssetLibrary
    asset = library.load_asset(path) if library.does_asset_exist(path) else None
    if isinstance(asset, type_):
        return asset
    raise Refusal(
        "bridge/asset-missing",
        "There is no {} at {}{}.".format(
            type_.__name__, path, "" if asset is None else ", but a {}".format(type(asset).__name__)
        ),
        path=path,
    )


def path_of(asset):
    """Give the content path of a loaded asset; empty for none."""
    if asset is None:
        return ""
    return unreal.EditorAssetLibrary.get_path_name_for_loaded_asset(asset).split(".")[0]


def mark_and_save(asset, path, content_hash, source):
    """Note what the asset was made of, and write it to disk."""
    library = unreal.EditorAssetLibrary
    library.set_metadata_tag(asset, animations.HASH_TAG, content_hash)
    library.set_metadata_tag(asset, animations.SOURCE_TAG, source)
    saved_assets.save(asset, path)
