"""Verdicts on claims: give one, give the evidence for it, go to the next claim still open."""

from urllib.parse import urlsplit

import msgspec
from textual import work

from pullquote.findings import Claim, Commitment, FindingKind, Sourcing
from pullquote.notes.annotations import Annotation, Evidence, annotate
from pullquote.reader.choice import Choice
from pullquote.reader.forms import EvidenceForm, Sift
from pullquote.reader.marking import Marking, change, replaced
from pullquote.reader.marks import Mark, after, covering
from pullquote.reader.wording import plural

OPEN = "open"  # of a claim without a verdict


class Sifted(msgspec.Struct, frozen=True):
    """Which claims are shown: those of the chosen sourcings, commitments and verdicts, or all."""

    sourcing: frozenset[str] = frozenset()
    commitment: frozenset[str] = frozenset()
    verdict: frozenset[str] = frozenset()

    def lets(self, claim: Claim, verdict: Annotation | None) -> bool:
        """Whether a claim is shown."""
        said = verdict.verdict if verdict and verdict.verdict else OPEN
        pairs = (
            (self.sourcing, claim.sourcing),
            (self.commitment, claim.commitment),
            (self.verdict, said),
        )
        return all(not chosen or value in chosen for chosen, value in pairs)

    def words(self) -> str:
        """What is chosen, for the status line."""
        return " or ".join(sorted(self.sourcing | self.commitment | self.verdict))


class Judging(Marking):
    """The part of the reader's screen that checks claims."""

    sifted = Sifted()

    def _claim_here(self) -> Mark | None:
        """The claim that the reader is on, or the shortest under the cursor."""
        if self.on_mark and self.on_mark.layer is FindingKind.CLAIM:
            return self.on_mark
        return next(
            iter(covering(self.visible_marks(FindingKind.CLAIM), self.article.cursor)), None
        )

    def _claim(self, mark: Mark) -> Claim:
        assert self.reading.findings is not None
        return self.reading.findings.claims[mark.index]

    def _verdict_here(self) -> tuple[Annotation | None, Annotation] | None:
        """The verdict on the claim here, if any, and the annotation that an act starts from."""
        mark = self._claim_here()
        if mark is None:
            self.say("no claim here: c goes to the next one, R to the next without a verdict")
            return None
        before = self.reading.verdict(self._claim(mark))
        return before, before or annotate(self.reading.article.text, (mark.start, mark.end))

    def open_claims(self) -> tuple[Mark, ...]:
        """The claims that are shown and have no verdict yet: what `R` goes through."""
        return tuple(
            mark
            for mark in self.visible_marks(FindingKind.CLAIM)
            if self.reading.is_open(self._claim(mark))
        )

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The reader's scale, and the verdicts that lie on none."""
        return self.settings.verdicts + self.settings.verdicts_unrated

    @work
    async def action_judge(self) -> None:
        """Give the claim here a verdict, or take it away."""
        self.follow_pane()
        here = self._verdict_here()
        if here is None:
            return
        _, note = here
        none = ("take the verdict away",) if note.verdict else ()
        title = f"Verdict: {self._title(note)}"
        chosen = await self.app.push_screen_wait(Choice(title, (*self.verdicts, *none)))
        if chosen is not None:
            verdict = (*self.verdicts, "")[chosen]
            await self.do(lambda: self._judge(verdict))

    async def _judge(self, verdict: str) -> str:
        here = self._verdict_here()
        if here is None:
            return ""
        before, note = here
        did = f"verdict {verdict} on" if verdict else "verdict off"
        return await self._save_verdict(
            before, replaced(note, verdict=verdict), f"{did} {self.on_words(note)}"
        )

    async def _save_verdict(self, before: Annotation | None, note: Annotation, did: str) -> str:
        left = len(self.open_claims())
        left += bool(before and before.verdict) - bool(note.verdict)
        goes_on = f"{left} open, R goes on" if left else "no claim is open"
        return await self.save([change(before, note)], f"{did} · {goes_on}")

    @work
    async def action_evidence(self) -> None:
        """Give evidence for a verdict on the claim here: an address, its title, a quotation."""
        self.follow_pane()
        here = self._verdict_here()
        if here is None:
            return
        _, note = here

        async def save(evidence: tuple[Evidence, ...]) -> str:
            before = self.as_saved(note)
            did = f"{plural(len(evidence), 'link')} for {self.on_words(note)}"
            return await self._save_verdict(
                before, replaced(before or note, evidence=evidence), did
            )

        await self.app.push_screen_wait(
            EvidenceForm(self._title(note), note.evidence, wrong_address, save)
        )

    def action_next_open(self) -> None:
        """Go to the next claim without a verdict."""
        ones = self.open_claims()
        here = (
            self.on_mark.start
            if self.on_mark and self.on_mark.layer is FindingKind.CLAIM
            else self.article.cursor - 1
        )
        mark = after(ones, here)
        if mark is None:
            self.say(
                "no claim shown is open"
                if self.visible_marks(FindingKind.CLAIM)
                else self.none_to_go_to(FindingKind.CLAIM)
            )
        else:
            self.go_to(mark)

    @work
    async def action_sift(self) -> None:
        """Choose which claims are shown."""
        groups = {
            "sourcing": tuple(map(str, Sourcing)),
            "commitment": tuple(map(str, Commitment)),
            "verdict": (OPEN, *self.verdicts),
        }
        chosen = {name: getattr(self.sifted, name) for name in groups}
        answer = await self.app.push_screen_wait(Sift(groups, chosen))
        if answer is not None:
            self.sifted = Sifted(**answer)
            self.derive()
            count = len(self.visible_marks(FindingKind.CLAIM))
            self.say(
                f"shown: {plural(count, 'claim')}" if count else "shown: no claim is like that"
            )


def wrong_address(evidence: Evidence) -> str | None:
    """What is wrong with the address of evidence, or None."""
    try:
        parts = urlsplit(evidence.url)
    except ValueError:
        return "not an address"
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "an address begins with https:// or http://"
    return None
