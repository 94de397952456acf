"""Which frame rates an animation can take: a multiple or a factor of the one it has."""

from fractions import Fraction

import unreal


def default_rate():
    """Give the rate of a new animation, as a fraction (30 unless the project says otherwise)."""
    settings = unreal.get_default_object(unreal.AnimationSettings)
    return of_frame_rate(settings.get_editor_property("default_frame_rate"))


def of_frame_rate(rate):
    """Turn the engine's frame rate into a fraction."""
    return Fraction(rate.numerator, rate.denominator)


def of_dict(rate):
    """Turn a rate of the protocol into a fraction."""
    return Fraction(rate["numerator"], rate["denominator"])


def as_dict(rate):
    """Turn a fraction into a rate of the protocol."""
    return {"numerator": rate.numerator, "denominator": rate.denominator}


def can_change(current, wanted):
    """Tell whether the engine takes `wanted` for an animation that has `current`."""
    ratio = wanted / current
    return ratio.numerator == 1 or ratio.denominator == 1


def of_sequence(sequence):
    """Give an animation's own rate."""
    return of_frame_rate(sequence.data_model_interface.get_frame_rate())
