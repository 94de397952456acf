"""The controller through which an animation's data is changed, and the model it shows."""

import math
import warnings
from array import array
from fractions import Fraction

from ._editor import transaction
from ._object import Name, expect
from ._rotator import to_euler
from ._state import STATE
from ._structs import FrameNumber, FrameRate, Quat, Vector

# A channel that varies by less is stored as one value.
_CONSTANT = 1e-4


class AnimationDataModel:
    """What an animation's data looks like."""

    def __init__(self, sequence):
        """Show the data of `sequence`."""
        self._sequence = sequence

    def get_frame_rate(self):
        """Give frames a second."""
        return FrameRate(*self._sequence._rate)

    def get_number_of_frames(self):
        """Give the number of frames, one less than keys."""
        return self._sequence._frames

    def get_number_of_keys(self):
        """Give the number of keys."""
        return self._sequence._frames + 1

    def get_num_bone_tracks(self):
        """Give the number of bones with keys."""
        return len(self._sequence._tracks)

    def get_bone_track_names(self):
        """Give the bones with keys."""
        return [Name(name) for name in self._sequence._tracks]


class AnimationDataController:
    """Changes an animation's data; errors of the engine come as RuntimeError, warnings as RuntimeWarning."""

    def __init__(self, sequence):
        """Work on `sequence`."""
        self._sequence = sequence
        self._brackets = []

    def get_model_interface(self):
        """Give the model."""
        return AnimationDataModel(self._sequence)

    def open_bracket(self, title, should_transact=True):
        """Begin a group of changes."""
        expect(title, str, "title")
        self._brackets.append(transaction(title) if should_transact else None)
        if should_transact:
            self._brackets[-1].__enter__()

    def close_bracket(self, should_transact=True):
        """End a group of changes."""
        if not self._brackets:
            raise RuntimeError("Attempt to close bracket that was not previously opened")
        bracket = self._brackets.pop()
        if bracket is not None:
            bracket.__exit__(None, None, None)

    def remove_all_bone_tracks(self, should_transact=True):
        """Remove all keys of all bones."""
        self._check_ready()
        self._sequence._tracks.clear()

    def set_frame_rate(self, frame_rate, should_transact=True):
        """Change the rate to a multiple or a factor of what it is; the frame count follows."""
        self._check_ready()
        expect(frame_rate, FrameRate, "frame_rate")
        old = Fraction(*self._sequence._rate)
        new = Fraction(frame_rate.numerator, frame_rate.denominator)
        ratio = new / old
        if (ratio.numerator != 1 and ratio.denominator != 1) or STATE.faults.get("refuse_rate") == new:
            raise RuntimeError(
                "Incompatible frame rate provided: {} when the current is {}".format(new, old)
            )
        if self._sequence._tracks:
            raise RuntimeError("The stand-in changes the rate of animations without keys only")
        self._sequence._rate = (new.numerator, new.denominator)
        self._sequence._frames = max(1, round(self._sequence._frames * ratio))

    def set_number_of_frames(self, new_length_in_frames, should_transact=True):
        """Change the length."""
        self._check_ready()
        expect(new_length_in_frames, FrameNumber, "new_length_in_frames")
        frames = new_length_in_frames.value
        if frames < 1:
            raise RuntimeError("Invalid number of frames provided: {}".format(frames))
        if frames == self._sequence._frames:
            warnings.warn(
                "New number of frames is the same as the current one", RuntimeWarning, stacklevel=2
            )
        self._sequence._frames = frames

    def add_bone_curve(self, bone_name, should_transact=True):
        """Give a bone a place for keys; False where the skeleton has no such bone or it has one."""
        self._check_ready()
        name = str(expect(bone_name, Name, "bone_name"))
        if name not in self._sequence._values["skeleton"]._names or name in self._sequence._tracks:
            return False
        identity = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0)
        self._sequence._tracks[name] = [array("f", [value]) for value in identity]
        return True

    def set_bone_track_keys(
        self, bone_name, positional_keys, rotational_keys, scaling_keys, should_transact=True
    ):
        """Set all keys of a bone; False, and no word, where the bone has no place for them."""
        self._check_ready()
        name = str(expect(bone_name, Name, "bone_name"))
        if not len(positional_keys) == len(rotational_keys) == len(scaling_keys):
            raise RuntimeError(
                "Invalid number of keys provided: {}, {} and {}".format(
                    len(positional_keys), len(rotational_keys), len(scaling_keys)
                )
            )
        if name not in self._sequence._tracks or STATE.faults.get("refuse_bone") == name:
            return False
        _expect_all(positional_keys, Vector, "positional_keys")
        _expect_all(scaling_keys, Vector, "scaling_keys")
        _expect_all(rotational_keys, Quat, "rotational_keys")
        angles = [to_euler(q.x, q.y, q.z, q.w) for q in rotational_keys]
        channels = [
            [key.x for key in positional_keys],
            [key.y for key in positional_keys],
            [key.z for key in positional_keys],
            *([angle[axis] for angle in angles] for axis in range(3)),
            [key.x for key in scaling_keys],
            [key.y for key in scaling_keys],
            [key.z for key in scaling_keys],
        ]
        for channel in channels:
            if not all(map(math.isfinite, channel)):
                raise RuntimeError("Keys of bone {} are not finite".format(name))
        self._sequence._tracks[name] = [_stored(channel) for channel in channels]
        return True

    def _check_ready(self):
        if not self._sequence._ready:
            raise RuntimeError("Invalid Model: the animation was made without its factory")


def _expect_all(keys, type_, parameter):
    if set(map(type, keys)) != {type_}:
        for key in keys:
            expect(key, type_, parameter)


def _stored(channel):
    if not channel:
        return array("f", [0.0])
    if max(channel) - min(channel) < _CONSTANT:
        return array("f", [channel[0]])
    return array("f", channel)
