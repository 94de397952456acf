"""Keeps saved assets on disk: a JSON header each, and a file of numbers for an animation."""

import json
import pathlib

from unreal import _ik_rig, _import, _pose_search
from unreal._anim_sequence import AnimSequence
from unreal._kept_properties import fill, from_json, properties_of, to_json
from unreal._state import STATE

# Where classes of assets are, besides animations.
_MODULES = (_pose_search, _ik_rig, _import)


class Store:
    """A folder that mirrors content paths."""

    def __init__(self, folder):
        """Use `folder`, made when something is saved."""
        self._folder = pathlib.Path(folder)

    def save(self, asset):
        """Write an asset under temporary names, then under its own; the header comes last."""
        base = self._base(asset._path)
        base.parent.mkdir(parents=True, exist_ok=True)
        header = {"class": type(asset).__name__, "path": asset._path, "metadata": asset._metadata}
        if isinstance(asset, AnimSequence):
            own, data = asset._to_store()
            header.update(skeleton=asset.get_editor_property("skeleton")._path, **own)
            _replace(base.with_name(base.name + ".bin"), data)
        else:
            header["properties"] = properties_of(asset)
            header["kept"] = {name: to_json(asset.__dict__[name]) for name in getattr(asset, "KEPT", ())}
        text = json.dumps(header, indent=1, ensure_ascii=False)
        _replace(base.with_name(base.name + ".json"), text.encode("utf-8"))

    def delete(self, path):
        """Remove what was saved for a path."""
        base = self._base(path)
        for ending in (".json", ".bin"):
            base.with_name(base.name + ending).unlink(missing_ok=True)

    def load_all(self):
        """Take up everything that was saved; what cannot be read is told and left."""
        found = []
        for file in sorted(self._folder.rglob("*.json")):
            try:
                found.append((file, json.loads(file.read_text(encoding="utf-8"))))
            except (ValueError, OSError) as error:
                _tell(file, error)
        # Assets name each other, so all are there before any is filled.
        made = []
        for file, header in found:
            try:
                made.append((file, header, self._make(header)))
            except (KeyError, StopIteration) as error:
                _tell(file, error)
        for file, header, asset in made:
            try:
                self._fill(asset, file, header)
            except (ValueError, KeyError, OSError) as error:
                del STATE.assets[header["path"]]
                _tell(file, error)

    def _make(self, header):
        name = header["path"].rsplit("/", 1)[1]
        if header["class"] == "AnimSequence":
            asset = AnimSequence(name=name)._fill(STATE.assets[header["skeleton"]])
        else:
            module = next(module for module in _MODULES if hasattr(module, header["class"]))
            asset = getattr(module, header["class"])(name=name)
        asset._path = header["path"]
        asset._metadata = header["metadata"]
        STATE.assets[asset._path] = asset
        return asset

    def _fill(self, asset, file, header):
        if isinstance(asset, AnimSequence):
            asset._from_store(header, file.with_suffix(".bin").read_bytes())
        else:
            fill(asset, header["properties"])
            asset.__dict__.update((name, from_json(value)) for name, value in header["kept"].items())

    def _base(self, path):
        return self._folder.joinpath(*path.strip("/").split("/"))


def _tell(file, error):
    STATE.log.append(("warning", "{} cannot be read: {!r}".format(file, error)))


def _replace(path, data):
    fresh = path.with_name(path.name + ".part")
    fresh.write_bytes(data)
    fresh.replace(path)
