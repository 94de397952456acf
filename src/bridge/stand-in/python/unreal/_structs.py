"""Plain structs of the engine."""

from array import array


def float32(value):
    """Round a number as storing it in 32 bits does."""
    return array("f", [value])[0]


class _Struct:
    __slots__ = ()

    def __repr__(self):
        fields = ", ".join("{}: {}".format(name, getattr(self, name)) for name in self.__slots__)
        return "<Struct '{}' {{{}}}>".format(type(self).__name__, fields)

    def __eq__(self, other):
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    __hash__ = None


class Vector(_Struct):
    """Three doubles."""

    __slots__ = ("x", "y", "z")

    def __init__(self, x=0.0, y=0.0, z=0.0):
        """Take three numbers."""
        self.x = x
        self.y = y
        self.z = z


class Quat(_Struct):
    """A rotation, x y z w."""

    __slots__ = ("x", "y", "z", "w")

    def __init__(self, x=0.0, y=0.0, z=0.0, w=0.0):
        """Take four numbers; the default is all zeros, as in the engine."""
        self.x = x
        self.y = y
        self.z = z
        self.w = w


class Rotator(_Struct):
    """A rotation in degrees."""

    __slots__ = ("roll", "pitch", "yaw")

    def __init__(self, roll=0.0, pitch=0.0, yaw=0.0):
        """Take three angles."""
        self.roll = roll
        self.pitch = pitch
        self.yaw = yaw


class Transform(_Struct):
    """Rotation, then place, then scale. The engine's constructor wants a Rotator; set `rotation` after."""

    __slots__ = ("translation", "rotation", "scale3d")

    def __init__(self):
        """Start as the identity."""
        self.translation = Vector()
        self.rotation = Quat(0.0, 0.0, 0.0, 1.0)
        self.scale3d = Vector(1.0, 1.0, 1.0)


class FrameRate(_Struct):
    """Frames a second as a fraction."""

    __slots__ = ("numerator", "denominator")

    def __init__(self, numerator=60000, denominator=1):
        """Take whole numbers."""
        if not (isinstance(numerator, int) and isinstance(denominator, int)):
            raise TypeError("FrameRate: numerator and denominator must be int")
        self.numerator = numerator
        self.denominator = denominator


class FrameNumber(_Struct):
    """A count of frames."""

    __slots__ = ("value",)

    def __init__(self, value=0):
        """Take a whole number."""
        if not isinstance(value, int):
            raise TypeError("FrameNumber: value must be int")
        self.value = value


class TopLevelAssetPath(_Struct):
    """Package and name of a class or asset."""

    __slots__ = ("package_name", "asset_name")

    def __init__(self, package_name="None", asset_name="None"):
        """Take package and name."""
        self.package_name = package_name
        self.asset_name = asset_name
