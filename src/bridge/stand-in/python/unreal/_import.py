"""Files that become assets."""

import pathlib

from ._object import Object
from ._state import STATE


class NNEModelData(Object):
    """A neural network; scripts see nothing of it."""

    KEPT = ("_length",)

    def __init__(self, outer=None, name="None"):
        """Start empty."""
        super().__init__(outer, name)
        self._length = 0


class AssetImportTask(Object):
    """One file to import."""

    PROPERTIES = {
        "filename": ("", True),
        "destination_path": ("", True),
        "destination_name": ("", True),
        "automated": (False, True),
        "replace_existing": (False, True),
        "save": (False, True),
        "imported_object_paths": ([], True),
    }


def import_file(task):
    """Import a file into a new asset or the one that is there; a file that is no model is logged and nothing is made."""
    data = pathlib.Path(task.filename).read_bytes()
    # Every ONNX file begins with the field of its format's version.
    if not data.startswith(b"\x08"):
        STATE.log.append(("error", "Failed to import {}".format(task.filename)))
        return
    path = "{}/{}".format(task.destination_path, task.destination_name)
    if path not in STATE.assets:
        model = NNEModelData(name=task.destination_name)
        model._path = path
        model._metadata = {}
        STATE.assets[path] = model
    STATE.assets[path]._length = len(data)
    task.imported_object_paths = ["{}.{}".format(path, task.destination_name)]
