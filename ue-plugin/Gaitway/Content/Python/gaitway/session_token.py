"""The secret that shows a caller can read the project's folder."""

import hmac
import secrets

from gaitway import project_folder
from gaitway.refusal import Refusal

FILE_NAME = "token"


def write_new():
    """Make this session's token, write it to Saved/Gaitway/token, and give it."""
    token = secrets.token_hex(16)
    path = project_folder.saved() / FILE_NAME
    fresh = path.with_name(FILE_NAME + ".new")
    fresh.write_text(token + "\n", encoding="ascii")
    fresh.chmod(0o600)
    fresh.replace(path)
    return token


def check(token, given):
    """Refuse a caller whose token is not this session's."""
    if isinstance(given, str) and hmac.compare_digest(token.encode(), given.encode()):
        return
    raise Refusal(
        "bridge/bad-token",
        "The token is not that of this editor session. Run the command in the project's folder, or give "
        "--project with the folder of the project that is open in the editor; the token is in its "
        "Saved/Gaitway/token and is new each time the editor starts.",
    )
