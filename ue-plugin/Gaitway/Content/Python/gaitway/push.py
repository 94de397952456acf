"""Push: takes an animation's numbers, checks them, and hands them to the writer."""

import base64
import binascii
import hashlib

import unreal

from gaitway import animations, asset_path, frame_rates, sequence_settings, skeletons, transfer
from gaitway.block import Block
from gaitway.jobs import Job
from gaitway.refusal import Refusal
from gaitway.sequence_writer import SequenceWriter

_MOST_BYTES = 1 << 31


def begin(jobs, arguments):
    """Check all that can be checked before the numbers come; nothing in the project changes."""
    folder, name = asset_path.split(arguments["asset"])
    skeleton = skeletons.load(arguments["skeleton"])
    bones = skeletons.bones(skeleton)
    _check_bones(arguments, [bone["name"] for bone in bones], skeleton)
    if not 0 < arguments["byteLength"] <= _MOST_BYTES:
        raise Refusal(
            "bridge/bad-block", "A push of {} bytes cannot be taken.".format(arguments["byteLength"])
        )
    sequence_settings.check(arguments["settings"])
    exists = unreal.EditorAssetLibrary.does_asset_exist(arguments["asset"])
    if exists:
        _check_existing(arguments, skeleton)
    else:
        _check_rate(arguments, frame_rates.default_rate(), "a new animation in this project")
    job = Job(arguments["job"], "push", "writing " + arguments["asset"])
    job.spec = {**arguments, "folder": folder, "name": name, "skeletonAsset": skeleton, "allBones": bones}
    job.data = bytearray(arguments["byteLength"])
    jobs.add(job)
    return {"exists": exists}


def receive(jobs, arguments):
    """Take a piece; the same piece twice does no harm."""
    job = _receiving(jobs, arguments["job"])
    try:
        piece = base64.b64decode(arguments["data"], validate=True)
    except binascii.Error as error:
        raise Refusal("bridge/bad-block", "A piece is not base64: {}.".format(error)) from error
    end = arguments["offset"] + len(piece)
    if arguments["offset"] < 0 or end > len(job.data):
        raise Refusal("bridge/bad-block", "A piece ends at byte {} of {}.".format(end, len(job.data)))
    job.data[arguments["offset"] : end] = piece
    job.touch()
    return {"received": len(piece)}


def commit(jobs, arguments):
    """All is here: check it and write the animation from the next tick on."""
    job = _receiving(jobs, arguments["job"])
    data = bytes(job.data) if arguments["file"] is None else transfer.read(arguments["file"])
    job.data = bytearray()
    if hashlib.sha256(data).hexdigest() != job.spec["blockHash"]:
        raise Refusal(
            "bridge/bad-block",
            "The numbers that came are not those that were sent (their hash differs); push again.",
        )
    spec = job.spec
    block = Block.from_bytes(
        data, spec["keys"], len(spec["bones"]), spec["hasScales"], len(spec["curves"])
    )
    job.run(SequenceWriter(spec, block).steps())
    return {}


def _receiving(jobs, job_id):
    job = jobs.get(job_id)
    if job.kind != "push" or job.state != "receiving":
        raise Refusal(
            "bridge/bad-request", "Job {} takes no numbers; it is {}.".format(job_id, job.state)
        )
    return job


def _check_bones(arguments, known, skeleton):
    twice = sorted({bone for bone in arguments["bones"] if arguments["bones"].count(bone) > 1})
    unknown = [bone for bone in arguments["bones"] if bone not in set(known)]
    if unknown or twice:
        raise Refusal(
            "bridge/bone-missing" if unknown else "bridge/bad-request",
            "{} has no bone called {}. Retarget the clip to this skeleton, or push to the skeleton it was made "
            "for.".format(skeletons.path_of(skeleton), ", ".join(unknown[:8]) + ("" if len(unknown) <= 8 else ", ..."))
            if unknown
            else "The bone {} comes twice.".format(twice[0]),
            bones=(unknown or twice)[:200],
        )


def _check_existing(arguments, skeleton):
    path = arguments["asset"]
    asset = unreal.EditorAssetLibrary.load_asset(path)
    if not isinstance(asset, unreal.AnimSequence):
        raise Refusal(
            "bridge/asset-taken",
            "At {} there is a {} already, not an animation; choose another name.".format(
                path, type(asset).__name__
            ),
            path=path,
        )
    theirs = asset.get_editor_property("skeleton")
    if skeletons.path_of(theirs) != skeletons.path_of(skeleton):
        raise Refusal(
            "bridge/skeleton-differs",
            "The animation at {} is for {}, not for {}; choose another name.".format(
                path, skeletons.path_of(theirs), skeletons.path_of(skeleton)
            ),
            path=path,
        )
    made_here = unreal.EditorAssetLibrary.get_metadata_tag(asset, animations.HASH_TAG)
    if not made_here and not arguments["force"]:
        raise Refusal(
            "bridge/would-overwrite",
            "There is an animation at {} already that Gaitway did not make. Push with --force to write over it, or "
            "under another name.".format(path),
            path=path,
        )
    _check_rate(arguments, frame_rates.of_sequence(asset), "the animation at " + path)


def _check_rate(arguments, current, whose):
    wanted = frame_rates.of_dict(arguments["rate"])
    step = frame_rates.between(current, wanted)
    if step != wanted and not (step and arguments["keepRate"]):
        raise Refusal(
            "bridge/rate-refused",
            "The engine lets {} change from {} to a multiple or a factor of it only, not to {} frames a "
            "second.".format(whose, current, wanted),
            current=frame_rates.as_dict(current),
        )
