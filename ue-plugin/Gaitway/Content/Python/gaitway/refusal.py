"""The one error that the plugin raises on purpose."""


class Refusal(Exception):
    """A coded sentence for the caller: what was found, what was wanted, what to do."""

    def __init__(self, code, message, **data):
        """Take a stable code, a full sentence, and the same facts for programs."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data

    def as_dict(self):
        """Give the error part of an answer."""
        error = {"code": self.code, "message": self.message}
        if self.data:
            error["data"] = self.data
        return error
