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
    pose_search_database,
    pose_search_schema,
    pull,
    push,
    session_token,
    skeletons,
)
from gaitway.refusal import Refusal


class Dispatch:
    """The table of calls."""

    def __init__(self, token, jobs):
        """Answer those who know `token`; run long work in `jobs`."""
        self._token = token
        self._jobs = jobs
        self._calls = {
            "hello": self._hello,
            "capabilities": lambda _: capabilities.probe(),
            "list_skeletons": lambda a: {"skeletons": skeletons.list_paths(a["folder"])},
            "skeleton": lambda a: skeletons.describe(a["path"]),
            "list_animations": lambda a: {"animations": animations.list_all(a["folder"])},
            "describe_animation": lambda a: animations.describe(a["path"]),
            "pose_search_schema": pose_search_schema.describe,
            "write_pose_search_schema": pose_search_schema.write,
            "pose_search_database": pose_search_database.describe,
            "write_pose_search_database": pose_search_database.write,
            "push_begin": lambda a: push.begin(jobs, a),
            "push_chunk": lambda a: push.receive(jobs, a),
            "push_commit": lambda a: push.commit(jobs, a),
            "pull_begin": lambda a: pull.begin(jobs, a),
            "pull_read": lambda a: pull.read_piece(jobs, a),
            "pull_file": lambda a: pull.write_file(jobs, a),
            "job_status": lambda a: jobs.get(a["job"]).status(),
            "job_cancel": lambda a: {"known": jobs.cancel(a["job"])},
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
        if name != "hello":
            session_token.check(self._token, request.get("token"))
        if name not in self._calls:
            raise Refusal(
                "bridge/unknown-call",
                'The plugin (version {}) has no call "{}". Run "gaitway init" in the project to '
                "bring it up to date, then restart the editor.".format(VERSION, name),
            )
        try:
            return self._calls[name](arguments)
        except KeyError as error:
            raise Refusal(
                "bridge/bad-request", "The call {} lacks {}.".format(name, error), call=name
            ) from error

    def _hello(self, arguments):
        unreal.log("Gaitway: greeted by {}.".format(arguments.get("client", "someone")))
        return {
            "protocol": PROTOCOL,
            "plugin": VERSION,
            "engine": unreal.SystemLibrary.get_engine_version(),
            "project": unreal.SystemLibrary.get_game_name(),
            "python": platform.python_version(),
        }
