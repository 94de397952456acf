"""IK Rigs and IK Retargeters, as far as chains between bones go."""

from ._enums import RetargetSourceOrTarget
from ._object import Name, Object, expect
from ._skeleton import SkeletalMesh


class BoneChain(Object):
    """A chain by name; its bones are asked of the controller."""

    PROPERTIES = {"chain_name": (Name(), True)}


class IKRigDefinition(Object):
    """Chains of a mesh. What it holds is reached through its controller alone."""

    # What is kept on disk; a chain is its name, start, end and goal.
    KEPT = ("_mesh", "_root", "_chains")

    def __init__(self, outer=None, name="None"):
        """Start with nothing."""
        super().__init__(outer, name)
        self._mesh = None
        self._root = "None"
        self._chains = []


class IKRigDefinitionFactory(Object):
    """Makes rigs."""

    def _make(self, name):
        return IKRigDefinition(name=name)


class IKRigController:
    """Changes a rig; False, and no more, where it does not."""

    def __init__(self, rig):
        """Work on `rig`."""
        self._rig = rig

    @staticmethod
    def get_controller(ik_rig_definition):
        """Give the controller of a rig."""
        return IKRigController(expect(ik_rig_definition, IKRigDefinition, "ik_rig_definition"))

    def get_skeletal_mesh(self):
        """Give the mesh."""
        return self._rig._mesh

    def set_skeletal_mesh(self, skeletal_mesh):
        """Set the mesh."""
        self._rig._mesh = expect(skeletal_mesh, SkeletalMesh, "skeletal_mesh")
        return True

    def get_retarget_root(self):
        """Give the root."""
        return Name(self._rig._root)

    def set_retarget_root(self, root_bone_name):
        """Set the root; False where the mesh has no such bone."""
        if not self._has(root_bone_name):
            return False
        self._rig._root = str(root_bone_name)
        return True

    def get_retarget_chains(self):
        """Give the chains."""
        chains = []
        for name, *_ in self._rig._chains:
            chain = BoneChain()
            chain.chain_name = Name(name)
            chains.append(chain)
        return chains

    def add_retarget_chain(self, chain_name, start_bone_name, end_bone_name, goal_name):
        """Add a chain; a name that is taken gets a number. Bones that the mesh lacks are None."""
        name = str(expect(chain_name, Name, "chain_name"))
        while self._find(name):
            name += "_1"
        bones = [str(bone) if self._has(bone) else "None" for bone in (start_bone_name, end_bone_name)]
        self._rig._chains.append([name, *bones, str(goal_name)])
        return Name(name)

    def remove_retarget_chain(self, chain_name):
        """Remove a chain; False where there is none."""
        chain = self._find(chain_name)
        if chain:
            self._rig._chains.remove(chain)
        return bool(chain)

    def get_retarget_chain_start_bone(self, chain_name):
        """Give the bone that a chain begins with."""
        return Name(self._find(chain_name)[1])

    def get_retarget_chain_end_bone(self, chain_name):
        """Give the bone that a chain ends with."""
        return Name(self._find(chain_name)[2])

    def get_retarget_chain_goal(self, chain_name):
        """Give the goal of a chain."""
        return Name(self._find(chain_name)[3])

    def _find(self, chain_name):
        return next((chain for chain in self._rig._chains if chain[0] == str(chain_name)), [])

    def _has(self, bone):
        return self._rig._mesh is not None and str(bone) in self._rig._mesh.get_editor_property("skeleton")._names


class IKRetargeter(Object):
    """Two rigs, and which chain follows which."""

    KEPT = ("_source", "_target", "_source_mesh", "_target_mesh", "_pairs")

    def __init__(self, outer=None, name="None"):
        """Start with nothing."""
        super().__init__(outer, name)
        self._source = self._target = self._source_mesh = self._target_mesh = None
        # Chains of the target, each with the chain of the source that it follows.
        self._pairs = []


class IKRetargetFactory(Object):
    """Makes retargeters."""

    def _make(self, name):
        return IKRetargeter(name=name)


class IKRetargeterController:
    """Changes a retargeter."""

    def __init__(self, asset):
        """Work on `asset`."""
        self._asset = asset

    @staticmethod
    def get_controller(retargeter_asset):
        """Give the controller of a retargeter."""
        return IKRetargeterController(expect(retargeter_asset, IKRetargeter, "retargeter_asset"))

    def set_ik_rig(self, source_or_target, ik_rig):
        """Set one of the rigs."""
        expect(source_or_target, RetargetSourceOrTarget, "source_or_target")
        setattr(self._asset, "_" + source_or_target.name.lower(), expect(ik_rig, IKRigDefinition, "ik_rig"))

    def get_ik_rig(self, source_or_target):
        """Give one of the rigs."""
        return getattr(self._asset, "_" + source_or_target.name.lower())

    def set_preview_mesh(self, source_or_target, preview_mesh):
        """Set one of the meshes that are shown."""
        name = "_{}_mesh".format(source_or_target.name.lower())
        setattr(self._asset, name, expect(preview_mesh, SkeletalMesh, "preview_mesh"))

    def set_source_chain(self, source_chain_name, target_chain_name):
        """Let a chain of the target follow one of the source; False where the target has no such chain."""
        target = self._asset._target
        if target is None or not IKRigController(target)._find(target_chain_name):
            return False
        pairs = [pair for pair in self._asset._pairs if pair[0] != str(target_chain_name)]
        self._asset._pairs = [*pairs, [str(target_chain_name), str(source_chain_name)]]
        return True

    def get_source_chain(self, target_chain_name):
        """Give the chain of the source that a chain of the target follows."""
        return Name(dict(self._asset._pairs).get(str(target_chain_name), "None"))
