"""Values of the wire as the engine's properties take them, and back: bones and enumerations by name."""

import math

import unreal

# Properties that hold a bone, and those that hold a value of an enumeration.
_BONES = ("bone", "origin_bone", "reference")
_ENUMS = {
    "input_query_pose": "InputQueryPose",
    "component_stripping": "ComponentStrippingVector",
    "heading_axis": "HeadingAxis",
    "data_preprocessor": "PoseSearchDataPreprocessor",
    "pose_search_mode": "PoseSearchMode",
}


def to_engine(name, value):
    """Give what the property `name` is to be set to."""
    if name in _BONES:
        reference = unreal.BoneReference()
        reference.set_editor_property("bone_name", value or "None")
        return reference
    if name in _ENUMS:
        return getattr(getattr(unreal, _ENUMS[name]), value)
    if name == "normalization_group":
        return value or "None"
    return value


def from_engine(name, value):
    """Give a property's value as the wire has it."""
    if name in _BONES:
        return _text(value.get_editor_property("bone_name")) if value else ""
    if name in _ENUMS:
        return value.name
    return _text(value) if name == "normalization_group" else value


def is_alike(sent, found):
    """Tell whether what was found is what was sent; the engine keeps numbers in 32 bits, and texts with six decimals."""
    if isinstance(sent, dict):
        return isinstance(found, dict) and sent.keys() == found.keys() and all(
            is_alike(sent[key], found[key]) for key in sent
        )
    if isinstance(sent, list):
        return isinstance(found, list) and len(sent) == len(found) and all(map(is_alike, sent, found))
    if isinstance(sent, (int, float)) and not isinstance(sent, bool):
        return isinstance(found, (int, float)) and math.isclose(sent, found, rel_tol=1e-6, abs_tol=1e-6)
    return sent == found


def _text(name):
    text = str(name)
    return "" if text == "None" else text
