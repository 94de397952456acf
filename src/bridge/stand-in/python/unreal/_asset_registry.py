"""What assets there are, without loading them."""

from ._object import Name, Object, expect
from ._state import STATE
from ._structs import TopLevelAssetPath


class AssetData(Object):
    """An asset as the registry knows it."""

    PROPERTIES = {
        "package_name": (Name(), False),
        "asset_name": (Name(), False),
        "package_path": (Name(), False),
        "asset_class_path": (None, False),
    }

    def _fill(self, asset):
        folder, _, name = asset._path.rpartition("/")
        self._values.update(
            package_name=Name(asset._path),
            asset_name=Name(name),
            package_path=Name(folder),
            asset_class_path=TopLevelAssetPath("/Script/Engine", type(asset).__name__),
        )
        self._asset = asset
        return self


class AssetRegistry:
    """The registry."""

    def get_assets_by_class(self, class_path_name, search_sub_classes=False):
        """Give all assets of a class; None where there are none, as Python sees the engine's False."""
        expect(class_path_name, TopLevelAssetPath, "class_path_name")
        found = [
            AssetData()._fill(asset)
            for asset in STATE.assets.values()
            if type(asset).__name__ == class_path_name.asset_name
        ]
        return found or None


class AssetRegistryHelpers:
    """The way to the registry, and functions on what it gives."""

    @staticmethod
    def get_asset_registry():
        """Give the registry."""
        return AssetRegistry()
