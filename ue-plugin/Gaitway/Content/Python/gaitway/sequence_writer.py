"""Writes one animation: prepared in slices, written in one tick as one undo step, read back, saved."""

import math
import warnings

import unreal

from gaitway import animations, frame_rates, marks, poses, saved_assets, sequence_settings
from gaitway.refusal import Refusal

# Keys that are read back and compared: this many, spread over the clip, ends included.
_READ_BACK = 16
# The engine stores float32 Euler angles and drops changes under 1e-4, so a little is lost. This much is a fault.
_MOST_CM = 0.05
_MOST_DEG = 0.1


class SequenceWriter:
    """One push, from checked numbers to a saved asset."""

    def __init__(self, spec, block):
        """Take what `push.begin` checked, and the numbers."""
        self._spec = spec
        self._block = block
        self._total = len(spec["bones"]) + 2 + min(_READ_BACK, spec["keys"])
        self._done = 0
        self._heard = []

    def steps(self):
        """Do the work, yielding (done, total); the result of the push is returned."""
        tracks = []
        for place in range(len(self._spec["bones"])):
            tracks.append(self._block.track(place))
            yield self._step()
        sequence, created = self._open()
        written = False
        try:
            self._write(sequence, tracks)
            yield self._step()
            read_back = yield from self._read_back(sequence)
            saved_assets.save(sequence, self._spec["asset"])
            written = True
        finally:
            if not written:
                saved_assets.take_back(sequence, self._spec["asset"], created)
        yield self._step()
        return {
            "asset": self._spec["asset"],
            "created": created,
            "keys": unreal.AnimationLibrary.get_num_keys(sequence),
            "rate": frame_rates.as_dict(frame_rates.of_sequence(sequence)),
            "readBack": read_back,
            "warnings": self._heard,
        }

    def _step(self):
        self._done += 1
        return self._done, self._total

    def _open(self):
        spec = self._spec
        if unreal.EditorAssetLibrary.does_asset_exist(spec["asset"]):
            sequence = animations.load(spec["asset"])
            saved_assets.check_out(sequence, spec["asset"])
            return sequence, False
        factory = unreal.AnimSequenceFactory()
        factory.set_editor_property("target_skeleton", spec["skeletonAsset"])
        tools = unreal.AssetToolsHelpers.get_asset_tools()
        sequence = tools.create_asset(spec["name"], spec["folder"], unreal.AnimSequence, factory)
        if sequence is None:
            raise Refusal(
                "bridge/create-refused",
                "The editor would not create {}. Its Output Log says why; the folder may be read-only or the name "
                "taken.".format(spec["asset"]),
            )
        return sequence, True

    def _write(self, sequence, tracks):
        title = "Gaitway: push " + self._spec["name"]
        with warnings.catch_warnings(record=True) as heard, unreal.ScopedEditorTransaction(title):
            warnings.simplefilter("always")
            try:
                self._write_tracks(sequence, tracks, title)
                self._write_curves(sequence)
                self._write_tags(sequence)
                sequence_settings.write(sequence, self._spec["settings"])
                self._heard += marks.write(sequence, self._spec["marks"])
            except RuntimeError as error:  # how the engine's script errors arrive
                raise Refusal(
                    "bridge/write-refused",
                    "The engine refused to write {}: {}.".format(self._spec["asset"], error),
                ) from error
        self._heard += [str(warning.message) for warning in heard]

    def _write_tracks(self, sequence, tracks, title):
        spec = self._spec
        # As an attribute, which makes the controller where there is none; the bare property may be empty.
        controller = sequence.controller
        controller.open_bracket(title, True)
        try:
            controller.remove_all_bone_tracks(True)
            self._set_length(sequence, controller)
            for bone, (positions, rotations, scales) in zip(spec["bones"], tracks):
                # Both say False, and nothing else, where the engine does not take a bone.
                taken = controller.add_bone_curve(bone, True) and controller.set_bone_track_keys(
                    bone, positions, rotations, scales, True
                )
                if not taken:
                    raise Refusal(
                        "bridge/write-refused",
                        "The engine did not take the keys of bone {} for {}.".format(bone, spec["asset"]),
                        bone=bone,
                    )
        finally:
            controller.close_bracket(True)

    def _set_length(self, sequence, controller):
        wanted = frame_rates.of_dict(self._spec["rate"])
        frames = self._spec["keys"] - 1
        current = frame_rates.of_sequence(sequence)
        step = frame_rates.between(current, wanted)
        if step != wanted:
            # Over a common multiple, at which the length is a whole number of frames of the rate to come.
            self._change(controller, current, step, frames * int(step / wanted))
            current = step
        self._change(controller, current, wanted, frames)

    @staticmethod
    def _change(controller, current, rate, frames):
        if current != rate:
            try:
                controller.set_frame_rate(unreal.FrameRate(rate.numerator, rate.denominator), True)
            except RuntimeError as error:
                raise Refusal(
                    "bridge/rate-refused", "The engine did not change {} to {} frames a second: {}.".format(
                        current, rate, error
                    )
                ) from error
        if controller.get_model_interface().get_number_of_frames() != frames:
            controller.set_number_of_frames(unreal.FrameNumber(frames), True)

    def _write_curves(self, sequence):
        library = unreal.AnimationLibrary
        times = [library.get_time_at_frame(sequence, key) for key in range(self._spec["keys"])]
        for name, values in zip(self._spec["curves"], self._block.curves):
            if library.does_curve_exist(sequence, name, unreal.RawCurveTrackTypes.RCT_FLOAT):
                library.remove_curve(sequence, name)
            library.add_curve(sequence, name)
            library.add_float_curve_keys(sequence, name, times, list(values))
            if len(library.get_float_keys(sequence, name)[0]) != len(times):
                raise Refusal(
                    "bridge/write-refused",
                    "The engine did not take the curve {} for {}.".format(name, self._spec["asset"]),
                    curve=name,
                )

    def _write_tags(self, sequence):
        library = unreal.EditorAssetLibrary
        library.set_metadata_tag(sequence, animations.HASH_TAG, self._spec["contentHash"])
        library.set_metadata_tag(sequence, animations.SOURCE_TAG, self._spec["sourceName"])

    def _read_back(self, sequence):
        keys = self._spec["keys"]
        found = unreal.AnimationLibrary.get_num_keys(sequence)
        if found != keys:
            raise Refusal(
                "bridge/read-back-differs",
                "{} keys were written to {}, but it has {}.".format(keys, self._spec["asset"], found),
            )
        names = [bone["name"] for bone in self._spec["allBones"]]
        places = [names.index(bone) for bone in self._spec["bones"]]
        options = poses.raw_options()
        count = min(_READ_BACK, keys)
        max_cm = max_deg = 0.0
        for step in range(count):
            key = round(step * (keys - 1) / max(count - 1, 1))
            pose = poses.transforms(poses.text_at(sequence, key, options), len(names), key)
            for bone, place in enumerate(places):
                cm, deg = self._difference(key, bone, pose[place])
                max_cm, max_deg = max(max_cm, cm), max(max_deg, deg)
                if not (cm <= _MOST_CM and deg <= _MOST_DEG):
                    raise Refusal(
                        "bridge/read-back-differs",
                        "Bone {} at key {} of {} reads back {:.4g} cm and {:.4g} degrees from what was written.".format(
                            self._spec["bones"][bone], key, self._spec["asset"], cm, deg
                        ),
                    )
            yield self._step()
        return {"frames": count, "maxCm": max_cm, "maxDeg": max_deg}

    def _difference(self, key, bone, transform):
        """Give how far a transform lies from what was sent: centimetres and degrees."""
        at = key * self._block.bones + bone
        sent_place = self._block.translations[3 * at : 3 * at + 3]
        a = self._block.rotations[4 * at : 4 * at + 4]
        b = transform[0:4]
        # The turn between them from its sine, which stays exact where the cosine is all ones.
        x = a[3] * b[0] - a[0] * b[3] - a[1] * b[2] + a[2] * b[1]
        y = a[3] * b[1] - a[1] * b[3] - a[2] * b[0] + a[0] * b[2]
        z = a[3] * b[2] - a[2] * b[3] - a[0] * b[1] + a[1] * b[0]
        w = abs(sum(p * q for p, q in zip(a, b)))
        return math.dist(sent_place, transform[4:7]), math.degrees(2.0 * math.atan2(math.hypot(x, y, z), w))
