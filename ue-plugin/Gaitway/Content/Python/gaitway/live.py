"""What a program that stays connected asks again and again: what is selected, what was clicked, what plays."""

import base64
import time

import unreal

from gaitway import animations, content_browser, playback, poses

# A program that listens asks at least this often.
_LISTENS_SECONDS = 5.0


class Live:
    """The calls of `gaitway link`, and the clicks that it waits for."""

    def __init__(self, outbox, throttle, jobs):
        """Answer from `outbox`; keep the editor awake by `throttle` while poses stream."""
        self._outbox = outbox
        self._throttle = throttle
        self._jobs = jobs
        self._asked = None

    def watch(self, arguments):
        """Give the selection, the playing animation, and the clicks after a number."""
        self._asked = time.monotonic()
        if arguments["awake"]:
            self._throttle.stay_awake()
        return {
            "selection": content_browser.selection(),
            "playback": playback.of_selected_actor(),
            "events": self._outbox.after(arguments["after"]),
            "latest": self._outbox.latest,
        }

    def animation_pose(self, arguments):
        """Give the pose of an animation at a second: parent-relative places, rotations, scales of all its bones."""
        sequence = animations.load(arguments["asset"])
        self._throttle.stay_awake()
        block = poses.block_at_time(sequence, arguments["seconds"])
        return {"bones": block.bones, "data": base64.b64encode(block.to_bytes()).decode("ascii")}

    def on_click(self, kind):
        """Take a click in a menu; with nobody to act on it, say how to start somebody."""
        try:
            if kind == "status":
                self._say(self._status())
            elif self._is_heard():
                self._outbox.add(kind, content_browser.selection())
            else:
                self._say('Nobody listens. Run "gaitway link" in the folder of this project, then choose this again.')
        except Exception as error:  # the editor would only show a stack trace in its log
            unreal.log_error("Gaitway: {} did not work: {}".format(kind, error))

    def _is_heard(self):
        return self._asked is not None and time.monotonic() - self._asked < _LISTENS_SECONDS

    def _status(self):
        heard = "A Gaitway program is connected." if self._is_heard() else 'No "gaitway link" is connected.'
        running = [job.note for job in self._jobs.alive()]
        return "{} {}".format(heard, "Now: {}.".format("; ".join(running)) if running else "Nothing runs.")

    @staticmethod
    def _say(sentence):
        unreal.log("Gaitway: " + sentence)
        unreal.EditorDialog.show_message("Gaitway", sentence, unreal.AppMsgType.OK)
