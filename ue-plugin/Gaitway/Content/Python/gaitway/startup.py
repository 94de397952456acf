"""Puts the parts of the bridge together and starts them."""

import unreal

from gaitway import VERSION, bridge, menus, session_token, transfer
from gaitway.dispatch import Dispatch
from gaitway.jobs import Jobs
from gaitway.live import Live
from gaitway.outbox import Outbox
from gaitway.preview_actor import PreviewActor
from gaitway.throttle import Throttle


def start():
    """Start the bridge: token file, ticks, menus, and the object that Remote Control calls."""
    token = session_token.write_new()
    transfer.remove_leftovers()
    throttle = Throttle()
    jobs = Jobs(throttle)
    preview = PreviewActor(throttle)
    live = Live(Outbox(), throttle, jobs)
    bridge.serve(Dispatch(token, jobs, live, preview).answer)
    for tick in (jobs.tick, preview.tick, throttle.tick):
        unreal.register_slate_post_tick_callback(tick)
    for shut_down in (jobs.shut_down, throttle.shut_down):
        unreal.register_python_shutdown_callback(shut_down)
    menus.serve(live.on_click)
    unreal.log("Gaitway {} is ready for calls over Remote Control.".format(VERSION))
