"""Keeps saved animations on disk, one JSON header and one file of numbers each."""

import json
import pathlib

from unreal._anim_sequence import AnimSequence
from unreal._state import STATE


class Store:
    """A folder that mirrors content paths."""

    def __init__(self, folder):
        """Use `folder`, made when something is saved."""
        self._folder = pathlib.Path(folder)

    def save(self, sequence):
        """Write an animation under temporary names, then under its own; the header comes last."""
        header, data = sequence._to_store()
        header = {
            "class": "AnimSequence",
            "path": sequence._path,
            "skeleton": sequence.get_editor_property("skeleton")._path,
            "metadata": sequence._metadata,
            **header,
        }
        base = self._base(sequence._path)
        base.parent.mkdir(parents=True, exist_ok=True)
        _replace(base.with_name(base.name + ".bin"), data)
        text = json.dumps(header, indent=1, ensure_ascii=False)
        _replace(base.with_name(base.name + ".json"), text.encode("utf-8"))

    def delete(self, path):
        """Remove what was saved for a path."""
        base = self._base(path)
        for ending in (".json", ".bin"):
            base.with_name(base.name + ending).unlink(missing_ok=True)

    def load_all(self):
        """Take up everything that was saved; what cannot be read is told and left."""
        for file in sorted(self._folder.rglob("*.json")):
            try:
                self._load(file)
            except (ValueError, KeyError, OSError) as error:
                STATE.log.append(("warning", "{} cannot be read: {!r}".format(file, error)))

    def _load(self, file):
        header = json.loads(file.read_text(encoding="utf-8"))
        path = header["path"]
        sequence = AnimSequence(name=path.rsplit("/", 1)[1])._fill(STATE.assets[header["skeleton"]])
        sequence._from_store(header, file.with_suffix(".bin").read_bytes())
        sequence._path = path
        sequence._metadata = header["metadata"]
        STATE.assets[path] = sequence

    def _base(self, path):
        return self._folder.joinpath(*path.strip("/").split("/"))


def _replace(path, data):
    fresh = path.with_name(path.name + ".part")
    fresh.write_bytes(data)
    fresh.replace(path)
