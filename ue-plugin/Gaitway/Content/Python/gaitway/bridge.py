"""The one object that Remote Control calls: /Engine/PythonTypes.Default__GaitwayBridge."""

import unreal

_answer = None


def serve(answer):
    """Let `answer`, a function from JSON text to JSON text, stand behind the object."""
    global _answer
    _answer = answer


@unreal.uclass()
class GaitwayBridge(unreal.Object):
    """JSON in, JSON out; everything else happens in `dispatch`."""

    @unreal.ufunction(params=[str], ret=str)
    def call(self, request_json):
        """Answer one request; exceptions never escape, since the editor would swallow them."""
        return _answer(request_json)
