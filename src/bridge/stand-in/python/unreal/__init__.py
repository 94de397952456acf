"""A stand-in for the `unreal` module of Unreal Engine 5.4, for trying the plugin without the engine.

It holds what the plugin uses and refuses what 5.4 does not have: an unknown name is an AttributeError, a wrong
argument a TypeError, a failed engine call a RuntimeError, None or False as in the engine. It animates nothing
and shows nothing.
"""

from ._anim_pose import AnimPose, AnimPoseEvaluationOptions, AnimPoseExtensions
from ._anim_sequence import AnimSequence, AnimSequenceFactory
from ._animation_library import AnimationLibrary
from ._asset_registry import AssetData, AssetRegistry, AssetRegistryHelpers
from ._assets import AssetTools, AssetToolsHelpers, EditorAssetLibrary, SourceControl
from ._class import load_class
from ._controller import AnimationDataController, AnimationDataModel
from ._data_asset_factory import DataAssetFactory
from ._editor import (
    AnimationSettings,
    EditorPerformanceSettings,
    Paths,
    ScopedEditorTransaction,
    SystemLibrary,
    get_editor_subsystem,
    get_engine_subsystem,
    log,
    log_error,
    log_warning,
    register_python_shutdown_callback,
    register_slate_post_tick_callback,
    unregister_slate_post_tick_callback,
)
from ._enums import (
    AdditiveAnimationType,
    AdditiveBasePoseType,
    AnimDataEvalType,
    AnimInterpolationType,
    AnimPoseSpaces,
    AppMsgType,
    AppReturnType,
    BoneSpaces,
    ComponentStrippingVector,
    HeadingAxis,
    InputQueryPose,
    MultiBlockType,
    PoseSearchDataPreprocessor,
    PoseSearchMode,
    RawCurveTrackTypes,
    RetargetSourceOrTarget,
    RootMotionRootLock,
    ToolMenuStringCommandType,
)
from ._ik_rig import (
    BoneChain,
    IKRetargeter,
    IKRetargeterController,
    IKRetargetFactory,
    IKRigController,
    IKRigDefinition,
    IKRigDefinitionFactory,
)
from ._import import AssetImportTask, NNEModelData
from ._level import (
    Actor,
    ActorComponent,
    AddNewSubobjectParams,
    EditorActorSubsystem,
    PoseableMeshComponent,
    SingleAnimationPlayData,
    SkeletalMeshActor,
    SkeletalMeshComponent,
    SubobjectDataHandle,
    SubobjectDataSubsystem,
)
from ._menus import EditorDialog, EditorUtilityLibrary, ToolMenu, ToolMenuEntry, ToolMenus
from ._notifies import (
    AnimNotify,
    AnimNotify_PlayMontageNotify,
    AnimNotify_PlayMontageNotifyWindow,
    AnimNotify_PlaySound,
    AnimNotifyEvent,
    AnimNotifyState,
    AnimSyncMarker,
)
from ._object import Class, Name, Object, get_default_object, new_object, uclass, ufunction, uproperty
from ._pose_search import (
    AnimNotifyState_PoseSearchBranchIn,
    BoneReference,
    FloatInterval,
    InstancedStruct,
    PoseSearchBone,
    PoseSearchDatabase,
    PoseSearchFeatureChannel_Group,
    PoseSearchFeatureChannel_Heading,
    PoseSearchFeatureChannel_Phase,
    PoseSearchFeatureChannel_Pose,
    PoseSearchFeatureChannel_Position,
    PoseSearchFeatureChannel_Trajectory,
    PoseSearchFeatureChannel_Velocity,
    PoseSearchNormalizationSet,
    PoseSearchRoledSkeleton,
    PoseSearchSchema,
    PoseSearchTrajectorySample,
)
from ._skeleton import SkeletalMesh, Skeleton
from ._structs import FrameNumber, FrameRate, Quat, Rotator, TopLevelAssetPath, Transform, Vector

__all__ = [name for name in dir() if not name.startswith("_")]
