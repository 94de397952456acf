"""Pose Search: schemas, their channels, and databases, as 5.4.2 lets Python see them."""

import re

from ._enums import (
    ComponentStrippingVector,
    HeadingAxis,
    InputQueryPose,
    PoseSearchDataPreprocessor,
    PoseSearchMode,
)
from ._notifies import AnimNotifyState
from ._object import Name, Object
from ._state import STATE
from ._structs import float32


class _Typed(Object):
    """An object or struct whose properties take only what the engine could convert."""

    # property -> class of its elements
    ELEMENTS = {}

    def set_editor_property(self, name, value):
        """Set a property; numbers are kept in 32 bits."""
        super().set_editor_property(name, self._converted(name, value))

    def _converted(self, name, value):
        default = next(
            (base.PROPERTIES[name][0] for base in type(self).__mro__ if name in getattr(base, "PROPERTIES", {})), None
        )
        if isinstance(default, bool):
            wanted = bool
        elif isinstance(default, float):
            wanted = (float, int)
        elif isinstance(default, Name):
            wanted = (Name, str)
        elif default is None:
            return value
        else:
            wanted = type(default)
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise TypeError(
                "{}: cannot nativize '{}' for property '{}'".format(type(self).__name__, type(value).__name__, name)
            )
        if isinstance(default, list):
            for element in value:
                if not isinstance(element, self.ELEMENTS.get(name, object)):
                    raise TypeError(
                        "{}: cannot nativize '{}' as an element of '{}'".format(
                            type(self).__name__, type(element).__name__, name
                        )
                    )
            return list(value)
        if isinstance(default, Name):
            return Name(value)
        return float32(value) if isinstance(default, float) else value


class BoneReference(_Typed):
    """A bone by name."""

    PROPERTIES = {"bone_name": (Name(), True)}


class FloatInterval(_Typed):
    """Two numbers."""

    PROPERTIES = {"min": (0.0, True), "max": (0.0, True)}

    def __init__(self, min=0.0, max=0.0):
        """Take both."""
        super().__init__()
        self.set_editor_property("min", min)
        self.set_editor_property("max", max)


class PoseSearchBone(_Typed):
    """What a pose channel takes of one bone."""

    PROPERTIES = {
        "reference": (None, True),
        "flags": (0, True),
        "normalization_group": (Name(), True),
        "weight": (1.0, True),
    }


class PoseSearchTrajectorySample(_Typed):
    """What a trajectory channel takes at one time."""

    PROPERTIES = {"offset": (0.0, True), "flags": (0, True), "weight": (1.0, True)}


class PoseSearchRoledSkeleton(_Typed):
    """A skeleton of a schema."""

    PROPERTIES = {"skeleton": (None, True), "mirror_data_table": (None, True), "role": (Name(), True)}


class PoseSearchFeatureChannel(_Typed):
    """Something that is compared."""


class _BoneChannel(PoseSearchFeatureChannel):
    PROPERTIES = {
        "bone": (None, True),
        "sample_role": (Name(), True),
        "origin_bone": (None, True),
        "origin_role": (Name(), True),
        "weight": (1.0, True),
        "sampling_attribute_id": (-1, True),
        "sample_time_offset": (0.0, True),
        "origin_time_offset": (0.0, True),
        "input_query_pose": (InputQueryPose.USE_CONTINUING_POSE, True),
        "component_stripping": (ComponentStrippingVector.NONE, True),
        "permutation_time_type": (None, True),
        "normalization_group": (Name(), True),
    }


class PoseSearchFeatureChannel_Position(_BoneChannel):
    """Where a bone is."""


class PoseSearchFeatureChannel_Velocity(_BoneChannel):
    """How a bone moves."""

    PROPERTIES = {"use_character_space_velocities": (True, True), "normalize": (False, True)}


class PoseSearchFeatureChannel_Heading(_BoneChannel):
    """Where a bone's axis points."""

    PROPERTIES = {"heading_axis": (HeadingAxis.X, True)}


class PoseSearchFeatureChannel_Phase(PoseSearchFeatureChannel):
    """Where in its cycle a bone is."""

    PROPERTIES = {
        "bone": (None, True),
        "sample_role": (Name(), True),
        "weight": (1.0, True),
        "input_query_pose": (InputQueryPose.USE_CONTINUING_POSE, True),
        "normalization_group": (Name(), True),
    }


class PoseSearchFeatureChannel_Pose(PoseSearchFeatureChannel):
    """Several bones."""

    PROPERTIES = {
        "weight": (1.0, True),
        "sampled_bones": ([], True),
        "input_query_pose": (InputQueryPose.USE_CONTINUING_POSE, True),
        "use_character_space_velocities": (True, True),
    }
    ELEMENTS = {"sampled_bones": PoseSearchBone}


