"""An object for proofs only; it comes to be when the first of them wants it."""

import unreal

PATH = "/Engine/PythonTypes.Default__GaitwayProof"
PROPERTY = "rings"


@unreal.uclass()
class GaitwayProof(unreal.Object):
    """What is to be seen of the engine's ways with classes made in Python."""

    rings = unreal.uproperty(int)

    @unreal.ufunction(ret=str)
    def fail(self):
        """Fail on purpose; the engine is held to answer with an empty text."""
        raise RuntimeError("Gaitway: this error is on purpose, it proves how errors are answered")


def ring(count):
    """Change the property as an editor would, so that whoever listens hears of it."""
    unreal.get_default_object(GaitwayProof).set_editor_property(PROPERTY, count)
