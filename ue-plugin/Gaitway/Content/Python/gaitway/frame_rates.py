"""Which frame rates an animation can take: a multiple or a factor of the one it has, or both one after the other."""

import math
from fractions import Fraction

import unreal

# Beyond this a common multiple is no rate any more.
_MOST_HZ = 1000


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


def between(current, wanted):
    """Give a rate that `current` can change to and that can change to `wanted`; None where there is none."""
    if can_change(current, wanted):
        return wanted
    # The least common multiple of two fractions: that of their numerators over the common divisor below.
    common = Fraction(
        math.lcm(current.numerator, wanted.numerator), math.gcd(current.denominator, wanted.denominator)
    )
    return common if common <= _MOST_HZ else None


def of_sequence(sequence):
    """Give an animation's own rate."""
    return of_frame_rate(sequence.data_model_interface.get_frame_rate())
