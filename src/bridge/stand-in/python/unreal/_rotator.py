"""Between quaternions and the Euler angles (roll, pitch, yaw in degrees) in which the engine stores keys."""

import math


def to_euler(x, y, z, w):
    """Give roll, pitch and yaw, degrees, of a rotation."""
    size = math.sqrt(x * x + y * y + z * z + w * w)
    if size < 1e-12:
        return 0.0, 0.0, 0.0
    x, y, z, w = x / size, y / size, z / size, w / size
    sine = 2.0 * (z * x - w * y)
    yaw_y = 2.0 * (w * z + x * y)
    yaw_x = 1.0 - 2.0 * (y * y + z * z)
    if abs(sine) > 1.0 - 1e-12:
        # Straight up or down: roll and yaw turn about one axis, so yaw takes it all.
        pitch = math.copysign(90.0, sine)
        yaw = math.degrees(math.atan2(-2.0 * (x * y - w * z), 1.0 - 2.0 * (x * x + z * z)))
        return 0.0, pitch, yaw
    return (
        math.degrees(math.atan2(-2.0 * (w * x + y * z), 1.0 - 2.0 * (x * x + y * y))),
        math.degrees(math.asin(sine)),
        math.degrees(math.atan2(yaw_y, yaw_x)),
    )


def rotations_of_euler(rolls, pitches, yaws):
    """Give the rotations x y z w of rolls, pitches and yaws in degrees."""
    half = math.pi / 360.0
    sin, cos = math.sin, math.cos
    r, p, y = ([angle * half for angle in angles] for angles in (rolls, pitches, yaws))
    return [
        (
            cr * sp * sy - sr * cp * cy,
            -cr * sp * cy - sr * cp * sy,
            cr * cp * sy - sr * sp * cy,
            cr * cp * cy + sr * sp * sy,
        )
        for sr, cr, sp, cp, sy, cy in zip(
            map(sin, r), map(cos, r), map(sin, p), map(cos, p), map(sin, y), map(cos, y)
        )
    ]
