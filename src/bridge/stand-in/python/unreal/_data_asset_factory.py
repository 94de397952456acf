"""The factory for assets that are plain data."""

from ._object import Object
from ._pose_search import PoseSearchDatabase, PoseSearchNormalizationSet, PoseSearchSchema

_DATA_ASSETS = (PoseSearchSchema, PoseSearchDatabase, PoseSearchNormalizationSet)


class DataAssetFactory(Object):
    """Makes an asset of the class it is told; it fills nothing in."""

    PROPERTIES = {"data_asset_class": (None, True)}

    def _make(self, name):
        type_ = self._values["data_asset_class"]
        return type_(name=name) if type_ in _DATA_ASSETS else None
