"""Skeletons: which there are, and how their bones stand in the reference pose."""

import unreal

from gaitway import pose_text
from gaitway.refusal import Refusal


def list_paths(folder):
    """Give the paths of all skeletons under a folder."""
    registry = unreal.AssetRegistryHelpers.get_asset_registry()
    found = registry.get_assets_by_class(unreal.TopLevelAssetPath("/Script/Engine", "Skeleton"))
    paths = [str(data.package_name) for data in found or []]
    return sorted(path for path in paths if path.startswith(folder.rstrip("/") + "/"))


def load(path):
    """Load the skeleton at a path; the path of a skeletal mesh gives that mesh's skeleton."""
    library = unreal.EditorAssetLibrary
    asset = library.load_asset(path) if library.does_asset_exist(path) else None
    if isinstance(asset, unreal.SkeletalMesh):
        asset = asset.get_editor_property("skeleton")
    if isinstance(asset, unreal.Skeleton):
        return asset
    known = list_paths("/Game")
    raise Refusal(
        "bridge/skeleton-missing",
        "There is no skeleton at {}. The project has: {}.".format(path, ", ".join(known[:8]) or "none"),
        path=path,
        known=known[:50],
    )


def path_of(skeleton):
    """Give the content path of a loaded skeleton."""
    return unreal.EditorAssetLibrary.get_path_name_for_loaded_asset(skeleton).split(".")[0]


def describe(path):
    """Give the bones of the skeleton at a path."""
    skeleton = load(path)
    return {"path": path_of(skeleton), "bones": bones(skeleton)}


def bones(skeleton):
    """Give name, parent's place in the list, and reference transform of every bone, parents first."""
    text = unreal.AnimPoseExtensions.get_reference_pose(skeleton).export_text()
    names = pose_text.names(text, "BoneNames")
    parents = parent_places(text)
    poses = pose_text.transforms(text, "LocalSpacePoses")
    if not names or not len(names) == len(parents) == len(poses):
        raise Refusal(
            "bridge/unreadable-pose",
            "The reference pose of {} came as {} names, {} parents and {} transforms.".format(
                path_of(skeleton), len(names), len(parents), len(poses)
            ),
        )
    return [
        {
            "name": name,
            "parent": parent,
            "rotation": list(pose[0:4]),
            "translation": list(pose[4:7]),
            "scale": list(pose[7:10]),
        }
        for name, parent, pose in zip(names, parents, poses)
    ]


def parent_places(text):
    """Turn the parents of a pose's text, told by bone index, into places in its own list; -1 for a root."""
    places = {index: place for place, index in enumerate(pose_text.integers(text, "BoneIndices"))}
    return [places.get(parent, -1) for parent in pose_text.integers(text, "ParentBoneIndices")]
