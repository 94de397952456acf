"""What the stand-in editor has open: one project, its assets, its undo history, its settings."""


class State:
    """Everything that the host can look at or change from outside."""

    def __init__(self):
        """Start with no project."""
        self.project = None
        self.project_name = ""
        self.engine = ""
        # Content path -> asset, saved or not.
        self.assets = {}
        self.default_objects = {}
        # Class name -> default object, for those made by @uclass in Python.
        self.python_objects = {}
        # Class name -> the engine's module that it is in, where that is not Engine.
        self.modules = {}
        self.ticks = {}
        self.next_handle = 1
        self.shutdown = []
        self.log = []
        self.undo = []
        self.open_transactions = 0
        # Faults and circumstances asked for by a test: {"refuse_bone": name, "refuse_save": path, "refuse_checkout": path,
        # "refuse_rate": frames a second, "source_control": True, "close_database_list": True}.
        self.faults = {}
        self.store = None
        self.checked_out = []
        # What people see and select: the level, the content browser, menus, boxes with a message.
        self.actors = []
        self.selected_actors = []
        self.selected_assets = []
        self.selected_folders = []
        self.browser_folder = "/Game"
        self.menus = {}
        self.dialogs = []


STATE = State()
