"""Long work in slices: every editor tick runs a job for a few milliseconds."""

import time
import traceback

import unreal

from gaitway.refusal import Refusal

# Jobs get this share of the time from one tick to the next, so that they end soon and the editor still draws.
SLICE_SHARE = 0.75
LEAST_SLICE_SECONDS = 0.02
MOST_SLICE_SECONDS = 0.1
# A caller that went away in the middle of sending is forgotten after this.
RECEIVE_SECONDS = 60.0
# Results nobody fetched, and what they hold in memory, are dropped after this.
KEEP_SECONDS = 300.0

_LIVE = ("receiving", "running")


class Job:
    """One piece of work: receiving, running, then done, failed or cancelled."""

    def __init__(self, job_id, kind, note):
        """Start in the state `receiving`."""
        self.id = job_id
        self.kind = kind
        self.note = note
        self.state = "receiving"
        self.done = 0
        self.total = 0
        self.result = None
        self.error = None
        # What a push has been sent, or what a pull has to give.
        self.data = bytearray()
        self.spec = None
        self.touched = time.monotonic()
        self.steps = None

    def run(self, steps):
        """Go on by `steps`, a generator that yields (done, total) and returns the result."""
        self.steps = steps
        self.state = "running"
        self.touch()

    def touch(self):
        """Note that somebody cares."""
        self.touched = time.monotonic()

    def status(self):
        """Give what a caller may know."""
        self.touch()
        return {
            "job": self.id,
            "kind": self.kind,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "note": self.note,
            "result": self.result,
            "error": self.error,
        }

    def step(self):
        """Run one step; errors end the job and are kept for the caller."""
        try:
            self.done, self.total = next(self.steps)
        except StopIteration as end:
            self.result = end.value
            self._finish("done")
        except Refusal as refusal:
            self.error = {"code": refusal.code, "message": refusal.message}
            self._finish("failed")
        except Exception as error:  # kept for the caller, logged for people
            unreal.log_error("Gaitway: " + traceback.format_exc())
            self.error = {
                "code": "bridge/plugin-fault",
                "message": "The plugin met a fault of its own: {}: {}. The editor's Output Log "
                "shows where.".format(type(error).__name__, error),
            }
            self._finish("failed")

    def cancel(self):
        """Stop; the generator cleans up after itself."""
        if self.state in _LIVE:
            if self.steps is not None:
                self.steps.close()
            self._finish("cancelled")

    def _finish(self, state):
        self.state = state
        self.steps = None
        self.touch()


class Jobs:
    """All jobs of this session, run one after the other in the order in which they began."""

    def __init__(self, throttle):
        """Hold `throttle` while any job is alive."""
        self._throttle = throttle
        self._jobs = {}

    def add(self, job):
        """Take a new job; an id that is known already is refused."""
        if job.id in self._jobs:
            raise Refusal("bridge/bad-request", "There is a job {} already.".format(job.id))
        self._jobs[job.id] = job
        self._throttle.hold()

    def get(self, job_id):
        """Find a job."""
        if job_id not in self._jobs:
            raise Refusal(
                "bridge/unknown-job",
                "The editor knows no job {}; it may have been restarted, or the job lay idle too "
                "long.".format(job_id),
            )
        return self._jobs[job_id]

    def alive(self):
        """Give the jobs that are not over yet."""
        return [job for job in self._jobs.values() if job.state in _LIVE]

    def cancel(self, job_id):
        """Stop and forget a job; tell whether there was one."""
        job = self._jobs.pop(job_id, None)
        if job is None:
            return False
        job.cancel()
        self._rest()
        return True

    def tick(self, delta_seconds):
        """Run the oldest running job for one slice."""
        slice_seconds = min(max(SLICE_SHARE * delta_seconds, LEAST_SLICE_SECONDS), MOST_SLICE_SECONDS)
        end = time.monotonic() + slice_seconds
        for job in list(self._jobs.values()):
            while job.state == "running":
                job.step()
                if time.monotonic() >= end:
                    break
        self._drop_forgotten()
        self._rest()

    def shut_down(self):
        """Stop everything; the editor closes."""
        for job in self._jobs.values():
            job.cancel()
        self._throttle.release()

    def _drop_forgotten(self):
        now = time.monotonic()
        for job in list(self._jobs.values()):
            patience = RECEIVE_SECONDS if job.state == "receiving" else KEEP_SECONDS
            if job.state != "running" and now - job.touched > patience:
                self.cancel(job.id)

    def _rest(self):
        if not self.alive():
            self._throttle.release()
