"""Pull: an animation's raw poses and curves, read in slices."""

import base64
import hashlib
from array import array

import unreal

from gaitway import animations, frame_rates, marks, poses, sequence_settings, skeletons, transfer
from gaitway.block import Block
from gaitway.jobs import Job
from gaitway.refusal import Refusal

_SCALE_SLACK = 1e-6
_SAME_TIME = 1e-4


def begin(jobs, arguments):
    """Start reading; the job's data is the block of numbers once it is done."""
    sequence = animations.load(arguments["asset"])
    keys = unreal.AnimationLibrary.get_num_keys(sequence)
    job = Job(arguments["job"], "pull", "reading " + arguments["asset"])
    jobs.add(job)
    job.run(_read(job, sequence, arguments["asset"], keys))
    return {"keys": keys}


def read_piece(jobs, arguments):
    """Give a piece of a finished pull's block in base64."""
    data = _finished(jobs, arguments["job"]).data
    offset = arguments["offset"]
    return {"data": base64.b64encode(data[offset : offset + arguments["length"]]).decode("ascii")}


def write_file(jobs, arguments):
    """Write a finished pull's block into the transfer folder."""
    job = _finished(jobs, arguments["job"])
    name = job.id + ".bin"
    transfer.write(name, job.data)
    return {"file": name}


def _finished(jobs, job_id):
    job = jobs.get(job_id)
    if job.kind != "pull" or job.state != "done":
        raise Refusal("bridge/bad-request", "Job {} is no finished pull but {}.".format(job_id, job.state))
    job.touch()
    return job


def _read(job, sequence, path, keys):
    skeleton = sequence.get_editor_property("skeleton")
    bones = skeletons.bones(skeleton)
    options = poses.raw_options()
    numbers = array("f")
    for key in range(keys):
        numbers.extend(array("f", poses.numbers(poses.text_at(sequence, key, options), len(bones), key)))
        yield key + 1, keys
    block = Block.of_transforms(keys, len(bones), numbers)
    if max(block.scales) - 1.0 < _SCALE_SLACK and 1.0 - min(block.scales) < _SCALE_SLACK:
        block.scales = None
    names, block.curves = _curves(sequence, keys)
    job.data = block.to_bytes()
    return {
        "asset": path,
        "skeleton": skeletons.path_of(skeleton),
        "bones": bones,
        "keys": keys,
        "rate": frame_rates.as_dict(frame_rates.of_sequence(sequence)),
        "hasScales": block.scales is not None,
        "curves": names,
        "settings": sequence_settings.read(sequence),
        "marks": marks.read(sequence),
        "byteLength": len(job.data),
        "contentHash": hashlib.sha256(job.data).hexdigest(),
    }


def _curves(sequence, keys):
    library = unreal.AnimationLibrary
    names = library.get_animation_curve_names(sequence, unreal.RawCurveTrackTypes.RCT_FLOAT)
    times = [library.get_time_at_frame(sequence, key) for key in range(keys)]
    return [str(name) for name in names], [_curve(sequence, name, times) for name in names]


def _curve(sequence, name, times):
    """Give a curve's value at every key of the animation."""
    library = unreal.AnimationLibrary
    own_times, values = library.get_float_keys(sequence, name)
    # A curve that has a key at every time, as pushed ones have, need not be evaluated.
    if len(own_times) == len(times) and all(abs(a - b) < _SAME_TIME for a, b in zip(own_times, times)):
        return array("f", values)
    return array("f", [library.get_float_value_at_time(sequence, name, time) for time in times])
