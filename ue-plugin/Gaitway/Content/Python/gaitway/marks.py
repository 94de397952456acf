"""Notifies and sync markers of an animation: read, and replaced on the tracks that a push names."""

import unreal

from gaitway.refusal import Refusal

# Notifies that carry a name of their own; a script can make no other that does.
_NAMED = "/Script/AnimGraphRuntime.AnimNotify_PlayMontageNotify"
_NAMED_STATE = "/Script/AnimGraphRuntime.AnimNotify_PlayMontageNotifyWindow"
# The engine moves a notify at the very end or start by a little.
_SAME_SECONDS = 1e-3


def read(sequence):
    """Give all notifies and sync markers, track by track."""
    library = unreal.AnimationLibrary
    tracks = [str(track) for track in library.get_animation_notify_track_names(sequence)]
    return {
        "notifies": [notify for track in tracks for notify in _notifies_on(sequence, track)],
        "markers": [marker for track in tracks for marker in _markers_on(sequence, track)],
    }


def write(sequence, marks):
    """Replace what is on the tracks that `marks` names; give what could not be done, in sentences."""
    told = []
    for track in dict.fromkeys(mark["track"] for mark in marks["notifies"] + marks["markers"]):
        notifies = [notify for notify in marks["notifies"] if notify["track"] == track]
        markers = [marker for marker in marks["markers"] if marker["track"] == track]
        found = _notifies_on(sequence, track), _markers_on(sequence, track)
        # What is as it should be keeps the settings that people gave it.
        if not (_are_alike(found[0], notifies) and _are_alike(found[1], markers)):
            told += _replace(sequence, track, notifies, markers, found)
    return told


def _replace(sequence, track, notifies, markers, found):
    library = unreal.AnimationLibrary
    told = []
    gone = [mark["name"] for old, new in zip(found, (notifies, markers)) for mark in old if not _has(new, mark)]
    if gone:
        told.append("On track {} these were taken away: {}.".format(track, ", ".join(gone)))
    if found[0]:
        library.remove_animation_notify_events_by_track(sequence, track)
    if found[1]:
        library.remove_animation_sync_markers_by_track(sequence, track)
    if not library.is_valid_anim_notify_track_name(sequence, track):
        library.add_animation_notify_track(sequence, track)
    length = library.get_sequence_length(sequence)
    for notify in notifies:
        if not _add_notify(sequence, notify, length):
            told.append(
                "The notify {} ({}) was left out: {}.".format(
                    notify["name"],
                    notify["class"] or "by name alone",
                    "the project has no such class" if notify["class"] else "scripts cannot make one",
                )
            )
    for marker in markers:
        library.add_animation_sync_marker(sequence, marker["name"], min(marker["seconds"], length), track)
    # The library only logs what it does not take.
    wanted = [notify for notify in notifies if _can_be_made(notify)]
    if not (
        _are_alike(_notifies_on(sequence, track), wanted) and _are_alike(_markers_on(sequence, track), markers)
    ):
        raise Refusal(
            "bridge/read-back-differs",
            "The notifies and sync markers on track {} do not read back as they were written.".format(track),
            track=track,
        )
    return told


def _add_notify(sequence, notify, length):
    if not _can_be_made(notify):
        return False
    library = unreal.AnimationLibrary
    type_ = unreal.load_class(None, notify["class"])
    start = min(notify["seconds"], length)
    if notify["state"]:
        duration = min(notify["duration"], length - start)
        made = library.add_animation_notify_state_event(sequence, notify["track"], start, duration, type_)
    else:
        made = library.add_animation_notify_event(sequence, notify["track"], start, type_)
    if made is None:
        return False
    if notify["class"] in (_NAMED, _NAMED_STATE):
        made.set_editor_property("notify_name", notify["name"])
    return True


def _can_be_made(notify):
    return bool(notify["class"]) and unreal.load_class(None, notify["class"]) is not None


def _notifies_on(sequence, track):
    library = unreal.AnimationLibrary
    if not library.is_valid_anim_notify_track_name(sequence, track):
        return []
    return [_notify(event, track) for event in library.get_animation_notify_events_for_track(sequence, track)]


def _notify(event, track):
    state = event.get_editor_property("notify_state_class")
    thing = state or event.get_editor_property("notify")
    type_ = thing.get_class().get_path_name() if thing else ""
    named = thing if type_ in (_NAMED, _NAMED_STATE) else event
    return {
        "track": track,
        "name": str(named.get_editor_property("notify_name")),
        "class": type_,
        "state": state is not None,
        "seconds": unreal.AnimationLibrary.get_anim_notify_event_trigger_time(event),
        "duration": unreal.AnimationLibrary.get_anim_notify_event_duration(event) if state else 0.0,
    }


def _markers_on(sequence, track):
    library = unreal.AnimationLibrary
    if not library.is_valid_anim_notify_track_name(sequence, track):
        return []
    return [
        {
            "track": track,
            "name": str(marker.get_editor_property("marker_name")),
            "seconds": marker.get_editor_property("time"),
        }
        for marker in library.get_animation_sync_markers_for_track(sequence, track)
    ]


def _are_alike(found, wanted):
    return len(found) == len(wanted) and all(_has(found, mark) for mark in wanted)


def _has(marks, wanted):
    return any(_is_same(mark, wanted) for mark in marks)


def _is_same(one, other):
    # The name of a notify follows from its class, but for those that carry their own.
    by_class = one.get("class") and one["class"] not in (_NAMED, _NAMED_STATE)
    return (
        one.get("class") == other.get("class")
        and (by_class or one["name"].lower() == other["name"].lower())
        and abs(one["seconds"] - other["seconds"]) < _SAME_SECONDS
        and abs(one.get("duration", 0.0) - other.get("duration", 0.0)) < 2 * _SAME_SECONDS
    )
