"""Files that carry large data between the editor and a program on the same machine."""

import re

from gaitway import project_folder
from gaitway.refusal import Refusal

_NAME = re.compile(r"[0-9A-Za-z-]{1,64}\.bin")


def folder():
    """Give Saved/Gaitway/transfer, made where it is not there."""
    path = project_folder.saved() / "transfer"
    path.mkdir(exist_ok=True)
    return path


def read(name):
    """Read a file of the transfer folder and remove it; a name with a path in it is refused."""
    path = folder() / _checked(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(
            "bridge/transfer-missing",
            "The data file {} is not in {}: {}.".format(name, folder(), error),
        ) from error
    path.unlink(missing_ok=True)
    return data


def write(name, data):
    """Write a file under a temporary name, then under its own."""
    path = folder() / _checked(name)
    fresh = path.with_suffix(".part")
    fresh.write_bytes(data)
    fresh.replace(path)


def remove_leftovers():
    """Remove what an earlier session left behind."""
    for path in folder().iterdir():
        if path.suffix in (".bin", ".part"):
            path.unlink(missing_ok=True)


def _checked(name):
    if not _NAME.fullmatch(name):
        raise Refusal("bridge/bad-request", 'A data file cannot be called "{}".'.format(name))
    return name
