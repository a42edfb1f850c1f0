"""Dialogs with more than one thing in them: tags, a choice of claims or mentions."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pullquote.notes.tags import tag_line, tags_in
from pullquote.reader.dialogs import Checks, Dialog
from pullquote.reader.questions import Save
from pullquote.reader.row_list import Rows

TagsOf = tuple[str, ...]
_GROUPS = {"sourcing": "source", "commitment": "firmness"}  # as a reader knows them


class Tags(Dialog[TagsOf]):
    """Tags with spaces between, and the ones used before to choose from, the last used first."""

    BINDINGS = [
        Binding("down", "into_list", show=False),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        tags: TagsOf,
        known: Callable[[], Awaitable[Sequence[str]]],
        save: Save[TagsOf] | None = None,
    ) -> None:
        super().__init__(title, save)
        self._tags, self._look_up = tags, known
        self._known: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        line = tag_line(self._tags)
        yield self.box(
            Input(f"{line} " if line else "", select_on_focus=False),
            Rows(),
            hint="spaces between several · Tab completes · ↓ chooses of those used before · Enter "
            "saves · Esc leaves",
        )

    @work
    async def on_mount(self) -> None:
        """Offer the tags used before once the library has found them; nobody waits for it."""
        self.query_one(Rows).display = False
        self._known = await self._look_up()
        self._offer()

    def _begun(self) -> tuple[str, str]:
        """The tags that stand, and the one that is being written."""
        line = self.query_one(Input).value
        head, _, last = line.rpartition(" ")
        return f"{head} " if head else "", last.lstrip('#"')

    @on(Input.Changed)
    def _offer(self) -> None:
        head, begun = self._begun()
        taken = set(tags_in(head))
        fitting = [
            tag
            for tag in self._known
            if tag not in taken and tag.lower().startswith(begun.lower()) and tag != begun
        ]
        options = self.query_one(Rows)
        options.clear_options()
        options.add_options(Option(Content(f"#{tag}"), id=tag) for tag in fitting)
        options.display = bool(fitting)

    def action_into_list(self) -> None:
        """Go to the tags used before."""
        options = self.query_one(Rows)
        if options.option_count:
            options.focus()
            options.highlighted = 0

    def action_complete(self) -> None:
        """Take the first of the tags offered."""
        options = self.query_one(Rows)
        if options.option_count:
            self._take(options.get_option_at_index(0).id or "")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option.id or "")

    def _take(self, tag: str) -> None:
        line = self.query_one(Input)
        line.value = f"{self._begun()[0]}{tag_line([tag])} "
        line.cursor_position = len(line.value)
        line.focus()

    @property
    def _written(self) -> TagsOf:
        return tags_in(self.query_one(Input).value)

    def is_unsaved(self) -> bool:
        return self._written != self._tags

    def settles_on(self, value: TagsOf) -> bool:
        self._tags = value
        return not self.is_unsaved()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save the tags."""
        self.answer(self._written)


class Sift(Dialog[dict[str, frozenset[str]]]):
    """Choose values of several groups; a group with none chosen lets everything through."""

    def __init__(
        self, groups: Mapping[str, Sequence[str]], chosen: Mapping[str, frozenset[str]]
    ) -> None:
        super().__init__("Show only claims that are …")
        self._groups, self._chosen = groups, chosen
        self._values = [(group, value) for group, values in groups.items() for value in values]

    def compose(self) -> ComposeResult:
        words = [
            Content.assemble((f"{_GROUPS.get(group, group):9} ", "dim"), value)
            for group, value in self._values
        ]
        chosen = [
            index
            for index, (group, value) in enumerate(self._values)
            if value in self._chosen[group]
        ]
        hint = "space chooses · ctrl+s or Esc shows them · F in the text shows all again"
        yield self.box(Checks(words, chosen), hint=hint)

    def action_save(self) -> None:
        """Done."""
        chosen = [self._values[index] for index in self.query_one(Checks).chosen]
        self.dismiss(
            {
                group: frozenset(value for of, value in chosen if of == group)
                for group in self._groups
            }
        )

    def action_leave(self) -> None:
        self.action_save()


class Mentions(Dialog[frozenset[int]]):
    """Choose some of an actor's mentions. Answers with their indexes."""

    BINDINGS = [Binding("enter", "save", "Go on", show=False, priority=True)]

    def __init__(self, title: str, mentions: Sequence[str], chosen: frozenset[int]) -> None:
        super().__init__(title)
        self._mentions, self._chosen = mentions, chosen

    def compose(self) -> ComposeResult:
        words = [Content(one) for one in self._mentions]
        yield self.box(
            Checks(words, self._chosen), hint="space chooses · Enter or ctrl+s goes on · Esc leaves"
        )

    def action_save(self) -> None:
        """Go on with those chosen."""
        self.dismiss(self.query_one(Checks).chosen)
