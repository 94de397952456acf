"""Reads the text that AnimPose.export_text() gives, the one way to a whole pose in one call.

The text is `(Name=value,...)` with nested brackets. The engine may leave out what equals its default: a
transform or a number that is not there is the identity's.
"""

import re
from array import array

# What stands between the numbers of transforms that are written out whole, one after the other.
_HEAD = "(Rotation=(X="
_BETWEEN = (")),(Rotation=(X=", "),Translation=(X=", "),Scale3D=(X=", ",Y=", ",Z=", ",W=")
# How some platforms write what is not a number.
_ODD_NAN = re.compile(r"nan\([a-z]+\)")
# A quoted name may hold brackets; it is taken whole.
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[()]')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PART = re.compile(r"(Rotation|Translation|Scale3D)=\(([^()]*)\)")
_COMPONENT = re.compile(r"([XYZW])=([-+]?nan|[-+]?inf|[-+0-9.eE]+)")
_IDENTITY = {
    "Rotation": {"X": 0.0, "Y": 0.0, "Z": 0.0, "W": 1.0},
    "Translation": {"X": 0.0, "Y": 0.0, "Z": 0.0},
    "Scale3D": {"X": 1.0, "Y": 1.0, "Z": 1.0},
}


def field(text, name):
    """Give what stands between the brackets of a field; empty where the field is not there."""
    found = re.search(r"[(,]{}=\(".format(name), text)
    if found is None:
        return ""
    depth = 1
    for mark in _BRACKET.finditer(text, found.end()):
        if mark.group() == "(":
            depth += 1
        elif mark.group() == ")":
            depth -= 1
            if depth == 0:
                return text[found.end() : mark.start()]
    return text[found.end() :]


def names(text, name):
    """Give a field's list of names."""
    inside = field(text, name)
    quoted = _QUOTED.findall(inside)
    return quoted if quoted else [part for part in inside.split(",") if part]


def integers(text, name):
    """Give a field's list of whole numbers."""
    return [int(part) for part in field(text, name).split(",") if part]


def transforms(text, name):
    """Give a field's transforms, each (rotation x y z w, translation x y z, scale x y z)."""
    flat = transform_numbers(text, name)
    return [tuple(flat[at : at + 10]) for at in range(0, len(flat), 10)]


def transform_numbers(text, name):
    """Give the ten numbers of each of a field's transforms in one array: a clip has many thousand of them."""
    if "nan(" in text:
        text = _ODD_NAN.sub("nan", text)
    head = re.search(r"[(,]{}=\(".format(name), text)
    if head is not None:
        # Three closing brackets end the list where its last transform is whole; nothing before it has three.
        numbers = _whole_numbers(text[head.end() : text.find(")))", head.end())])
        if numbers is not None:
            return numbers
    numbers = array("d")
    for element in _elements(field(text, name)):
        numbers.extend(_transform(element))
    return numbers


def _whole_numbers(inside):
    """Give the numbers of transforms that are all written out, without the last two brackets; else None.

    None has more than ten numbers, so ten each on the whole are ten in every one.
    """
    if not inside.startswith(_HEAD):
        return None
    count = 1 + inside.count(_BETWEEN[0])
    plain = inside[len(_HEAD) :]
    for between in _BETWEEN:
        plain = plain.replace(between, ",")
    parts = plain.split(",")
    if len(parts) != 10 * count:
        return None
    try:
        return array("d", map(float, parts))
    except ValueError:
        return None


def _elements(inside):
    depth = 0
    start = 0
    for at, letter in enumerate(inside):
        if letter == "(":
            if depth == 0:
                start = at + 1
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth == 0:
                yield inside[start:at]


def _transform(element):
    parts = {name: dict(values) for name, values in _IDENTITY.items()}
    for name, inside in _PART.findall(element):
        for axis, number in _COMPONENT.findall(inside):
            parts[name][axis] = float(number)
    return tuple(value for name in _IDENTITY for value in parts[name].values())