class PoseSearchFeatureChannel_Trajectory(PoseSearchFeatureChannel):
    """The root's path."""

    PROPERTIES = {"weight": (1.0, True), "samples": ([], True)}
    ELEMENTS = {"samples": PoseSearchTrajectorySample}


class PoseSearchFeatureChannel_Group(PoseSearchFeatureChannel):
    """Channels together."""

    PROPERTIES = {"sample_role": (Name(), True), "sub_channels": ([], True)}
    ELEMENTS = {"sub_channels": PoseSearchFeatureChannel}


class PoseSearchSchema(_Typed):
    """What a database compares."""

    PROPERTIES = {
        "sample_rate": (30, True),
        "skeletons": ([], True),
        "channels": ([], True),
        "data_preprocessor": (PoseSearchDataPreprocessor.NORMALIZE, True),
        "number_of_permutations": (1, True),
        "permutations_sample_rate": (30, True),
        "permutations_time_offset": (0.0, True),
        "add_data_padding": (False, True),
        "inject_additional_debug_channels": (False, True),
    }
    ELEMENTS = {"skeletons": PoseSearchRoledSkeleton, "channels": PoseSearchFeatureChannel}


_ENTRY = re.compile(r"/Script/PoseSearch\.PoseSearchDatabaseSequence\((.*)\)")
_ENTRY_FIELDS = {"Sequence", "bEnabled", "bDisableReselection", "MirrorOption", "SamplingRange", "Min", "Max"}


class InstancedStruct(Object):
    """A struct of any kind, as text."""

    def __init__(self):
        """Start empty."""
        super().__init__()
        self._text = ""

    def import_text(self, content):
        """Take a text; a kind or field that is not known is refused, in the engine's plain way."""
        match = _ENTRY.fullmatch(content)
        fields = re.findall(r"(\w+)=", re.sub(r"\"[^\"]*\"", "", match[1])) if match else []
        if not match or not set(fields) <= _ENTRY_FIELDS:
            raise ValueError("InstancedStruct: Failed to import text '{}'".format(content))
        self._text = content

    def export_text(self):
        """Give the text."""
        return self._text


class PoseSearchDatabase(_Typed):
    """A motion-matching database; 5.4 lets scripts read and set its list of animations."""

    PROPERTIES = {
        "schema": (None, True),
        "animation_assets": ([], True),
        "continuing_pose_cost_bias": (-0.01, True),
        "base_cost_bias": (0.0, True),
        "looping_cost_bias": (-0.005, True),
        "exclude_from_database_parameters": (None, True),
        "additional_extrapolation_time": (None, True),
        "pose_search_mode": (PoseSearchMode.PCAKD_TREE, True),
        "number_of_principal_components": (4, True),
        "kd_tree_max_leaf_size": (16, True),
        "kd_tree_query_num_neighbors": (200, True),
        "normalization_set": (None, True),
    }
    ELEMENTS = {"animation_assets": InstancedStruct}

    def __init__(self, outer=None, name="None"):
        """Start with the engine's intervals."""
        super().__init__(outer, name)
        self._values["exclude_from_database_parameters"] = FloatInterval(0.0, -0.3)
        self._values["additional_extrapolation_time"] = FloatInterval(-100.0, 100.0)

    def get_editor_property(self, name):
        """Give a property; a test may close the list of animations, as 5.5 does."""
        if name == "animation_assets" and "close_database_list" in STATE.faults:
            raise Exception("PoseSearchDatabase: Failed to find property 'animation_assets'")
        return super().get_editor_property(name)

    def _before_save(self):
        """Take in the animations that have a notify for this database."""
        listed = " ".join(entry._text for entry in self._values["animation_assets"])
        for path, asset in STATE.assets.items():
            states = [event.get_editor_property("notify_state_class") for event in getattr(asset, "_notifies", [])]
            if any(isinstance(state, AnimNotifyState_PoseSearchBranchIn) and state.database is self for state in states):
                name = "{}.{}'".format(path, path.rsplit("/", 1)[1])
                if name not in listed:
                    entry = InstancedStruct()
                    entry.import_text(
                        "/Script/PoseSearch.PoseSearchDatabaseSequence(Sequence=\"/Script/Engine.AnimSequence'"
                        + name
                        + '",bEnabled=True)'
                    )
                    self._values["animation_assets"].append(entry)


class PoseSearchNormalizationSet(_Typed):
    """Databases whose costs are comparable."""

    PROPERTIES = {"databases": ([], True)}
    ELEMENTS = {"databases": PoseSearchDatabase}


class AnimNotifyState_PoseSearchBranchIn(AnimNotifyState):
    """A notify that puts the animation under it into a database."""

    PROPERTIES = {"database": (None, True)}
