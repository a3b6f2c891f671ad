"""Prints what a screen reader is told of a window: its accessibility tree over AT-SPI, as JSON.

Called with the process group that the window belongs to. Prints a list of nodes in reading order; an empty one while there is no such window.
"""

import json
import os
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version has to be demanded first)

DEEPEST = 60


def nodes(node, depth=0):
    """The node and all below it. One that vanishes meanwhile is left out: whoever waits asks again."""
    try:
        states = [state.value_nick for state in node.get_state_set().get_states()]
        yield {"role": node.get_role_name(), "name": node.get_name(), "description": node.get_description(), "states": states}
        children = [node.get_child_at_index(index) for index in range(node.get_child_count())]
    except GLib.Error:
        return
    if depth < DEEPEST:
        for child in children:
            if child is not None:
                yield from nodes(child, depth + 1)


def is_of(application, group):
    try:
        return os.getpgid(application.get_process_id()) == group
    except (GLib.Error, ProcessLookupError):
        return False


def main():
    group = int(sys.argv[1])
    Atspi.init()
    desktop = Atspi.get_desktop(0)
    applications = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    found = [node for application in applications if application is not None and is_of(application, group) for node in nodes(application)]
    json.dump(found, sys.stdout, ensure_ascii=False)


main()
