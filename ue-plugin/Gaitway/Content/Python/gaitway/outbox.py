"""What people ask for in the editor's menus, kept until a program outside comes for it.

Scripts cannot send anything over Remote Control by themselves, so programs ask again and again.
"""

import collections

# Who stays away longer finds the newest of these.
_MOST = 64


class Outbox:
    """Requests of this editor session, numbered from 1."""

    def __init__(self):
        """Start empty."""
        self._events = collections.deque(maxlen=_MOST)
        self.latest = 0

    def add(self, kind, selection):
        """Put a request in, with what is selected at that moment."""
        self.latest += 1
        self._events.append({"number": self.latest, "kind": kind, "selection": selection})

    def after(self, number):
        """Give the requests that came after a number; one of an earlier session counts as none."""
        known = number if number <= self.latest else 0
        return [event for event in self._events if event["number"] > known]
