"""Checks content paths before anything is made of them."""

import re

import unreal

from gaitway.refusal import Refusal

# What the engine allows in a name; a dot would name an object inside the package.
_PATH = re.compile(r"/[^\s\"',.:|&!~@#(){}\[\]=;^%$`*?<>\\/]+(/[^\s\"',.:|&!~@#(){}\[\]=;^%$`*?<>\\/]+)+")
_LONGEST = 240


def split(path):
    """Give folder and name of a content path such as /Game/Motion/Walk."""
    if len(path) > _LONGEST or not _PATH.fullmatch(path):
        raise Refusal(
            "bridge/bad-asset-path",
            '"{}" is no content path; one such as /Game/Motion/Walk is wanted: letters, digits, _ and - between '
            "slashes, no spaces or dots, at most {} characters.".format(path, _LONGEST),
            path=path,
        )
    root = "/" + path.split("/")[1]
    if not unreal.EditorAssetLibrary.does_directory_exist(root):
        raise Refusal(
            "bridge/bad-asset-path",
            'The project has no content folder "{}"; paths begin with /Game, or with the name of a plugin that has '
            "content.".format(root),
            path=path,
        )
    folder, _, name = path.rpartition("/")
    return folder, name
