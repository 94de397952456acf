"""The editor runs this file once, at its first tick: it brings the Gaitway bridge up."""

from gaitway import startup

startup.start()
