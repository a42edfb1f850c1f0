"""The hint at the foot of a dialog: it becomes a question when leaving would drop what was written.

The question takes the keys while it stands, so that an answer meant for it is not written into a
note: Esc leaves, saving saves, and any other key leads back to the writing.
"""

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

_ITS_OWN = ("escape", "ctrl+s")  # keys that the dialog answers to


class Hint(Label):
    """What the keys do here; while it warns, the keys go to it."""

    def __init__(self, words: str) -> None:
        super().__init__(Content(words), classes="hint")
        self._words = words
        self._back: Widget | None = None

    @property
    def is_warning(self) -> bool:
        """Whether it asks if what was written is to be dropped."""
        return self._back is not None

    def warn(self, words: str) -> None:
        """Ask, and take the keys."""
        self._back = self.screen.focused or self
        if isinstance(self._back, Input):
            # or the next letter would replace all that was written
            self._back.select_on_focus = False
        self.update(Content(words))
        self.add_class("-warning")
        self.can_focus = True
        self.screen.set_focus(self, scroll_visible=False)

    def calm(self) -> Widget | None:
        """Hint again, and give the keys back; to whom."""
        back, self._back = self._back, None
        self.update(Content(self._words))
        self.remove_class("-warning")
        self.can_focus = False
        if back is not None:
            self.screen.set_focus(back)
        return back

    def on_key(self, event: events.Key) -> None:
        if event.key not in _ITS_OWN:
            event.stop()
            event.prevent_default()
            self.calm()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is meant for what is being written."""
        event.stop()
        back = self.calm()
        if back is not None:
            pasted = events.Paste(event.text)
            pasted.stop()  # or the app, to which it would rise, would hand it on once more
            back.post_message(pasted)

    def on_blur(self) -> None:
        """The reader has gone back to the writing by another way."""
        if self.is_warning:
            self._back = None
            self.calm()

    def on_click(self) -> None:
        if self.is_warning:
            self.calm()
