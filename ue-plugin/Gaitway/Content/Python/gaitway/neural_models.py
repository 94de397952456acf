"""ONNX files as models of the engine's neural network engine (NNE)."""

import pathlib

import unreal

from gaitway import asset_path, data_assets, saved_assets
from gaitway.refusal import Refusal


def write(arguments):
    """Import an ONNX file as NNEModelData, or bring the one that is there up to date, and save it."""
    if not hasattr(unreal, "NNEModelData"):
        raise Refusal(
            "bridge/nne-off",
            "This editor cannot import ONNX files: it has no NNE. Switch on a runtime such as NNERuntimeORT under Edit > "
            "Plugins, restart the editor, and run the command again.",
        )
    path, file = arguments["path"], pathlib.Path(arguments["file"])
    if file.suffix.lower() != ".onnx" or not file.is_file():
        raise Refusal("bridge/no-model-file", "{} is no ONNX file that the editor can see.".format(file))
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
