"""ONNX files as models of the engine's neural network engine (NNE)."""

import re

import unreal

from gaitway import asset_path, data_assets, project_folder, saved_assets
from gaitway.refusal import Refusal

_NAME = re.compile(r"[0-9A-Za-z_-]{1,200}\.onnx")


def write(arguments):
    """Import an ONNX file of Saved/Gaitway/models as NNEModelData, or again into the one that is there, and save it."""
    if not hasattr(unreal, "NNEModelData"):
        raise Refusal(
            "bridge/nne-off",
            "This editor cannot import ONNX files: it has no NNE. Switch on a runtime such as NNERuntimeORT under Edit > "
            "Plugins, restart the editor, and run the command again.",
        )
    path, file = arguments["path"], project_folder.saved() / "models" / arguments["file"]
    # A name with a path in it would lead elsewhere.
    if not _NAME.fullmatch(arguments["file"]) or not file.is_file():
        raise Refusal("bridge/no-model-file", "There is no ONNX file {}.".format(file))
    folder, name = asset_path.split(path)
    before = data_assets.open_own(path, unreal.NNEModelData, arguments["force"])
    task = unreal.AssetImportTask()
    task.set_editor_property("filename", str(file))
    task.set_editor_property("destination_path", folder)
    task.set_editor_property("destination_name", name)
    task.set_editor_property("automated", True)
    task.set_editor_property("replace_existing", True)
    task.set_editor_property("save", False)
    with unreal.ScopedEditorTransaction("Gaitway: push " + name):
        unreal.AssetToolsHelpers.get_asset_tools().import_asset_tasks([task])
    library = unreal.EditorAssetLibrary
    model = library.load_asset(path) if library.does_asset_exist(path) else None
    if not isinstance(model, unreal.NNEModelData) or not list(task.get_editor_property("imported_object_paths")):
        raise Refusal(
            "bridge/import-refused",
            "The editor did not import {}. Its Output Log says why; a runtime for NNE (NNERuntimeORT) must be switched "
            "on.".format(file),
        )
    created = before is None
    try:
        data_assets.mark_and_save(model, path, arguments["contentHash"], arguments["sourceName"])
    except Refusal:
        saved_assets.take_back(model, path, created)
        raise
    return {"path": path, "created": created}
