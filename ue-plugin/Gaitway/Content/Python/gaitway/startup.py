"""Puts the parts of the bridge together and starts them."""

import unreal

from gaitway import VERSION, bridge, session_token, transfer
from gaitway.dispatch import Dispatch
from gaitway.jobs import Jobs
from gaitway.throttle import Throttle


def start():
    """Start the bridge: token file, job ticks, and the object that Remote Control calls."""
    token = session_token.write_new()
    transfer.remove_leftovers()
    jobs = Jobs(Throttle())
    bridge.serve(Dispatch(token, jobs).answer)
    unreal.register_slate_post_tick_callback(jobs.tick)
    unreal.register_python_shutdown_callback(jobs.shut_down)
    unreal.log("Gaitway {} is ready for calls over Remote Control.".format(VERSION))
