"""Assets by path: made, loaded, tagged, saved, deleted."""

from ._anim_sequence import AnimSequenceFactory
from ._data_asset_factory import DataAssetFactory
from ._ik_rig import IKRetargetFactory, IKRigDefinitionFactory
from ._import import AssetImportTask, import_file
from ._object import Name, Object, expect
from ._state import STATE


class AssetTools:
    """Makes assets."""

    def create_asset(self, asset_name, package_path, asset_class, factory, calling_context="None"):
        """Make an asset; None where the path is taken or the factory cannot."""
        expect(asset_name, str, "asset_name")
        path = "{}/{}".format(expect(package_path, str, "package_path"), asset_name)
        if not EditorAssetLibrary.does_directory_exist("/" + path.split("/")[1]):
            STATE.log.append(("error", "Failed to create asset {}: no such root".format(path)))
            return None
        if path in STATE.assets:
            return None
        if factory is None:
            asset = asset_class(name=asset_name)
        else:
            expect(
                factory,
                (AnimSequenceFactory, DataAssetFactory, IKRigDefinitionFactory, IKRetargetFactory),
                "factory",
            )
            asset = factory._make(asset_name)
        if asset is not None:
            asset._path = path
            asset._metadata = {}
            STATE.assets[path] = asset
        return asset

    def import_asset_tasks(self, import_tasks):
        """Import files."""
        for task in import_tasks:
            import_file(expect(task, AssetImportTask, "import_tasks"))


class AssetToolsHelpers:
    """The way to AssetTools."""

    @staticmethod
    def get_asset_tools():
        """Give them."""
        return AssetTools()


class SourceControl:
    """Source control of the project."""

    @staticmethod
    def is_enabled():
        """Tell whether the project has one; a test says so."""
        return "source_control" in STATE.faults


class EditorAssetLibrary:
    """Functions on assets by path."""

    @staticmethod
    def does_asset_exist(asset_path):
        """Tell whether something stands at a path."""
        return _package(asset_path) in STATE.assets

    @staticmethod
    def does_directory_exist(directory_path):
        """Tell whether a content folder is there; /Game always is."""
        folder = expect(directory_path, str, "directory_path").rstrip("/")
        return folder == "/Game" or any(path.startswith(folder + "/") for path in STATE.assets)

    @staticmethod
    def load_asset(asset_path):
        """Give the asset at a path; None, and a line in the log, where there is none."""
        asset = STATE.assets.get(_package(asset_path))
        if asset is None:
            STATE.log.append(("error", "LoadAsset failed: {} does not exist".format(asset_path)))
        return asset

    @staticmethod
    def get_path_name_for_loaded_asset(loaded_asset):
        """Give package and object name of an asset."""
        path = expect(loaded_asset, Object, "loaded_asset")._path
        return "{}.{}".format(path, path.rsplit("/", 1)[1])

    @staticmethod
    def get_tag_values(asset_path):
        """Give what the registry knows of an asset."""
        asset = STATE.assets.get(_package(asset_path))
        return {Name(name): value for name, value in getattr(asset, "_tags", dict)().items()}

    @staticmethod
    def set_metadata_tag(object, tag, value):
        """Set a tag."""
        object._metadata[str(expect(tag, Name, "tag"))] = expect(value, str, "value")

    @staticmethod
    def get_metadata_tag(object, tag):
        """Give a tag; empty where it is not set."""
        return object._metadata.get(str(expect(tag, Name, "tag")), "")

    @staticmethod
    def checkout_loaded_asset(asset_to_checkout):
        """Check an asset out; False where source control is off or does not let it go."""
        expect(asset_to_checkout, Object, "asset_to_checkout")
        if not SourceControl.is_enabled() or STATE.faults.get("refuse_checkout") == asset_to_checkout._path:
            return False
        STATE.checked_out.append(asset_to_checkout._path)
        return True

    @staticmethod
    def save_loaded_asset(asset_to_save, only_if_is_dirty=True):
        """Write an asset to disk; False where that failed."""
        expect(asset_to_save, Object, "asset_to_save")
        if STATE.faults.get("refuse_save") == asset_to_save._path:
            STATE.log.append(("error", "The asset {} failed to save".format(asset_to_save._path)))
            return False
        if hasattr(asset_to_save, "_before_save"):
            asset_to_save._before_save()
        STATE.store.save(asset_to_save)
        return True

    @staticmethod
    def delete_loaded_asset(asset_to_delete):
        """Remove an asset from memory and disk."""
        expect(asset_to_delete, Object, "asset_to_delete")
        STATE.assets.pop(asset_to_delete._path, None)
        STATE.store.delete(asset_to_delete._path)
        return True


def _package(path):
    return expect(path, str, "asset_path").split(".")[0]
