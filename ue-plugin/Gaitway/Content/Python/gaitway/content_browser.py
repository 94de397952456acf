"""What is selected in the content browser."""

import unreal


def selection():
    """Give the selected assets and the folder that is open, without loading anything."""
    library = unreal.EditorUtilityLibrary
    return {
        "assets": [
            {"path": str(data.package_name), "class": str(data.asset_class_path.asset_name)}
            for data in library.get_selected_asset_data()
        ],
        "folder": _folder(library),
    }


def _folder(library):
    # One folder marked in a view counts more than the folder that the view shows.
    marked = library.get_selected_folder_paths()
    shown = marked[0] if len(marked) == 1 else library.get_current_content_browser_path()
    # The browser's own tree has /All above the content roots.
    path = str(shown or "")
    return path[len("/All") :] if path.startswith("/All/") else path
