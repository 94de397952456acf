"""Animations: which there are, and what stands at a path."""

import unreal

from gaitway import frame_rates, skeletons
from gaitway.refusal import Refusal

# Metadata that a push leaves on its asset.
HASH_TAG = "GaitwayContentHash"
SOURCE_TAG = "GaitwaySource"


def list_all(folder):
    """Give path and skeleton of every animation under a folder, without loading any."""
    registry = unreal.AssetRegistryHelpers.get_asset_registry()
    found = registry.get_assets_by_class(unreal.TopLevelAssetPath("/Script/Engine", "AnimSequence"))
    prefix = folder.rstrip("/") + "/"
    animations = [
        {"path": str(data.package_name), "skeleton": _skeleton_tag(data)}
        for data in found or []
        if str(data.package_name).startswith(prefix)
    ]
    return sorted(animations, key=lambda animation: animation["path"])


def _skeleton_tag(data):
    # The tag reads /Script/Engine.Skeleton'/Game/Path/Name.Name'.
    value = unreal.AssetRegistryHelpers.get_tag_value(data, "Skeleton") or ""
    return value.split("'")[1].split(".")[0] if "'" in value else ""


def describe(path):
    """Tell what stands at a path; nothing there is an answer too."""
    if not unreal.EditorAssetLibrary.does_asset_exist(path):
        rate = frame_rates.as_dict(frame_rates.default_rate())
        return {"exists": False, "skeleton": "", "keys": 0, "rate": rate, "contentHash": ""}
    sequence = load(path)
    return {
        "exists": True,
        "skeleton": skeletons.path_of(sequence.get_editor_property("skeleton")),
        "keys": unreal.AnimationLibrary.get_num_keys(sequence),
        "rate": frame_rates.as_dict(frame_rates.of_sequence(sequence)),
        "contentHash": unreal.EditorAssetLibrary.get_metadata_tag(sequence, HASH_TAG),
    }


def load(path):
    """Load the animation at a path."""
    library = unreal.EditorAssetLibrary
    asset = library.load_asset(path) if library.does_asset_exist(path) else None
    if isinstance(asset, unreal.AnimSequence):
        return asset
    raise Refusal(
        "bridge/animation-missing",
        "There is no animation at {}{}.".format(
            path, "" if asset is None else ", but a {}".format(type(asset).__name__)
        ),
        path=path,
    )
