"""Classes by path."""

from . import _notifies, _pose_search
from ._object import Object
from ._state import STATE

STATE.modules.update(
    AnimNotify_PlayMontageNotify="AnimGraphRuntime",
    AnimNotify_PlayMontageNotifyWindow="AnimGraphRuntime",
    AnimNotifyState_PoseSearchBranchIn="PoseSearch",
)


def load_class(outer, name, type=Object):
    """Give a class by path; None, and a line in the log, where there is none."""
    module, _, short = name.partition(".")
    found = getattr(_notifies, short, None) or getattr(_pose_search, short, None)
    if found is not None and module == "/Script/" + STATE.modules.get(short, "Engine"):
        return found
    STATE.log.append(("warning", "Failed to find class {}".format(name)))
    return None
