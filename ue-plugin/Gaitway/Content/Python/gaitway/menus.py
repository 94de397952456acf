"""Menus of the editor that put requests into the outbox: Tools > Gaitway and the content browser's right-click menus."""

import unreal

_SECTION = "Gaitway"
_TOOLS = "LevelEditor.MainMenu.Tools"
_ANIMATION = "ContentBrowser.AssetContextMenu.AnimSequence"
_FOLDER = "ContentBrowser.FolderContextMenu"

# Kind of request -> what the entry says, what it explains, and the menus that have it.
ENTRIES = {
    "send-selected": (
        "Send selected animations",
        "Pulls the selected animations into the files of the Gaitway project.",
        (_TOOLS, _ANIMATION),
    ),
    "open-preview": (
        "Open in preview",
        "Shows the selected animations in Gaitway's preview.",
        (_TOOLS, _ANIMATION),
    ),
    "push-here": (
        "Push into this folder",
        "Pushes the clips of Gaitway's preview into the folder that is open here.",
        (_TOOLS, _FOLDER),
    ),
    "status": ("Status", "Says whether a Gaitway program listens, and what runs.", (_TOOLS,)),
}

_on_click = None


def serve(on_click):
    """Let `on_click`, a function of the kind of request, stand behind the entries, and add them to the menus."""
    global _on_click
    _on_click = on_click
    menus = unreal.ToolMenus.get()
    for name in (_TOOLS, _ANIMATION, _FOLDER):
        _extend(menus, name)
    menus.refresh_all_widgets()


def click(kind):
    """What an entry runs, as a line of Python."""
    _on_click(kind)


def _extend(menus, name):
    menu = menus.extend_menu(name)
    if menu is None:
        unreal.log_warning("Gaitway: the editor has no menu {}; its entries are left out.".format(name))
        return
    menu.add_section(_SECTION, _SECTION)
    for kind, (label, tool_tip, places) in ENTRIES.items():
        if name in places:
            entry = unreal.ToolMenuEntry(name="Gaitway." + kind, type=unreal.MultiBlockType.MENU_ENTRY)
            entry.set_label(label)
            entry.set_tool_tip(tool_tip)
            entry.set_string_command(
                unreal.ToolMenuStringCommandType.PYTHON,
                "",
                'from gaitway import menus; menus.click("{}")'.format(kind),
            )
            menu.add_menu_entry(_SECTION, entry)
