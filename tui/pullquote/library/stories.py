"""The articles on the event that an article is on, and what each of them has that others lack.

Articles of the same days belong together where a claim of the one is made in the other too, or
where they share voices that few others have: two that quote the same president need not be on one
event, two that quote the same fire chief are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from math import log

import msgspec

from pullquote.findings import Commitment
from pullquote.library.database import Database
from pullquote.notes.annotations import Annotation
from pullquote.notes.counted import counted
from pullquote.notes.figures import differing
from pullquote.notes.sameness import SAME, Sameness, Told, compared
from pullquote.notes.story import Report, Statement, Story, Version

DAYS = 7  # before and after
# Of what an article shares with the first: the same claim counts 1, a similar one less, a voice by
# how few articles have it, a third at most, and less by the day. By hand on 84 articles of one
# campaign, on whose days seven outlets told of the same people whatever the event was.
_ENOUGH, _SIMILAR, _COMMON = 0.45, 0.2, 0.4
_MOST = 50  # articles

# Claims by the number of their words, and whether they are denials.
_Wordings = Mapping[tuple[int, bool], list[int]]


class Stories:
    """Which articles tell of one event; each call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: str) -> Story | None:
        """The story that the article of that id belongs to; None where it is not in the index."""
        own = self._database.rows(
            "SELECT number, day FROM indexed JOIN articles ON number = article "
            "WHERE work = (SELECT work FROM articles WHERE id = ?)",
            article,
        )
        if not own:
            return None
        number, day = own[0]
        shares, by_claims = self._shared_voices(number, day), self._shared_claims(number)
        for other, much in by_claims.items():
            shares[other] = shares.get(other, 0.0) + much
        most = sorted(shares, key=lambda other: -shares[other])[:_MOST]
        others = [other for other in most if shares[other] >= _ENOUGH]
        reports = self._reports([number, *others])
        versions, wordings = self._versions([*reports])
        statements = _statements(versions, self._joined(versions, wordings))
        return Story(tuple(reports.values()), statements, counted(versions.values()))

    def _shared_claims(self, number: int) -> dict[int, float]:
        """How much each other article of those days shares with one by its claims."""
        rows = self._database.rows(
            "WITH own AS (SELECT wording FROM numbered JOIN worded ON said "
            "BETWEEN first AND last WHERE article = ?1), "
            "near AS (SELECT wording, 1.0 AS alike FROM own "
            "UNION SELECT high, likeness FROM own JOIN alike ON low = wording "
            "UNION SELECT low, likeness FROM own JOIN alike ON high = wording) "
            "SELECT said.article, sum(iif(alike >= ?3, 1.0, ?4)) FROM near "
            "JOIN worded USING (wording) JOIN said ON number = said "
            "JOIN indexed ON indexed.article = said.article "
            "WHERE said.article != ?1 AND abs(julianday(day) - "
            "(SELECT julianday(day) FROM indexed WHERE article = ?1)) <= ?2 GROUP BY said.article",
            *(number, DAYS, SAME, _SIMILAR),
        )
        return dict(rows)

    def _shared_voices(self, number: int, day: str) -> dict[int, float]:
        """How much each other article of those days shares with one by its voices."""
        every = self._database.rows("SELECT count(*) FROM indexed")[0][0]
        rows = self._database.rows(
            "WITH own AS (SELECT DISTINCT voice FROM members WHERE article = ?1), "
            "known AS MATERIALIZED (SELECT voice, count(*) AS articles FROM members "
            "WHERE voice IN own GROUP BY voice), "
            "near AS MATERIALIZED (SELECT article, abs(julianday(day) - julianday(?2)) AS apart "
            "FROM indexed WHERE day BETWEEN date(?2, ?4) AND date(?2, ?3) AND article != ?1) "
            "SELECT near.article, apart, articles FROM near "
            "CROSS JOIN members ON members.article = near.article JOIN known USING (voice) "
            "GROUP BY near.article, voice",
            *(number, day, f"+{DAYS} days", f"-{DAYS} days"),
        )
        shares = dict[int, float]()
        for other, apart, known in rows:
            rarity = log((every + 1) / min(known, every)) / log(
                every + 1
            )  # 1 where only one article has it
            share = max(0.0, rarity - _COMMON) / 1.8 * (1 - apart / (DAYS + 1))
            shares[other] = shares.get(other, 0.0) + share
        return shares

    def _reports(self, numbers: list[int]) -> dict[int, Report]:
        reports, voices = dict[int, Report](), dict[int, dict[tuple[int, str], int]]()
        for number in numbers:
            row = self._database.rows(
                "SELECT id, title, coalesce(sites.name, articles.site), day, is_dated "
                "FROM articles JOIN indexed ON indexed.article = articles.number "
                "LEFT JOIN sites ON sites.number = indexed.site WHERE articles.number = ?",
                number,
            )[0]
            rows = self._database.rows(
                "SELECT voice, name, count(*) FROM numbered JOIN said_rows AS said ON said.number "
                "BETWEEN first AND last JOIN voices ON voices.number = voice "
                "WHERE numbered.article = ? AND part_of IS NULL "
                "GROUP BY voice ORDER BY count(*) DESC",
                number,
            )
            voices[number] = {(voice, name): count for voice, name, count in rows}
            fields = ("article", "title", "site", "day", "is_dated")
            reports[number] = msgspec.convert(
                {**dict(zip(fields, row, strict=True)), "is_dated": bool(row[4])}, Report
            )
        names = _told_apart({one for ones in voices.values() for one in ones})
        outlets = defaultdict[str, set[str]](set)
        quoted = dict[int, dict[str, int]]()
        for number, ones in voices.items():
            quoted[number] = {names[voice]: count for (voice, _), count in ones.items()}
            for name in quoted[number]:
                outlets[name].add(reports[number].site or reports[number].article)
        first = quoted[numbers[0]]
        return {
            number: msgspec.structs.replace(
                report,
                quoted=quoted[number],
                shared=tuple(name for name in quoted[number] if name in first),
                only=tuple(name for name in quoted[number] if len(outlets[name]) == 1),
            )
            for number, report in reports.items()
        }

    def _versions(self, numbers: list[int]) -> tuple[dict[int, Version], _Wordings]:
        """The claims of articles by their rows' numbers, and these by wordings."""
        versions, wordings = dict[int, Version](), defaultdict[tuple[int, bool], list[int]](list)
        for number in numbers:
            rows = self._database.rows(
                "SELECT said.number, wording, id, coalesce(sites.name, articles.site), finding, "
                "start, end, words, speaker, sourcing, commitment, checkable, verdict, doubtful "
                "FROM numbered JOIN said ON said.number BETWEEN first AND last "
                "JOIN articles ON articles.number = said.article "
                "JOIN indexed ON indexed.article = said.article "
                "LEFT JOIN sites ON sites.number = indexed.site "
                "LEFT JOIN worded ON worded.said = said.number "
                "WHERE numbered.article = ? AND kind = 'claim' ORDER BY start, said.number DESC",
                number,
            )
            for row in rows:
                fields = dict(zip(Version.__struct_fields__, row[2:], strict=False))
                for name in ("checkable", "doubtful"):
                    fields[name] = bool(fields[name])
                versions[row[0]] = self._with_reasons(msgspec.convert(fields, Version))
                is_denial = versions[row[0]].commitment is Commitment.DENIED
                wordings[row[1] or -row[0], is_denial].append(row[0])
        return versions, wordings

    def _with_reasons(self, version: Version) -> Version:
        """A claim with what the reader's verdict on it rests on, if there is one."""
        if not version.verdict:
            return version
        rows = self._database.rows(
            "SELECT id, CAST(json AS BLOB) FROM annotations "
            "WHERE article = ? AND start = ? AND end = ?",
            *(version.article, version.start, version.end),
        )
        damage = "a note cannot be read; it is left out"
        notes = (self._database.decoded(json, Annotation, damage) for _, json in rows)
        given = next((one for one in notes if one and one.verdict == version.verdict), None)
        if given is None:
            return version
        return msgspec.structs.replace(version, comment=given.comment, evidence=given.evidence)

    def _joined(self, versions: Mapping[int, Version], wordings: _Wordings) -> "_Groups":
        """The claims that are the same statement together, and which are similar."""
        groups = _Groups(versions)
        for those in wordings.values():
            for said in those[1:]:
                groups.compare(those[0], said, 1.0)
        for (low, _), (one, *_) in wordings.items():
            query = "SELECT high, likeness FROM alike WHERE low = ?"
            for high, likeness in self._database.rows(query, low):
                for is_denial in (False, True):
                    if (high, is_denial) in wordings:
                        groups.compare(one, wordings[high, is_denial][0], likeness)
        return groups


