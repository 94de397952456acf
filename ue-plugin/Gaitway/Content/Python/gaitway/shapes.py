"""Checks what a call is given before anything is done with it.

A shape is a type, a list of one shape, a tuple of shapes of which one must fit, a dict of named shapes, or None.
"""

import math

from gaitway.refusal import Refusal


def check(value, shape, place):
    """Refuse a value that is not of a shape; `place` says where in the call it stands."""
    problem = _problem(value, shape, place)
    if problem:
        raise Refusal("bridge/bad-request", "{}.".format(problem))


def _problem(value, shape, place):
    if isinstance(shape, tuple):
        problems = [_problem(value, one, place) for one in shape]
        return problems[0] if all(problems) else None
    if isinstance(shape, dict):
        return _record_problem(value, shape, place)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return "{} must be a list, not {}".format(place, _kind(value))
        parts = (_problem(part, shape[0], "{}[{}]".format(place, at)) for at, part in enumerate(value))
        return next((problem for problem in parts if problem), None)
    if _fits(value, shape):
        return None
    return "{} must be {}, not {}".format(place, "null" if shape is None else shape.__name__, _kind(value))


def _record_problem(value, shape, place):
    if not isinstance(value, dict):
        return "{} must be an object, not {}".format(place, _kind(value))
    unknown, missing = value.keys() - shape.keys(), shape.keys() - value.keys()
    if unknown or missing:
        return "{} {} {}".format(place, "lacks" if missing else "has no place for", sorted(missing or unknown)[0])
    parts = (_problem(value[name], shape[name], "{}.{}".format(place, name)) for name in shape)
    return next((problem for problem in parts if problem), None)


def _fits(value, shape):
    if shape is None:
        return value is None
    if shape is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if shape is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, shape)


def _kind(value):
    return "null" if value is None else type(value).__name__
