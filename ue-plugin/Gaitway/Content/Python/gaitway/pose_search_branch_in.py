"""The other way to a database's animations: a notify on each, which the database looks for when it is saved.

It works where the list of animations is closed to scripts (5.5 and later). It is read from the engine's source and not yet
seen in an editor. A notify has no mirror option, and the database's own list cannot be read back.
"""

import unreal

from gaitway import data_assets, saved_assets
from gaitway.refusal import Refusal

_SAME_SECONDS = 1e-3


def is_there():
    """Tell whether the engine has the notify."""
    return hasattr(unreal, "AnimNotifyState_PoseSearchBranchIn")


def write(path, database, clips, sequences):
    """Mark the stretches that a database is to have on their animations, and save these; give what is lost, in sentences."""
    for sequence in sequences.values():
        asset = data_assets.path_of(sequence)
        length = unreal.AnimationLibrary.get_sequence_length(sequence)
        spans = [_span(clip["range"], length) for clip in clips if clip["animation"] == asset]
        track = "Gaitway " + path.rsplit("/", 1)[1]
        if _spans_on(sequence, track, path) != sorted(spans):
            saved_assets.check_out(sequence, asset)
            _mark(sequence, track, database, spans)
            if _spans_on(sequence, track, path) != sorted(spans):
                raise Refusal(
                    "bridge/read-back-differs",
                    "The notifies of {} on {} do not read back as they were written.".format(path, asset),
                    path=asset,
                )
            saved_assets.save(sequence, asset)
    mirrored = sum(clip["mirror"] != "UnmirroredOnly" for clip in clips)
    return ["{} clips of {} are not mirrored: a notify cannot ask for that.".format(mirrored, path)] if mirrored else []


def _span(wanted, length):
    start, end = wanted if wanted[1] > wanted[0] else (0.0, length)
    return _rounded(start), _rounded(min(end, length) - start)


def _rounded(seconds):
    return round(seconds / _SAME_SECONDS) * _SAME_SECONDS


def _mark(sequence, track, database, spans):
    library = unreal.AnimationLibrary
    if library.is_valid_anim_notify_track_name(sequence, track):
        library.remove_animation_notify_events_by_track(sequence, track)
    else:
        library.add_animation_notify_track(sequence, track)
    type_ = unreal.AnimNotifyState_PoseSearchBranchIn
    for start, duration in spans:
        notify = library.add_animation_notify_state_event(sequence, track, start, duration, type_)
        if notify is not None:
            notify.set_editor_property("database", database)


def _spans_on(sequence, track, path):
    library = unreal.AnimationLibrary
    if not library.is_valid_anim_notify_track_name(sequence, track):
        return []
    spans = []
    for event in library.get_animation_notify_events_for_track(sequence, track):
        state = event.get_editor_property("notify_state_class")
        if state is not None and data_assets.path_of(state.get_editor_property("database")) == path:
            start = library.get_anim_notify_event_trigger_time(event)
            spans.append((_rounded(start), _rounded(library.get_anim_notify_event_duration(event))))
    return sorted(spans)
