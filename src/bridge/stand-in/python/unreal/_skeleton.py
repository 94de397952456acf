"""Skeletons and meshes, made by the host from what its caller hands over."""

from ._object import Object


class Skeleton(Object):
    """Bones, parents first, with reference transforms as (rotation x y z w, translation, scale)."""

    PROPERTIES = {"bone_tree": ([], False), "compatible_skeletons": ([], True)}

    def _fill(self, bones):
        self._names = [bone["name"] for bone in bones]
        self._parents = [bone["parent"] for bone in bones]
        self._reference = [(*bone["rotation"], *bone["translation"], *bone["scale"]) for bone in bones]
        self._texts = None
        return self


class SkeletalMesh(Object):
    """A mesh; here only the way to its skeleton."""

    PROPERTIES = {"skeleton": (None, False)}

    def _fill(self, skeleton):
        self._values["skeleton"] = skeleton
        return self
