"""A screen reader's end of AT-SPI: libatspi, told what to do in lines of JSON.

Debian's Python runs it, for the binding to libatspi is Debian's; nothing of the player is there.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

gi: Any = importlib.import_module("gi")
gi.require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")
Gio: Any = importlib.import_module("gi.repository.Gio")
GLib: Any = importlib.import_module("gi.repository.GLib")

ANNOUNCEMENT = "object:announcement"
FOCUS = "object:state-changed:focused"
MOST_LOOKS = 20


class Ears:
    """What the desktop says by itself, in order, since it was last asked for."""

    def __init__(self) -> None:
        self._heard: list[dict[str, Any]] = []
        self._listener = Atspi.EventListener.new(self._hear)
        for kind in (ANNOUNCEMENT, FOCUS):
            self._listener.register(kind)

    def take(self) -> list[dict[str, Any]]:
        heard, self._heard = self._heard, []
        return heard

    def _hear(self, event: Any) -> None:
        if event.type == FOCUS:
            # what had the focus may be gone by now
            with contextlib.suppress(GLib.Error):
                if event.detail1:
                    self._heard.append({"focus": _called(event.source), "announced": ""})
        else:
            self._heard.append({"focus": None, "announced": str(event.any_data)})


class Eyes:
    """The tree of one application; what was seen last is known by its number."""

    def __init__(self, process_id: int) -> None:
        self._process_id = process_id
        self._seen: list[Any] = []

    def look(self) -> list[dict[str, Any]]:
        """Everything on the window, in reading order; nothing while there is none.

        The window may change meanwhile: it is looked at again until it kept still.
        """
        for _ in range(MOST_LOOKS):
            with contextlib.suppress(GLib.Error):
                return self._look()
        raise RuntimeError("the window never kept still")

    def _look(self) -> list[dict[str, Any]]:
        self._seen = []
        told = []
        for application in _children(Atspi.get_desktop(0)):
            if application.get_process_id() == self._process_id:
                application.clear_cache()  # what it says now, not what it said once
                told += [self._tell(each, depth) for each, depth in _visible(application, 0)]
        return told

    def at(self, number: int) -> Any:
        return self._seen[number]

    def _tell(self, thing: Any, depth: int) -> dict[str, Any]:
        self._seen.append(thing)
        offers = thing.get_interfaces()
        return {
            "number": len(self._seen) - 1,
            "depth": depth,
            "role": thing.get_role_name(),
            "name": _name(thing),
            "description": thing.get_description(),
            "states": [each.value_nick for each in thing.get_state_set().get_states()],
            "actions": _actions(thing),
            "value": Atspi.Value.get_current_value(thing) if "Value" in offers else None,
            "text": Atspi.Text.get_text(thing, 0, -1) if "Text" in offers else "",
        }


def _visible(thing: Any, depth: int) -> Iterator[tuple[Any, int]]:
    for child in _children(thing):
        if child.get_state_set().contains(Atspi.StateType.VISIBLE):
            yield child, depth
            yield from _visible(child, depth + 1)


def _children(thing: Any) -> Iterator[Any]:
    for index in range(thing.get_child_count()):
        child = thing.get_child_at_index(index)
        if child is not None:
            yield child


def _name(thing: Any) -> str:
    """Qt keeps a password field's name to itself: its description begins with it."""
    return str(thing.get_name() or thing.get_description().partition(".")[0])


def _called(thing: Any) -> list[str]:
    return [thing.get_role_name(), _name(thing)]


def _actions(thing: Any) -> list[str]:
    if "Action" not in thing.get_interfaces():
        return []
    count = Atspi.Action.get_n_actions(thing)
    return [Atspi.Action.get_action_name(thing, index) for index in range(count)]


def _act(thing: Any, action: str) -> None:
    if not Atspi.Action.do_action(thing, _actions(thing).index(action)):
        raise RuntimeError(f"{action} was refused")


def _set(thing: Any, value: float) -> None:
    if not Atspi.Value.set_current_value(thing, value):
        raise RuntimeError(f"the value {value} was refused")


def _type(text: str) -> None:
    if not Atspi.generate_keyboard_event(0, text, Atspi.KeySynthType.STRING):
        raise RuntimeError("the keys were refused")


def _press_key(keysym: int) -> None:
    if not Atspi.generate_keyboard_event(keysym, None, Atspi.KeySynthType.SYM):
        raise RuntimeError("the key was refused")


def _be_here(*, here: bool) -> None:
    """Applications begin to tell what they show when they hear that a reader is here."""
    told = GLib.Variant("b", here)
    what = GLib.Variant("(ssv)", ("org.a11y.Status", "ScreenReaderEnabled", told))
    Gio.bus_get_sync(Gio.BusType.SESSION, None).call_sync(
        *("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set"),
        *(what, None, Gio.DBusCallFlags.NONE, -1, None),
    )


def main() -> None:
    _be_here(here=True)
    Atspi.init()
    eyes, ears, loop = Eyes(int(sys.argv[1])), Ears(), GLib.MainLoop()
    duties: dict[str, Callable[..., Any]] = {
        "look": eyes.look,
        "hear": ears.take,
        "act": lambda number, action: _act(eyes.at(number), action),
        "set": lambda number, value: _set(eyes.at(number), value),
        "type": _type,
        "key": _press_key,
    }

    def told(*_: Any) -> bool:
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        duty, *what = json.loads(line)
        try:
            answer = {"is": duties[duty](*what)}
        except Exception as error:  # noqa: BLE001 - whoever asked is told, whatever it is
            answer = {"failed": f"{duty} {what}: {error!r}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        return True

    asked_or_left = GLib.IOCondition.IN | GLib.IOCondition.HUP
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, asked_or_left, told)
    loop.run()
    _be_here(here=False)


if __name__ == "__main__":
    main()