class _Groups:
    """Claims by the numbers of their rows: which are the same statement, and which are similar."""

    def __init__(self, versions: Mapping[int, Version]) -> None:
        self._versions = versions
        self._head = {said: said for said in versions}
        self._similar = list[tuple[int, int]]()

    def _root(self, one: int) -> int:
        while self._head[one] != one:
            one = self._head[one]
        return one

    def compare(self, one: int, other: int, likeness: float) -> None:
        """Put two claims together that are the same statement."""
        here, there = (
            Told(it.words, it.speaker, it.commitment is Commitment.DENIED)
            for it in (self._versions[one], self._versions[other])
        )
        found = compared(likeness, here, there)
        if found and found.sameness is Sameness.SAME:
            self._head[self._root(other)] = self._root(one)
        elif found:
            self._similar.append((one, other))

    @property
    def all(self) -> Mapping[int, list[int]]:
        """The claims of each statement in order, by the one that stands for it."""
        groups = defaultdict[int, list[int]](list)
        for said in self._versions:
            groups[self._root(said)].append(said)
        return groups

    @property
    def similar(self) -> Mapping[int, set[int]]:
        """Which statements are similar to each."""
        near = defaultdict[int, set[int]](set)
        for pair in self._similar:
            one, other = map(self._root, pair)
            near[one].add(other)
            near[other].add(one)
        return near


def _told_apart(voices: Iterable[tuple[int, str]]) -> dict[int, str]:
    """What each voice is called; of two of one name, with its number."""
    known = dict(voices)
    often = Counter(known.values())
    return {
        voice: f"{name} (voice {voice})" if often[name] > 1 else name
        for voice, name in known.items()
    }


def _statements(versions: Mapping[int, Version], groups: _Groups) -> tuple[Statement, ...]:
    """In the order of the first article that has them."""
    every, similar = groups.all, groups.similar
    order = {said: place for place, said in enumerate(versions)}
    return tuple(
        _statement(
            [versions[said] for said in those],
            [versions[said].article for other in similar.get(one, ()) for said in every[other]],
        )
        for one, those in sorted(every.items(), key=lambda item: order[item[1][0]])
    )


def _statement(versions: list[Version], similar: list[str]) -> Statement:
    first, *others = versions
    figures = chain.from_iterable(differing(first.words, one.words) for one in others)
    there = set(similar) - {one.article for one in versions}
    return Statement(tuple(versions), tuple(dict.fromkeys(figures)), tuple(sorted(there)))
