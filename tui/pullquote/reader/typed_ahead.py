"""Keys one at a time: what is typed ahead reaches the dialog that the keys before it open.

A terminal may hand over a whole burst at once (a paste, a macro, a fast hand). Textual sends each
key on its way before the one before has been heard, so that the letters of a note would run as
commands. Here a key waits until the one before has gone all its way up through the widgets, and
until what that began has a dialog on the screen or is done.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.widget import Widget

Stroke = events.Key | events.Paste
_AGAIN = 0.01  # seconds until it is asked again whether a screen is ready
# seconds after which a key that has not been heard of is given up, so that no key waits for ever
_LOST = 3.0


class TypedAhead:
    """The keys that wait, in the order in which they were typed."""

    def __init__(self, app: App[None], deliver: Callable[[Stroke], Awaitable[None]]) -> None:
        self._app, self._deliver = app, deliver
        self._waiting: deque[Stroke] = deque()
        self._sent: float | None = None  # when the key that is under way was
        self._coming_back: Widget | None = None  # where it is, if it goes on from there for sure
        self._asked = False

    @property
    def is_empty(self) -> bool:
        """Whether every key has been heard."""
        return not self._waiting and self._sent is None

    async def take(self, stroke: Stroke) -> None:
        """Deliver a key when its turn comes, which is at once when no other waits."""
        self._waiting.append(stroke)
        await self._go_on()

    async def _go_on(self) -> None:
        if not self._waiting:
            return
        if not self._is_under_way and self._is_ready():
            self._sent = monotonic()
            stroke, target = self._waiting.popleft(), self._app.focused or self._app.screen
            await self._deliver(stroke)
            comes_back = isinstance(stroke, events.Key) and stroke.is_forwarded
            if comes_back and getattr(target, "leaves_keys", False):
                self._coming_back = target
            else:
                self._coming_back = None
                self._follow(target, lambda: self._follow(target, self._heard_everywhere))
        elif not self._asked:
            self._asked = True
            self._app.set_timer(_AGAIN, self._ask)

    @property
    def _is_under_way(self) -> bool:
        """Whether a key is, and not gone with the widget that it was in."""
        is_gone = self._coming_back is not None and not self._coming_back.is_attached
        return self._sent is not None and monotonic() - self._sent < _LOST and not is_gone

    def came_back(self) -> None:
        """A key has gone up through the widgets to the app, and has been heard there.

        From a widget that leaves all keys to the acts: what those send goes from the screen on.
        """
        target, self._coming_back = self._coming_back, None
        if target is not None:
            self._follow(target.screen, self._heard_everywhere)

    async def _ask(self) -> None:
        self._asked = False
        await self._go_on()

    def _follow(self, node: DOMNode | None, then: Callable[[], object]) -> None:
        """Go up behind the key, from queue to queue to the app's.

        Twice: what the key does when it has come to the app (a line is submitted) sends a message
        the same way.
        """
        while node is not None and node is not self._app:
            if node.call_later(self._follow, node.parent, then):
                return
            node = node.parent  # gone, and its key with it
        self._app.call_later(then)

    def _heard_everywhere(self) -> None:
        # Once more round the app's own queue, in which the focus waits to be set.
        self._app.call_later(self._heard)

    async def _heard(self) -> None:
        self._sent = None
        await self._go_on()

    def _is_ready(self) -> bool:
        if not self._app.screen_stack:  # the app ends
            return False
        screen = self._app.screen
        has_keys = screen.focused is not None or (screen.is_mounted and not screen.focus_chain)
        return has_keys and not getattr(screen, "is_busy", False)  # the reader's and the dialogs'
