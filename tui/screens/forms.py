"""Dialogs with more than one thing in them: tags, evidence for a verdict, which claims to show, which mentions of an actor."""

from collections.abc import Callable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from tui.library.annotations import Evidence
from tui.screens.dialogs import Checks, Dialog
from tui.text import one_line


class Tags(Dialog[tuple[str, ...]]):
    """Tags with spaces between, and the ones used before to choose from, the last used first."""

    BINDINGS = [
        Binding("down", "into_list", show=False),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def __init__(self, title: str, tags: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(title)
        self._tags, self._known = tags, known

    def compose(self) -> ComposeResult:
        line = " ".join(self._tags)
        yield self.box(
            Input(f"{line} " if line else "", select_on_focus=False),
            OptionList(markup=False),
            hint="spaces between several · Tab completes · ↓ chooses of those used before · Enter keeps · Esc leaves",
        )

    def on_mount(self) -> None:
        self._offer()

    def _begun(self) -> tuple[str, str]:
        """The tags that stand, and the one that is being written."""
        line = self.query_one(Input).value
        head, _, last = line.rpartition(" ")
        return f"{head} " if head else "", last.lstrip("#")

    @on(Input.Changed)
    def _offer(self) -> None:
        head, begun = self._begun()
        taken = set(_tags(head))
        fitting = [
            tag for tag in self._known if tag not in taken and tag.lower().startswith(begun.lower()) and tag != begun
        ]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Content(f"#{tag}"), id=tag) for tag in fitting)
        options.display = bool(fitting)

    def action_into_list(self) -> None:
        """Go to the tags used before."""
        options = self.query_one(OptionList)
        if options.option_count:
            options.focus()
            options.highlighted = 0

    def action_complete(self) -> None:
        """Take the first of the tags offered."""
        options = self.query_one(OptionList)
        if options.option_count:
            self._take(options.get_option_at_index(0).id or "")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option.id or "")

    def _take(self, tag: str) -> None:
        line = self.query_one(Input)
        line.value = f"{self._begun()[0]}{tag} "
        line.cursor_position = len(line.value)
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(_tags(event.value))


def _tags(line: str) -> tuple[str, ...]:
    words = (one_line(word).lstrip("#") for word in line.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))


class Evidences(Dialog[tuple[Evidence, ...]]):
    """The evidence for a verdict: what there is, and a form for one more."""

    BINDINGS = [Binding("ctrl+d", "drop", "Take the last away", show=False, priority=True)]
    FIELDS = {"url": "https://… (Enter with nothing here is done)", "title": "its title", "quote": "what it says"}

    def __init__(self, title: str, evidence: tuple[Evidence, ...], wrong: Callable[[Evidence], str | None]) -> None:
        super().__init__(f"Evidence: {title}")
        self._evidence, self._wrong = evidence, wrong

    def compose(self) -> ComposeResult:
        fields = [Input(placeholder=placeholder, id=f"evidence-{name}") for name, placeholder in self.FIELDS.items()]
        hint = "Enter goes on, and keeps the link at the end · ctrl+d takes the last away · Esc leaves all as it was"
        yield self.box(Static(id="links", markup=False), *fields, Label("", classes="error", markup=False), hint=hint)

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        lines = [
            f"{n}. {one.title or one.url}  {one.url if one.title else ''}" for n, one in enumerate(self._evidence, 1)
        ]
        self.query_one("#links", Static).update(Content("\n".join(lines) or "No evidence yet."))

    def action_drop(self) -> None:
        """Take the last link away."""
        self._evidence = self._evidence[:-1]
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        values = {name: one_line(self.query_one(f"#evidence-{name}", Input).value) for name in self.FIELDS}
        if not any(values.values()):
            self.dismiss(self._evidence)
            return
        wrong = self._wrong(Evidence(**values))
        self.query_one(".error", Label).update(Content(wrong or ""))
        if wrong:
            self.query_one("#evidence-url", Input).focus()
        elif event.input.id != "evidence-quote":
            fields = list(self.query(Input))
            fields[fields.index(event.input) + 1].focus()
        else:
            self._evidence += (Evidence(**values),)
            for name in self.FIELDS:
                self.query_one(f"#evidence-{name}", Input).value = ""
            self._show()
            self.query_one("#evidence-url", Input).focus()


class Sift(Dialog[dict[str, frozenset[str]]]):
    """Choose values of several groups; a group with none chosen lets everything through."""

    def __init__(self, groups: Mapping[str, Sequence[str]], chosen: Mapping[str, frozenset[str]]) -> None:
        super().__init__("Show only claims that are …")
        self._groups, self._chosen = groups, chosen
        self._values = [(group, value) for group, values in groups.items() for value in values]

    def compose(self) -> ComposeResult:
        words = [Content.assemble((f"{group:11} ", "dim"), value) for group, value in self._values]
        chosen = [index for index, (group, value) in enumerate(self._values) if value in self._chosen[group]]
        yield self.box(Checks(words, chosen), hint="space chooses · Esc is done · F in the text shows all again")

    def action_leave(self) -> None:
        """Done."""
        chosen = [self._values[index] for index in self.query_one(Checks).chosen]
        self.dismiss({group: frozenset(value for of, value in chosen if of == group) for group in self._groups})


class Mentions(Dialog[frozenset[int]]):
    """Choose some of an actor's mentions. Answers with their indexes."""

    BINDINGS = [Binding("enter", "keep", "Keep", show=False, priority=True)]

    def __init__(self, title: str, mentions: Sequence[str], chosen: frozenset[int]) -> None:
        super().__init__(title)
        self._mentions, self._chosen = mentions, chosen

    def compose(self) -> ComposeResult:
        words = [Content(one) for one in self._mentions]
        yield self.box(Checks(words, self._chosen), hint="space chooses · Enter goes on · Esc leaves")

    def action_keep(self) -> None:
        """Go on with those chosen."""
        self.dismiss(self.query_one(Checks).chosen)
