"""AnimSequence and its factory."""

from array import array

from ._controller import AnimationDataController, AnimationDataModel
from ._enums import AdditiveAnimationType, AdditiveBasePoseType, AnimInterpolationType, RootMotionRootLock
from ._kept_properties import from_json, to_json
from ._notifies import AnimSyncMarker
from ._object import Object
from ._rotator import rotations_of_euler

# So many poses are unpacked at once for who reads them in order.
_WINDOW = 32

_SETTINGS = (
    "additive_anim_type",
    "enable_root_motion",
    "force_root_lock",
    "interpolation",
    "loop",
    "rate_scale",
    "ref_frame_index",
    "ref_pose_seq",
    "ref_pose_type",
    "root_motion_root_lock",
    "use_normalized_root_motion_scale",
)


class AnimSequence(Object):
    """An animation: per bone nine float32 channels (place, Euler angles, scale), and float curves."""

    PROPERTIES = {
        "additive_anim_type": (AdditiveAnimationType.AAT_NONE, True),
        "enable_root_motion": (False, True),
        "force_root_lock": (False, True),
        "interpolation": (AnimInterpolationType.LINEAR, True),
        "loop": (False, True),
        "rate_scale": (1.0, True),
        "ref_frame_index": (0, True),
        "ref_pose_seq": (None, True),
        "ref_pose_type": (AdditiveBasePoseType.ABPT_NONE, True),
        "root_motion_root_lock": (RootMotionRootLock.REF_POSE, True),
        "use_normalized_root_motion_scale": (True, True),
        "retarget_source": ("None", True),
        "skeleton": (None, False),
        "controller": (None, False),
        "data_model_interface": (None, False),
    }

    def __init__(self, outer=None, name="None"):
        """Start without a model, as an animation made without its factory does."""
        super().__init__(outer, name)
        self._rate = (30, 1)
        self._frames = 1
        self._ready = False
        # Bone -> nine arrays of keys.
        self._tracks = {}
        # Poses that were unpacked last: the first one's key, the tracks they are of, the poses.
        self._window = (0, (), [])
        # Curve -> (times, values).
        self._curves = {}
        # Notify tracks by name, and what is on them.
        self._notify_tracks = ["1"]
        self._notifies = []
        self._markers = []
        self._values["controller"] = AnimationDataController(self)
        self._values["data_model_interface"] = AnimationDataModel(self)

    def _fill(self, skeleton):
        self._values["skeleton"] = skeleton
        self._ready = True
        return self

    def _local_pose(self, key):
        """Give every bone's (rotation, place, scale) at a key; bones without a track stand as in the reference pose."""
        first, tracks, poses = self._window
        now = tuple(self._tracks.values())
        if tracks != now or not first <= key < first + len(poses):
            # Who asks for one key after the other is given the next ones from one go.
            count = _WINDOW if key == first + len(poses) else 1
            end = min(key + count, self._frames + 1)
            first, poses = key, self._unpack(key, end)
            self._window = (first, now, poses)
        return poses[key - first]

    def _unpack(self, first, end):
        """Give the poses of keys `first` to `end`, which is left out."""
        skeleton = self._values["skeleton"]
        columns = []
        for name, reference in zip(skeleton._names, skeleton._reference):
            track = self._tracks.get(name)
            columns.append([reference] * (end - first) if track is None else _transforms(track, first, end))
        return list(zip(*columns))

    def _tags(self):
        """Give what the asset registry tells of this."""
        path = self._values["skeleton"]._path
        return {
            "Skeleton": "/Script/Engine.Skeleton'{}.{}'".format(path, path.rsplit("/", 1)[1]),
            "SequenceLength": "%f" % (self._frames * self._rate[1] / self._rate[0]),
            "bEnableRootMotion": str(self._values["enable_root_motion"]),
        }

    def _to_store(self):
        """Give what is kept on disk: a header, and the channels as float32."""
        data = bytearray()
        keys = self._frames + 1
        for track in self._tracks.values():
            for channel in track:
                data += (channel if len(channel) == keys else array("f", [channel[0]] * keys)).tobytes()
        header = {
            "rate": list(self._rate),
            "keys": keys,
            "bones": list(self._tracks),
            "curves": {name: [list(times), list(values)] for name, (times, values) in self._curves.items()},
            "settings": {name: to_json(self._values[name]) for name in _SETTINGS},
            "notifyTracks": self._notify_tracks,
            "notifies": [
                [to_json(event), event._track, event._seconds, event._duration] for event in self._notifies
            ],
            "syncMarkers": [
                [str(marker._values["marker_name"]), marker._track, marker._values["time"]] for marker in self._markers
            ],
        }
        return header, bytes(data)

    def _from_store(self, header, data):
        """Take up what was kept."""
        self._rate = tuple(header["rate"])
        self._frames = header["keys"] - 1
        self._values.update((name, from_json(value)) for name, value in header["settings"].items())
        self._notify_tracks = header["notifyTracks"]
        for kept, track, seconds, duration in header["notifies"]:
            event = from_json(kept)
            event._track, event._seconds, event._duration = track, seconds, duration
            self._notifies.append(event)
        self._markers = [AnimSyncMarker()._fill(*kept) for kept in header["syncMarkers"]]
        size = 4 * header["keys"]
        at = 0
        for bone in header["bones"]:
            channels = []
            for _ in range(9):
                channel = array("f")
                channel.frombytes(data[at : at + size])
                channels.append(channel)
                at += size
            self._tracks[bone] = channels
        self._curves = {
            name: (array("f", times), array("f", values)) for name, (times, values) in header["curves"].items()
        }


class AnimSequenceFactory(Object):
    """Makes animations of one frame at the default rate."""

    PROPERTIES = {"target_skeleton": (None, True), "preview_skeletal_mesh": (None, True)}

    def _make(self, name):
        if self._values["target_skeleton"] is None:
            return None
        return AnimSequence(name=name)._fill(self._values["target_skeleton"])


def _transforms(track, first, end):
    """Give (rotation, place, scale) of some keys of a bone; a channel with fewer keys holds its last."""
    px, py, pz, roll, pitch, yaw, sx, sy, sz = (
        channel[first:end] + channel[-1:] * (end - max(first, len(channel))) for channel in track
    )
    if max(map(len, track[3:6])) == 1:
        rotations = rotations_of_euler(roll[:1], pitch[:1], yaw[:1]) * (end - first)
    else:
        rotations = rotations_of_euler(roll, pitch, yaw)
    return [
        (rx, ry, rz, rw, x, y, z, u, v, w)
        for (rx, ry, rz, rw), x, y, z, u, v, w in zip(rotations, px, py, pz, sx, sy, sz)
    ]
