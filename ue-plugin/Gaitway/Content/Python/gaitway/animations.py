"""Animations: which there are, and what stands at a path."""

import unreal

from gaitway import frame_rates, skeletons
from gaitway.refusal import Refusal

# Metadata that a push leaves on its asset.
HASH_TAG = "GaitwayContentHash"
SOURCE_TAG = "GaitwaySource"

_LONGEST_TAG = 200


def search(folder, words):
    """Give path, skeleton, length and tags of the animations under a folder that have all words, without loading any."""
    registry = unreal.AssetRegistryHelpers.get_asset_registry()
    found = registry.get_assets_by_class(unreal.TopLevelAssetPath("/Script/Engine", "AnimSequence"))
    prefix = folder.rstrip("/") + "/"
    animations = [_listed(data) for data in found or [] if str(data.package_name).startswith(prefix)]
    wanted = words.lower().split()
    return sorted(
        (animation for animation in animations if _has_all(animation, wanted)),
        key=lambda animation: animation["path"],
    )


def _listed(data):
    path = str(data.package_name)
    tags = {str(name): str(value) for name, value in unreal.EditorAssetLibrary.get_tag_values(path).items()}
    # The tag reads /Script/Engine.Skeleton'/Game/Path/Name.Name'.
    skeleton = tags.pop("Skeleton", "")
    return {
        "path": path,
        "skeleton": skeleton.split("'")[1].split(".")[0] if "'" in skeleton else "",
        "seconds": _seconds(tags.pop("SequenceLength", "")),
        "tags": {name: value[:_LONGEST_TAG] for name, value in sorted(tags.items())},
    }


def _seconds(text):
    try:
        return max(0.0, float(text))
    except ValueError:
        return None


def _has_all(animation, words):
    tags = " ".join("{}={}".format(*tag) for tag in animation["tags"].items())
    text = "{} {} {}".format(animation["path"], animation["skeleton"], tags).lower()
    return all(word in text for word in words)


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
