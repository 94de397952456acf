"""Properties as JSON, for assets that are nothing but properties."""

import enum

from . import _enums, _notifies, _pose_search
from ._object import Name, Object
from ._state import STATE


def to_json(value):
    """Give a value as JSON; an asset is told by its path."""
    if isinstance(value, Name):
        return {"name": str(value)}
    if isinstance(value, enum.Enum):
        return {"enum": type(value).__name__, "value": value.name}
    if isinstance(value, _pose_search.InstancedStruct):
        return {"text": value.export_text()}
    if isinstance(value, Object):
        path = value.__dict__.get("_path")
        if path is not None:
            return {"asset": path}
        return {"class": type(value).__name__, "properties": properties_of(value)}
    return [to_json(element) for element in value] if isinstance(value, list) else value


def properties_of(thing):
    """Give all properties of an object as JSON."""
    return {name: to_json(value) for name, value in thing._values.items()}


def from_json(kept):
    """Give the value that `to_json` kept."""
    if isinstance(kept, list):
        return [from_json(element) for element in kept]
    if not isinstance(kept, dict):
        return kept
    if "name" in kept:
        return Name(kept["name"])
    if "enum" in kept:
        return getattr(_enums, kept["enum"])[kept["value"]]
    if "asset" in kept:
        return STATE.assets.get(kept["asset"])
    if "text" in kept:
        entry = _pose_search.InstancedStruct()
        entry.import_text(kept["text"])
        return entry
    type_ = getattr(_pose_search, kept["class"], None) or getattr(_notifies, kept["class"])
    return fill(type_(), kept["properties"])


def fill(thing, kept):
    """Set the properties of an object to what was kept."""
    for name, value in kept.items():
        thing._values[name] = from_json(value)
    return thing
