"""Reads a request, finds who answers it, and packs the answer."""

import json
import platform
import traceback

import unreal

from gaitway import (
    PROTOCOL,
    VERSION,
    animations,
    capabilities,
    ik_rigs,
    neural_models,
    pose_search_database,
    pose_search_normalization,
    pose_search_schema,
    proofs,
    pull,
    push,
    session_token,
    shapes,
    skeletons,
)
from gaitway.refusal import Refusal


_RATE = {"numerator": int, "denominator": int}
_JOB = {"job": str}
_PATH = {"path": str}
_FOLDER = {"folder": str}
_MADE = {"path": str, "contentHash": str, "sourceName": str, "force": bool}
_NOTIFY = {"track": str, "name": str, "class": str, "state": bool, "seconds": float, "duration": float}
_MARKER = {"track": str, "name": str, "seconds": float}
_CHAIN = {"name": str, "start": str, "end": str, "goal": str}
_PUSH = {
    "job": str,
    "asset": str,
    "skeleton": str,
    "keys": int,
    "rate": _RATE,
    "bones": [str],
    "hasScales": bool,
    "curves": [str],
    "settings": dict,
    "marks": {"notifies": [_NOTIFY], "markers": [_MARKER]},
    "keepRate": bool,
    "sourceName": str,
    "contentHash": str,
    "blockHash": str,
    "byteLength": int,
    "force": bool,
}
_PROOF = {"check": str, "asset": str, "skeleton": str, "clip": str, "first": int, "count": int}


class Dispatch:
    """The table of calls."""

    def __init__(self, token, jobs, live, preview):
        """Answer those who know `token`; run long work in `jobs`."""
        self._token = token
        # Name -> shape of what it takes, and who answers.
        self._calls = {
            "capabilities": ({}, lambda _: capabilities.probe()),
            "list_skeletons": (_FOLDER, lambda a: {"skeletons": skeletons.list_paths(a["folder"])}),
            "skeleton": (_PATH, lambda a: skeletons.describe(a["path"])),
            "list_animations": (
                {**_FOLDER, "search": str},
                lambda a: {"animations": animations.search(a["folder"], a["search"])},
            ),
            "describe_animation": (_PATH, lambda a: animations.describe(a["path"])),
            "pose_search_schema": (_PATH, pose_search_schema.describe),
            "write_pose_search_schema": ({**_MADE, "schema": dict}, pose_search_schema.write),
            "pose_search_database": (_PATH, pose_search_database.describe),
            "write_pose_search_database": ({**_MADE, "database": dict}, pose_search_database.write),
            "write_pose_search_normalization_set": (
                {**_MADE, "databases": [str]},
                pose_search_normalization.write,
            ),
            "ik_rig": (_PATH, ik_rigs.describe),
            "write_ik_rig": ({**_MADE, "mesh": str, "root": str, "chains": [_CHAIN]}, ik_rigs.write),
            "ik_retargeter": (_PATH, ik_rigs.describe_retargeter),
            "write_ik_retargeter": (
                {**_MADE, "source": str, "target": str, "pairs": [{"source": str, "target": str}]},
                ik_rigs.write_retargeter,
            ),
            "write_neural_model": ({**_MADE, "file": str}, neural_models.write),
            "push_begin": (_PUSH, lambda a: push.begin(jobs, a)),
            "push_chunk": ({**_JOB, "offset": int, "data": str}, lambda a: push.receive(jobs, a)),
            "push_commit": ({**_JOB, "file": (str, None)}, lambda a: push.commit(jobs, a)),
            "pull_begin": ({**_JOB, "asset": str}, lambda a: pull.begin(jobs, a)),
            "pull_read": ({**_JOB, "offset": int, "length": int}, lambda a: pull.read_piece(jobs, a)),
            "pull_file": (_JOB, lambda a: pull.write_file(jobs, a)),
            "job_status": (_JOB, lambda a: jobs.get(a["job"]).status()),
            "job_cancel": (_JOB, lambda a: {"known": jobs.cancel(a["job"])}),
            "watch": ({"after": int, "awake": bool}, live.watch),
            "animation_pose": ({"asset": str, "seconds": float}, live.animation_pose),
            "preview_open": ({"mesh": str, "bones": [str]}, preview.open),
            "preview_pose": ({"number": int, "data": str}, preview.take),
            "preview_close": ({}, preview.close),
            "prove": (_PROOF, proofs.run),
        }

    def answer(self, request_json):
        """Give the JSON answer to a JSON request; never raises."""
        try:
            return json.dumps({"ok": True, "result": self._run(request_json)})
        except Refusal as refusal:
            return json.dumps({"ok": False, "error": refusal.as_dict()})
        except Exception as error:  # whatever it is, the editor would hide it
            unreal.log_error("Gaitway: " + traceback.format_exc())
            fault = Refusal(
                "bridge/plugin-fault",
                "The plugin met a fault of its own: {}: {}. The editor's Output Log shows where.".format(
                    type(error).__name__, error
                ),
            )
            return json.dumps({"ok": False, "error": fault.as_dict()})

    def _run(self, request_json):
        try:
            request = json.loads(request_json)
            name, arguments = request["call"], request["arguments"]
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("bridge/bad-request", "The request is not one: {}.".format(error)) from error
        if name == "hello":
            return self._hello(arguments)
        session_token.check(self._token, request.get("token"))
        shapes.check(name, str, "call")
        if name not in self._calls:
            raise Refusal(
                "bridge/unknown-call",
                'The plugin (version {}) has no call "{}". Run "gaitway init" in the project to '
                "bring it up to date, then restart the editor.".format(VERSION, name),
            )
        shape, answer = self._calls[name]
        shapes.check(arguments, shape, name)
        return answer(arguments)

    @staticmethod
    def _hello(arguments):
        # Loose on purpose: every version must be able to greet every other.
        client = arguments.get("client") if isinstance(arguments, dict) else None
        unreal.log("Gaitway: greeted by {}.".format(client or "someone"))
        return {
            "protocol": PROTOCOL,
            "plugin": VERSION,
            "engine": unreal.SystemLibrary.get_engine_version(),
            "project": unreal.SystemLibrary.get_game_name(),
            "python": platform.python_version(),
        }
