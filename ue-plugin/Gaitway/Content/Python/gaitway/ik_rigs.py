"""IK Rigs and IK Retargeters: read as chains between bones, made or changed in place."""

import unreal

from gaitway import data_assets, skeletons
from gaitway.refusal import Refusal


def require():
    """Refuse where the engine's plugin is off."""
    if hasattr(unreal, "IKRigController"):
        return
    raise Refusal(
        "bridge/ik-rig-off",
        'The plugin "IK Rig" is off in this project; tick it under Edit > Plugins, restart the editor, and run the command '
        "again.",
    )


def describe(arguments):
    """Give mesh, root and chains of the rig at a path, each with all its bones."""
    require()
    rig = data_assets.load(arguments["path"], unreal.IKRigDefinition)
    controller = unreal.IKRigController.get_controller(rig)
    mesh = controller.get_skeletal_mesh()
    parents = _parents(mesh) if mesh is not None else {}
    return {
        "path": arguments["path"],
        "mesh": data_assets.path_of(mesh),
        "root": _text(controller.get_retarget_root()),
        "chains": [{**chain, "bones": _bones_of(chain, parents)} for chain in _chains(controller)],
    }


def describe_retargeter(arguments):
    """Give the two rigs of the retargeter at a path, and which chain of the target follows which of the source."""
    require()
    asset = data_assets.load(arguments["path"], unreal.IKRetargeter)
    controller = unreal.IKRetargeterController.get_controller(asset)
    source = controller.get_ik_rig(unreal.RetargetSourceOrTarget.SOURCE)
    target = controller.get_ik_rig(unreal.RetargetSourceOrTarget.TARGET)
    names = []
    if target is not None:
        names = [chain["name"] for chain in _chains(unreal.IKRigController.get_controller(target))]
    return {
        "path": arguments["path"],
        "source": data_assets.path_of(source),
        "target": data_assets.path_of(target),
        "pairs": [{"source": _text(controller.get_source_chain(name)), "target": name} for name in names],
    }


def write(arguments):
    """Make a rig or change it in place: its mesh, root and chains, read back and saved; its goals and solvers stay."""
    require()
    path = arguments["path"]
    mesh = data_assets.load(arguments["mesh"], unreal.SkeletalMesh)
    _check_bones(arguments, _parents(mesh))
    rig, created = data_assets.open_or_make(
        path, unreal.IKRigDefinition, arguments["force"], unreal.IKRigDefinitionFactory
    )
    with data_assets.undone_on_failure(rig, path, created):
        controller = unreal.IKRigController.get_controller(rig)
        _taken(controller.set_skeletal_mesh(mesh), path, "the mesh " + arguments["mesh"])
        _taken(controller.set_retarget_root(arguments["root"]), path, "the root " + arguments["root"])
        for chain in _chains(controller):
            _taken(controller.remove_retarget_chain(chain["name"]), path, "that the chain {} goes".format(chain["name"]))
        for chain in arguments["chains"]:
            controller.add_retarget_chain(chain["name"], chain["start"], chain["end"], chain["goal"] or "None")
        if _chains(controller) != arguments["chains"]:
            raise Refusal(
                "bridge/read-back-differs",
                "The IK Rig {} does not read back as it was written, so it was not saved.".format(path),
                found=_chains(controller),
            )
        data_assets.mark_and_save(rig, path, arguments["contentHash"], arguments["sourceName"])
    return {"path": path, "created": created}


def write_retargeter(arguments):
    """Make a retargeter between two rigs or change it in place, read back and saved; its poses and settings stay."""
    require()
    path = arguments["path"]
    rigs = {
        side: data_assets.load(arguments[name], unreal.IKRigDefinition)
        for side, name in (
            (unreal.RetargetSourceOrTarget.SOURCE, "source"),
            (unreal.RetargetSourceOrTarget.TARGET, "target"),
        )
    }
    asset, created = data_assets.open_or_make(
        path, unreal.IKRetargeter, arguments["force"], unreal.IKRetargetFactory
    )
    with data_assets.undone_on_failure(asset, path, created):
        controller = unreal.IKRetargeterController.get_controller(asset)
        for side, rig in rigs.items():
            controller.set_ik_rig(side, rig)
            mesh = unreal.IKRigController.get_controller(rig).get_skeletal_mesh()
            if mesh is not None:
                controller.set_preview_mesh(side, mesh)
        for pair in arguments["pairs"]:
            _taken(
                controller.set_source_chain(pair["source"] or "None", pair["target"]),
                path,
                "the chain {} for {}".format(pair["source"], pair["target"]),
            )
        found = describe_retargeter({"path": path})
        wanted = {name: arguments[name] for name in ("source", "target", "pairs")}
        if {name: found[name] for name in wanted} != wanted:
            raise Refusal(
                "bridge/read-back-differs",
                "The IK Retargeter {} does not read back as it was written, so it was not saved.".format(path),
                found=found,
            )
        data_assets.mark_and_save(asset, path, arguments["contentHash"], arguments["sourceName"])
    return {"path": path, "created": created}


def _taken(answer, path, what):
    """Refuse where the engine says False, which is all that it says."""
    if not answer:
        raise Refusal("bridge/write-refused", "The engine did not take {} for {}.".format(what, path))


def _chains(rig_controller):
    names = [_text(chain.get_editor_property("chain_name")) for chain in rig_controller.get_retarget_chains()]
    return [
        {
            "name": name,
            "start": _text(rig_controller.get_retarget_chain_start_bone(name)),
            "end": _text(rig_controller.get_retarget_chain_end_bone(name)),
            "goal": _text(rig_controller.get_retarget_chain_goal(name)),
        }
        for name in names
    ]


def _parents(mesh):
    """Give the parent's name for every bone of a mesh; empty for a root."""
    bones = skeletons.bones(mesh.get_editor_property("skeleton"))
    return {bone["name"]: bones[bone["parent"]]["name"] if bone["parent"] >= 0 else "" for bone in bones}


def _bones_of(chain, parents):
    """Give the bones from a chain's start to its end; none where the end does not hang below the start."""
    bones = []
    bone = chain["end"]
    while bone in parents:
        bones.append(bone)
        if bone == chain["start"]:
            return bones[::-1]
        bone = parents[bone]
    return []


def _check_bones(arguments, parents):
    named = [arguments["root"], *(chain[end] for chain in arguments["chains"] for end in ("start", "end"))]
    unknown = sorted({bone for bone in named if bone not in parents})
    loose = [chain["name"] for chain in arguments["chains"] if not _bones_of(chain, parents)]
    if unknown or loose:
        raise Refusal(
            "bridge/bone-missing",
            "{} has no bone called {}.".format(arguments["mesh"], ", ".join(unknown[:8]))
            if unknown
            else "The chain {} does not lead down from its start to its end.".format(loose[0]),
            bones=unknown[:200],
        )


def _text(name):
    text = str(name)
    return "" if text == "None" else text
