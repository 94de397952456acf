"""Runs the plugin's Python inside the stand-in editor: one JSON request in, one JSON answer out."""

import json
import runpy
import sys
import traceback

sys.dont_write_bytecode = True

from store import Store  # noqa: E402
from unreal._level import SkeletalMeshActor, SkeletalMeshComponent  # noqa: E402
from unreal._skeleton import SkeletalMesh, Skeleton  # noqa: E402
from unreal._state import STATE  # noqa: E402

_PATH = "/Engine/PythonTypes.Default__"


class Host:
    """The editor as its own main loop sees it."""

    def __init__(self):
        """Start before the first tick: the plugin has not run yet."""
        self._plugin = None

    def boot(self, request):
        """Open a project: its skeletons, the animations saved before, the plugin's folder."""
        STATE.project = request["project"]
        STATE.project_name = request["projectName"]
        STATE.engine = request["engine"]
        STATE.store = Store(STATE.project + "/Saved/GaitwayStandIn")
        for given in request["skeletons"]:
            skeleton = _place(Skeleton()._fill(given["bones"]), given["path"])
            for mesh in given["meshes"]:
                _place(SkeletalMesh()._fill(skeleton), mesh)
        STATE.store.load_all()
        self._plugin = request["plugin"]
        sys.path.insert(0, self._plugin)

    def tick(self, request):
        """Let one frame of the editor pass; the plugin starts in the first."""
        if self._plugin is not None:
            script, self._plugin = self._plugin + "/init_unreal.py", None
            _logged(lambda: runpy.run_path(script, run_name="__main__"))
        for callback in list(STATE.ticks.values()):
            _logged(lambda: callback(request["seconds"]))

    def _object(self, path):
        return STATE.python_objects.get(path[len(_PATH) :]) if path.startswith(_PATH) else None

    def call(self, request):
        """Call a function of an object; a Python exception gives the default value, as in the engine."""
        target = self._object(request["object"])
        if target is None:
            return {"missing": "object"}
        function = getattr(target, request["function"], None)
        signature = getattr(function, "ufunction", None)
        if signature is None:
            return {"missing": "function"}
        given = {key.lower(): value for key, value in request["parameters"].items()}
        values = [given.get(key.lower(), type_()) for key, type_ in signature["params"].items()]
        default = signature["ret"]() if signature["ret"] else None
        return {"value": _logged(lambda: function(*values), default)}

    def property(self, request):
        """Read a property of an object."""
        target = self._object(request["object"])
        if target is None:
            return {"missing": "object"}
        try:
            return {"value": target.get_editor_property(request["property"])}
        except Exception:  # the engine finds no such property
            return {"missing": "property"}

    def inspect(self, _request):
        """Tell what tests and the curious want to see."""
        throttles = [
            settings.throttle_cpu_when_not_foreground
            for type_, settings in STATE.default_objects.items()
            if type_.__name__ == "EditorPerformanceSettings"
        ]
        return {
            "undo": STATE.undo,
            "throttled": all(throttles),
            "assets": sorted(STATE.assets),
            "checkedOut": STATE.checked_out,
            "menus": {
                name: [entry._label for entry in menu._entries] for name, menu in sorted(STATE.menus.items())
            },
            "dialogs": [message for _, message in STATE.dialogs],
            "actors": [
                {
                    "label": actor._label,
                    "pose": next((part._pose for part in actor._components if hasattr(part, "_pose")), {}),
                }
                for actor in STATE.actors
            ],
        }

    def user(self, request):
        """Do what a person does with the mouse: select assets or a folder, select an actor that plays, click a line."""
        if "select" in request:
            STATE.selected_assets = request["select"]
        if "folder" in request:
            STATE.browser_folder = request["folder"]
        if "play" in request:
            playing = request["play"]
            actor = SkeletalMeshActor()
            animation = STATE.assets[playing["asset"]]
            actor._components.append(SkeletalMeshComponent()._fill(animation, playing["seconds"], True))
            STATE.actors.append(actor)
            STATE.selected_actors = [actor]
        if "remove" in request:
            STATE.actors = [actor for actor in STATE.actors if actor._label != request["remove"]]
        if "click" in request:
            menu, label = request["click"]
            entry = next(entry for entry in STATE.menus[menu]._entries if entry._label == label)
            _logged(lambda: exec(entry._command, {}))

    def fault(self, request):
        """Make something fail from now on."""
        STATE.faults = request["faults"]

    def shut_down(self, _request):
        """Close the editor."""
        for callback in STATE.shutdown:
            _logged(callback)


def _place(asset, path):
    asset._path = path
    asset._metadata = {}
    STATE.assets[path] = asset
    return asset


def _logged(run, default=None):
    """Run the plugin's code; what it raises goes to the log and no further."""
    try:
        return run()
    except Exception:  # the editor's log is where it ends there too
        STATE.log.append(("error", traceback.format_exc()))
        return default


_HOST = Host()
_OPERATIONS = {
    "boot": _HOST.boot,
    "tick": _HOST.tick,
    "call": _HOST.call,
    "property": _HOST.property,
    "inspect": _HOST.inspect,
    "fault": _HOST.fault,
    "user": _HOST.user,
    "shut_down": _HOST.shut_down,
}


def handle(text):
    """Answer one request."""
    request = json.loads(text)
    result = _OPERATIONS[request["op"]](request)
    lines, STATE.log = STATE.log, []
    return json.dumps({"result": result, "log": lines})


def main():
    """Answer requests on standard input, one a line, until it ends."""
    answers = sys.stdout
    # Whatever the plugin prints belongs to the log, not among the answers.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        answers.write(handle(line) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
