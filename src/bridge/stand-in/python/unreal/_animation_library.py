"""Functions on animations: lengths, curves, root motion."""

from array import array
from bisect import bisect_left

from ._anim_sequence import AnimSequence
from ._enums import RawCurveTrackTypes
from ._object import Name, expect
from ._state import STATE


class AnimationLibrary:
    """The part of the engine's library that the plugin uses; problems are logged, not raised, as there."""

    @staticmethod
    def get_num_keys(animation_sequence_base):
        """Give the number of keys."""
        return _sequence(animation_sequence_base)._frames + 1

    @staticmethod
    def get_num_frames(animation_sequence_base):
        """Give the number of frames, one less than keys."""
        return _sequence(animation_sequence_base)._frames

    @staticmethod
    def get_time_at_frame(animation_sequence_base, frame):
        """Give the seconds at a frame."""
        numerator, denominator = _sequence(animation_sequence_base)._rate
        return expect(frame, int, "frame") * denominator / numerator

    @staticmethod
    def get_sequence_length(animation_sequence_base):
        """Give the seconds from the first key to the last."""
        numerator, denominator = _sequence(animation_sequence_base)._rate
        return _sequence(animation_sequence_base)._frames * denominator / numerator

    @staticmethod
    def get_additive_animation_type(animation_sequence):
        """Give how the animation is added."""
        return _sequence(animation_sequence).get_editor_property("additive_anim_type")

    @staticmethod
    def is_root_motion_enabled(animation_sequence):
        """Tell whether the root's motion moves the character."""
        return _sequence(animation_sequence).get_editor_property("enable_root_motion")

    @staticmethod
    def get_animation_notify_events(animation_sequence_base):
        """Give notifies; the stand-in keeps none."""
        _sequence(animation_sequence_base)
        return []

    @staticmethod
    def get_animation_sync_markers(animation_sequence):
        """Give sync markers; the stand-in keeps none."""
        _sequence(animation_sequence)
        return []

    @staticmethod
    def get_animation_curve_names(animation_sequence_base, curve_type):
        """Give the names of curves."""
        expect(curve_type, RawCurveTrackTypes, "curve_type")
        if curve_type is not RawCurveTrackTypes.RCT_FLOAT:
            return []
        return [Name(name) for name in _sequence(animation_sequence_base)._curves]

    @staticmethod
    def does_curve_exist(animation_sequence_base, curve_name, curve_type):
        """Tell whether there is such a curve."""
        expect(curve_type, RawCurveTrackTypes, "curve_type")
        return _find(_sequence(animation_sequence_base), curve_name) is not None

    @staticmethod
    def add_curve(
        animation_sequence_base, curve_name, curve_type=RawCurveTrackTypes.RCT_FLOAT, meta_data_curve=False
    ):
        """Add an empty curve."""
        sequence = _sequence(animation_sequence_base)
        if _find(sequence, curve_name) is not None:
            STATE.log.append(("warning", "Curve {} already exists".format(curve_name)))
            return
        sequence._curves[str(expect(curve_name, Name, "curve_name"))] = (array("f"), array("f"))

    @staticmethod
    def remove_curve(animation_sequence_base, curve_name, remove_name_from_skeleton=False):
        """Remove a curve."""
        sequence = _sequence(animation_sequence_base)
        name = _find(sequence, curve_name)
        if name is None:
            STATE.log.append(("warning", "Curve {} does not exist".format(curve_name)))
            return
        del sequence._curves[name]

    @staticmethod
    def add_float_curve_keys(animation_sequence_base, curve_name, times, values):
        """Add keys; lists of unequal length are logged and nothing is written."""
        sequence = _sequence(animation_sequence_base)
        name = _find(sequence, curve_name)
        if name is None or len(times) != len(values):
            STATE.log.append(("warning", "Number of time values and values differ, or no such curve"))
            return
        keys = dict(zip(*sequence._curves[name]))
        keys.update(zip(times, values))
        ordered = sorted(keys.items())
        sequence._curves[name] = (
            array("f", [time for time, _ in ordered]),
            array("f", [value for _, value in ordered]),
        )

    @staticmethod
    def get_float_keys(animation_sequence_base, curve_name):
        """Give times and values of a curve."""
        sequence = _sequence(animation_sequence_base)
        times, values = sequence._curves.get(_find(sequence, curve_name), ((), ()))
        return list(times), list(values)

    @staticmethod
    def get_float_value_at_time(animation_sequence_base, curve_name, time):
        """Give a curve's value between its keys in a straight line."""
        expect(time, float, "time")
        sequence = _sequence(animation_sequence_base)
        times, values = sequence._curves.get(_find(sequence, curve_name), ((), ()))
        if not times:
            return 0.0
        after = bisect_left(times, time)
        if after == 0 or after == len(times):
            return values[min(after, len(times) - 1)]
        share = (time - times[after - 1]) / (times[after] - times[after - 1])
        return values[after - 1] + share * (values[after] - values[after - 1])


def _sequence(value):
    return expect(value, AnimSequence, "animation_sequence_base")


def _find(sequence, curve_name):
    return next((name for name in sequence._curves if Name(name) == curve_name), None)
