"""The numbers of an animation as one block of little-endian float32, in the engine's axes and centimetres.

| part         | shape            |
| ------------ | ---------------- |
| translations | [keys, bones, 3] |
| rotations    | [keys, bones, 4] |
| scales       | [keys, bones, 3], only where the block has scales |
| curves       | [curves, keys]   |
"""

import sys
from array import array

import unreal

from gaitway.refusal import Refusal


class Block:
    """Arrays of one animation."""

    def __init__(self, keys, bones, translations, rotations, scales, curves):
        """Take arrays of floats; `scales` is None where every scale is 1."""
        self.keys = keys
        self.bones = bones
        self.translations = translations
        self.rotations = rotations
        self.scales = scales
        self.curves = curves

    @classmethod
    def from_bytes(cls, data, keys, bones, has_scales, curve_count):
        """Cut a block that was sent into its parts; its length must fit them."""
        sizes = [3 * keys * bones, 4 * keys * bones, 3 * keys * bones * has_scales]
        sizes += [keys] * curve_count
        if len(data) != 4 * sum(sizes):
            raise Refusal(
                "bridge/bad-block",
                "{} bytes came; {} keys of {} bones want {}.".format(len(data), keys, bones, 4 * sum(sizes)),
            )
        parts = []
        at = 0
        for size in sizes:
            part = array("f")
            part.frombytes(data[at : at + 4 * size])
            if sys.byteorder == "big":
                part.byteswap()
            parts.append(part)
            at += 4 * size
        translations, rotations, scales, *curves = parts
        return cls(keys, bones, translations, rotations, scales if has_scales else None, curves)

    @classmethod
    def of_transforms(cls, keys, bones, numbers):
        """Sort ten numbers a transform (rotation x y z w, translation, scale) into parts, scales among them."""
        rotations, translations, scales = (_columns(numbers, *columns) for columns in ((0, 4), (4, 7), (7, 10)))
        return cls(keys, bones, translations, rotations, scales, [])

    def to_bytes(self):
        """Put the parts back into one piece."""
        data = bytearray()
        scales = [] if self.scales is None else [self.scales]
        for part in [self.translations, self.rotations, *scales, *self.curves]:
            if sys.byteorder == "big":
                part = array("f", part)
                part.byteswap()
            data += part.tobytes()
        return bytes(data)

    def track(self, bone):
        """Give the keys of one bone as the controller wants them: positions, rotations, scales."""
        three, four = 3 * self.bones, 4 * self.bones
        t, r = self.translations, self.rotations
        positions = [
            unreal.Vector(x, y, z)
            for x, y, z in zip(t[3 * bone :: three], t[3 * bone + 1 :: three], t[3 * bone + 2 :: three])
        ]
        rotations = [
            unreal.Quat(x, y, z, w)
            for x, y, z, w in zip(
                r[4 * bone :: four], r[4 * bone + 1 :: four], r[4 * bone + 2 :: four], r[4 * bone + 3 :: four]
            )
        ]
        if self.scales is None:
            return positions, rotations, [unreal.Vector(1.0, 1.0, 1.0)] * self.keys
        s = self.scales
        scales = [
            unreal.Vector(x, y, z)
            for x, y, z in zip(s[3 * bone :: three], s[3 * bone + 1 :: three], s[3 * bone + 2 :: three])
        ]
        return positions, rotations, scales


def _columns(numbers, first, end):
    """Give some of the ten numbers of every transform, one transform after the other."""
    width = end - first
    out = array("f", bytes(4 * width * (len(numbers) // 10)))
    for column in range(width):
        out[column::width] = array("f", numbers[first + column :: 10])
    return out
