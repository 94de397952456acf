"""AnimSequence and its factory."""

from array import array

from ._controller import AnimationDataController, AnimationDataModel
from ._enums import AdditiveAnimationType
from ._object import Object
from ._rotator import from_euler


class AnimSequence(Object):
    """An animation: per bone nine float32 channels (place, Euler angles, scale), and float curves."""

    PROPERTIES = {
        "additive_anim_type": (AdditiveAnimationType.AAT_NONE, True),
        "enable_root_motion": (False, True),
        "force_root_lock": (False, True),
        "loop": (False, True),
        "rate_scale": (1.0, True),
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
        # Curve -> (times, values).
        self._curves = {}
        self._values["controller"] = AnimationDataController(self)
        self._values["data_model_interface"] = AnimationDataModel(self)

    def _fill(self, skeleton):
        self._values["skeleton"] = skeleton
        self._ready = True
        return self

    def _local_pose(self, key):
        """Give every bone's (rotation, place, scale) at a key; bones without a track stand as in the reference pose."""
        skeleton = self._values["skeleton"]
        pose = []
        for name, reference in zip(skeleton._names, skeleton._reference):
            track = self._tracks.get(name)
            if track is None:
                pose.append(reference)
                continue
            at = [channel[min(key, len(channel) - 1)] for channel in track]
            pose.append((*from_euler(at[3], at[4], at[5]), at[0], at[1], at[2], at[6], at[7], at[8]))
        return pose

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
            "enableRootMotion": self._values["enable_root_motion"],
            "loop": self._values["loop"],
        }
        return header, bytes(data)

    def _from_store(self, header, data):
        """Take up what was kept."""
        self._rate = tuple(header["rate"])
        self._frames = header["keys"] - 1
        self._values["enable_root_motion"] = header["enableRootMotion"]
        self._values["loop"] = header.get("loop", False)
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
