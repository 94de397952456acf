"""Functions on animations: lengths, curves, root motion."""

from array import array
from bisect import bisect_left

from ._anim_sequence import AnimSequence
from ._enums import RawCurveTrackTypes
from ._notifies import AnimNotify, AnimNotifyEvent, AnimNotifyState, AnimSyncMarker
from ._object import Name, expect
from ._state import STATE
from ._structs import float32


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
    def get_animation_notify_track_names(animation_sequence_base):
        """Give the names of the tracks that notifies and sync markers stand on."""
        return [Name(track) for track in _sequence(animation_sequence_base)._notify_tracks]

    @staticmethod
    def is_valid_anim_notify_track_name(animation_sequence_base, notify_track_name):
        """Tell whether there is such a track."""
        return _track(_sequence(animation_sequence_base), notify_track_name) is not None

    @staticmethod
    def add_animation_notify_track(animation_sequence_base, notify_track_name, track_color=None):
        """Add a track; one that is there is logged and left."""
        sequence = _sequence(animation_sequence_base)
        if _track(sequence, notify_track_name) is not None:
            STATE.log.append(("warning", "AnimNotify Track {} already exists".format(notify_track_name)))
            return
        sequence._notify_tracks.append(str(expect(notify_track_name, Name, "notify_track_name")))

    @staticmethod
    def get_animation_notify_events_for_track(animation_sequence_base, notify_track_name):
        """Give the notifies on a track."""
        sequence = _sequence(animation_sequence_base)
        track = _track(sequence, notify_track_name)
        return [event for event in sequence._notifies if event._track == track]

    @staticmethod
    def get_animation_sync_markers_for_track(animation_sequence, notify_track_name):
        """Give the sync markers on a track."""
        sequence = _sequence(animation_sequence)
        track = _track(sequence, notify_track_name)
        return [marker for marker in sequence._markers if marker._track == track]

    @staticmethod
    def get_anim_notify_event_trigger_time(notify_event):
        """Give the second at which a notify is triggered."""
        return expect(notify_event, AnimNotifyEvent, "notify_event")._seconds

    @staticmethod
    def get_anim_notify_event_duration(notify_event):
        """Give how long a notify lasts."""
        return expect(notify_event, AnimNotifyEvent, "notify_event")._duration

    @staticmethod
    def add_animation_notify_event(animation_sequence_base, notify_track_name, start_time, notify_class):
        """Add a notify; an unknown track or time is logged and gives None."""
        sequence = _sequence(animation_sequence_base)
        if not issubclass(notify_class, AnimNotify):
            raise TypeError("Failed to convert parameter 'notify_class'")
        return _add(sequence, notify_track_name, start_time, 0.0, notify_class)

    @staticmethod
    def add_animation_notify_state_event(
        animation_sequence_base, notify_track_name, start_time, duration, notify_state_class
    ):
        """Add a notify that lasts; an unknown track or time is logged and gives None."""
        sequence = _sequence(animation_sequence_base)
        if not issubclass(notify_state_class, AnimNotifyState):
            raise TypeError("Failed to convert parameter 'notify_state_class'")
        return _add(sequence, notify_track_name, start_time, duration, notify_state_class)

    @staticmethod
    def add_animation_sync_marker(animation_sequence, marker_name, time, notify_track_name):
        """Add a sync marker; an unknown track or time is logged and nothing is added."""
        sequence = _sequence(animation_sequence)
        if _is_place(sequence, notify_track_name, time):
            track = _track(sequence, notify_track_name)
            sequence._markers.append(AnimSyncMarker()._fill(str(marker_name), track, float32(time)))

    @staticmethod
    def remove_animation_notify_events_by_track(animation_sequence_base, notify_track_name):
        """Remove the notifies on a track; give how many."""
        sequence = _sequence(animation_sequence_base)
        gone = AnimationLibrary.get_animation_notify_events_for_track(sequence, notify_track_name)
        sequence._notifies = [event for event in sequence._notifies if event not in gone]
        return len(gone)

    @staticmethod
    def remove_animation_sync_markers_by_track(animation_sequence, notify_track_name):
        """Remove the sync markers on a track; give how many."""
        sequence = _sequence(animation_sequence)
        gone = AnimationLibrary.get_animation_sync_markers_for_track(sequence, notify_track_name)
        sequence._markers = [marker for marker in sequence._markers if marker not in gone]
        return len(gone)

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


def _track(sequence, notify_track_name):
    name = expect(notify_track_name, Name, "notify_track_name")
    return next((track for track in sequence._notify_tracks if Name(track) == name), None)


def _is_place(sequence, notify_track_name, seconds):
    expect(seconds, float, "time")
    if _track(sequence, notify_track_name) is None:
        STATE.log.append(("warning", "Notify Track {} does not exist".format(notify_track_name)))
        return False
    if not 0.0 <= seconds <= AnimationLibrary.get_sequence_length(sequence):
        STATE.log.append(("warning", "Time {} is outside of the animation".format(seconds)))
        return False
    return True


def _add(sequence, notify_track_name, start_time, duration, type_):
    if not _is_place(sequence, notify_track_name, start_time):
        return None
    thing = type_()
    # The engine triggers what stands at the very end a little before it.
    late = start_time >= AnimationLibrary.get_sequence_length(sequence)
    seconds = float32(start_time - 1e-4 if late else start_time)
    track = _track(sequence, notify_track_name)
    sequence._notifies.append(AnimNotifyEvent()._fill(thing, track, seconds, float32(duration)))
    return thing


def _find(sequence, curve_name):
    return next((name for name in sequence._curves if Name(name) == curve_name), None)
