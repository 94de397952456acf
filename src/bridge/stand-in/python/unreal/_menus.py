"""Menus of the editor, the content browser's selection, and boxes with a message."""

from ._enums import AppMsgType, AppReturnType, MultiBlockType, ToolMenuStringCommandType
from ._asset_registry import AssetData
from ._object import Name, expect
from ._state import STATE


class ToolMenuEntry:
    """One line of a menu."""

    def __init__(self, name="None", type=MultiBlockType.NONE):
        """Take name and kind."""
        self._name = str(expect(name, Name, "name"))
        self._type = expect(type, MultiBlockType, "type")
        self._label = ""
        self._tool_tip = ""
        self._command = None

    def set_label(self, label):
        """Set what the line says."""
        self._label = expect(label, str, "label")

    def set_tool_tip(self, tool_tip):
        """Set what the line explains."""
        self._tool_tip = expect(tool_tip, str, "tool_tip")

    def set_string_command(self, type, custom_type, string):
        """Set what a click runs."""
        expect(type, ToolMenuStringCommandType, "type")
        expect(custom_type, Name, "custom_type")
        self._command = expect(string, str, "string")


class ToolMenu:
    """One menu."""

    def __init__(self, name):
        """Start empty."""
        self._name = name
        self._sections = []
        self._entries = []

    def add_section(self, section_name, label="", insert_name="None", insert_type=None):
        """Add a heading."""
        self._sections.append(str(expect(section_name, Name, "section_name")))

    def add_menu_entry(self, section_name, args):
        """Add a line."""
        expect(section_name, Name, "section_name")
        self._entries.append(expect(args, ToolMenuEntry, "args"))


class ToolMenus:
    """All menus; any name makes one, as in the engine, since its owner may come later."""

    @staticmethod
    def get():
        """Give them."""
        return ToolMenus()

    def extend_menu(self, name):
        """Give a menu to add to."""
        return STATE.menus.setdefault(str(expect(name, Name, "name")), ToolMenu(str(name)))

    def refresh_all_widgets(self):
        """Show what was added."""


class EditorUtilityLibrary:
    """What is selected."""

    @staticmethod
    def get_selected_asset_data():
        """Give the selected assets."""
        return [AssetData()._fill(STATE.assets[path]) for path in STATE.selected_assets if path in STATE.assets]

    @staticmethod
    def get_selected_folder_paths():
        """Give the marked folders, in the browser's own tree."""
        return ["/All" + path for path in STATE.selected_folders]

    @staticmethod
    def get_current_content_browser_path():
        """Give the folder that is shown; None where there is none."""
        return STATE.browser_folder


class EditorDialog:
    """Boxes with a message."""

    @staticmethod
    def show_message(title, message, message_type, default_value=AppReturnType.NO, message_category=None):
        """Show a message until it is clicked away; here it is only noted."""
        expect(message_type, AppMsgType, "message_type")
        STATE.dialogs.append([expect(title, str, "title"), expect(message, str, "message")])
        return AppReturnType.OK
