"""Whole poses, and the text they are read through."""

from ._enums import AnimDataEvalType
from ._object import Object, expect

_TRANSFORM = (
    "(Rotation=(X=%.6f,Y=%.6f,Z=%.6f,W=%.6f),Translation=(X=%.6f,Y=%.6f,Z=%.6f),Scale3D=(X=%.6f,Y=%.6f,Z=%.6f))"
)


class AnimPoseEvaluationOptions(Object):
    """How a pose is evaluated; the defaults are those of the C++ struct."""

    PROPERTIES = {
        "evaluation_type": (AnimDataEvalType.RAW, True),
        "should_retarget": (True, True),
        "extract_root_motion": (False, True),
        "incorporate_root_motion_into_pose": (True, True),
        "optional_skeletal_mesh": (None, True),
        "retrieve_additive_as_full_pose": (True, True),
        "evaluate_curves": (True, True),
    }


class AnimPose:
    """One pose of a skeleton. Its fields cannot be read one by one, only all at once as text."""

    def __init__(self, skeleton, local):
        """Take parent-relative transforms, (rotation, place, scale) per bone."""
        self._skeleton = skeleton
        self._local = local

    def export_text(self):
        """Give the fields as text, but for WorldSpacePoses: nobody reads them, and here they cost half of the time."""
        skeleton = self._skeleton
        if skeleton._texts is None:
            skeleton._texts = (
                ",".join('"{}"'.format(name) for name in skeleton._names),
                ",".join(map(str, range(len(skeleton._names)))),
                ",".join(map(str, skeleton._parents)),
                _text(skeleton._reference),
                _text(_world(skeleton, skeleton._reference)),
            )
        names, indices, parents, reference, reference_world = skeleton._texts
        return (
            "(BoneNames=({}),BoneIndices=({}),ParentBoneIndices=({}),LocalSpacePoses=({}),"
            "RefLocalSpacePoses=({}),RefWorldSpacePoses=({}))".format(
                names,
                indices,
                parents,
                _text(self._local),
                reference,
                reference_world,
            )
        )


class AnimPoseExtensions:
    """Functions that give poses."""

    @staticmethod
    def get_reference_pose(skeleton):
        """Give a skeleton's reference pose."""
        return AnimPose(skeleton, skeleton._reference)

    @staticmethod
    def get_anim_pose_at_frame(animation_sequence_base, frame_index, evaluation_options):
        """Give the pose at a key."""
        expect(frame_index, int, "frame_index")
        expect(evaluation_options, AnimPoseEvaluationOptions, "evaluation_options")
        sequence = animation_sequence_base
        key = min(max(frame_index, 0), sequence._frames)
        return AnimPose(sequence.get_editor_property("skeleton"), sequence._local_pose(key))

    @staticmethod
    def get_anim_pose_at_time(animation_sequence_base, time, evaluation_options):
        """Give the pose at a second; the stand-in takes the nearest key."""
        expect(time, float, "time")
        numerator, denominator = animation_sequence_base._rate
        key = round(time * numerator / denominator)
        return AnimPoseExtensions.get_anim_pose_at_frame(animation_sequence_base, key, evaluation_options)


def _text(transforms):
    return ",".join([_TRANSFORM % transform for transform in transforms])


def _world(skeleton, local):
    """Give component-space transforms: local, then the parent's; scale along the parent's axes."""
    world = []
    for transform, parent in zip(local, skeleton._parents):
        if parent < 0:
            world.append(transform)
            continue
        bx, by, bz, bw, tx, ty, tz, sx, sy, sz = transform
        ax, ay, az, aw, px, py, pz, ux, uy, uz = world[parent]
        if not ux == uy == uz == 1.0:
            tx, ty, tz = tx * ux, ty * uy, tz * uz
            sx, sy, sz = sx * ux, sy * uy, sz * uz
        cx, cy, cz = 2 * (ay * tz - az * ty), 2 * (az * tx - ax * tz), 2 * (ax * ty - ay * tx)
        world.append(
            (
                aw * bx + ax * bw + ay * bz - az * by,
                aw * by - ax * bz + ay * bw + az * bx,
                aw * bz + ax * by - ay * bx + az * bw,
                aw * bw - ax * bx - ay * by - az * bz,
                px + tx + aw * cx + ay * cz - az * cy,
                py + ty + aw * cy + az * cx - ax * cz,
                pz + tz + aw * cz + ax * cy - ay * cx,
                sx,
                sy,
                sz,
            )
        )
    return world
