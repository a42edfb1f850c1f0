"""The voices of a corpus: which actors of its articles are one, by the names that join them.

The rules are those of the library (notes/voices.py, notes/apart.py). There an article comes after
the other and joins what is there; here all are there at once. So what articles say of somebody is
taken together where it is the same, those that share a name come into one block, and of a block who
is in most articles is seated first: the voices do not depend on the order of files.

Of all articles no more is in memory at once than one block, and the names that other names lead to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pullquote.corpus.viewing import append
from pullquote.findings import Actor, ActorKind
from pullquote.notes.apart import Profile, why_apart
from pullquote.notes.names import words_of
from pullquote.notes.voices import PERSON, class_of, names_of, usual_name

if TYPE_CHECKING:
    from pullquote.corpus.viewing import Connection

_SAMPLE = 40  # profiles that another is compared with, those that most articles have
_CANDIDATES = 8  # voices that one may join
_AT_ONCE = 10_000  # rows
_WITH_VOICE = tuple(str(kind) for kind in ActorKind if class_of(kind))


_GROUPS = f"""
CREATE TABLE actor_groups AS
SELECT row_number() OVER (ORDER BY kind, name, aliases, affiliation, role, born) AS number, * FROM (
    SELECT kind, name, aliases, affiliation,
        CASE kind WHEN 'person' THEN role END AS role,
        CASE kind WHEN 'person' THEN born END AS born,
        count(*) AS members
    FROM actors WHERE kind IN {_WITH_VOICE} GROUP BY ALL
)"""
_BLOCKS = """
SELECT class, coalesce(root, class || ' ' || main), main, joining, g.*
FROM named JOIN actor_groups AS g USING (number)
LEFT JOIN roots ON node = class || ' ' || main
WHERE class != ''
ORDER BY 1, 2, g.members DESC, g.number"""
_RESULTS = (
    """
    CREATE TABLE members AS
    SELECT coalesce(moved.voice, seats.voice) AS number, a.article, a.actor, a.name,
        CASE a.kind WHEN 'person' THEN 'person' ELSE 'body' END AS class, main, joining
    FROM actors AS a LEFT JOIN actor_groups AS g
    ON a.kind = g.kind AND a.name = g.name AND a.aliases IS NOT DISTINCT FROM g.aliases
        AND a.affiliation IS NOT DISTINCT FROM g.affiliation
        AND CASE a.kind WHEN 'person' THEN a.role END IS NOT DISTINCT FROM g.role
        AND CASE a.kind WHEN 'person' THEN a.born END IS NOT DISTINCT FROM g.born
    LEFT JOIN seats ON seats.group_number = g.number
    LEFT JOIN named ON named.number = g.number
    LEFT JOIN moved ON moved.article = a.article AND moved.actor = a.actor
    WHERE coalesce(moved.voice, seats.voice) IS NOT NULL
    ORDER BY 1, 2, 3
    """,
    """
    CREATE TABLE voices AS
    WITH counted AS (
        SELECT number, count(DISTINCT article) AS articles FROM members GROUP BY number
    ), told AS (
        SELECT members.number, count(*) AS said FROM said JOIN members USING (article, actor)
        WHERE part_of IS NULL GROUP BY members.number
    ), called AS (
        SELECT number, label, kind, name, articles, coalesce(said, 0) AS said,
            row_number() OVER (
                PARTITION BY coalesce(nullif(label, ''), name)
                ORDER BY label = '', articles DESC, number
            ) AS place
        FROM made JOIN counted USING (number) LEFT JOIN told USING (number)
    ), named_apart AS (
        SELECT *, CASE WHEN label != '' THEN label WHEN place = 1 THEN name
            ELSE name || ' (' || place || ')' END AS voice
        FROM called
    )
    SELECT number, kind, articles, said, CASE WHEN label = '' AND count(*) OVER (
        PARTITION BY voice) > 1 THEN voice || ' #' || number ELSE voice END AS voice
    FROM named_apart ORDER BY articles DESC, number
    """,
    """
    CREATE TABLE voice_names AS
    SELECT name, number, count(article) AS members FROM (
        SELECT unnest(list_distinct(list_append(joining, main))) AS name, number, article
        FROM members
        UNION ALL SELECT name, number, NULL FROM labels
    ) WHERE name IS NOT NULL AND name != '' GROUP BY ALL ORDER BY name, number
    """,
)


class Decision(NamedTuple):
    """Whose voice somebody has, as a reader has put it right.

    Attributes:
        kind: person or body.
        name: What articles call them; in all articles where the next two are "".
        article: The one article in which they are meant.
        actor: Their id in it.
        voice: What the voice is called.
    """

    kind: str
    name: str
    article: str
    actor: str
    voice: str


class _Group(NamedTuple):
    """Actors of whom their articles say the same."""

    number: int
    kind: str
    name: str
    aliases: list[str]
    affiliation: str | None
    role: str | None
    born: int | None
    members: int

    @property
    def profile(self) -> Profile:
        return Profile(self.name, self.role or "", self.affiliation or "", self.born)


class _Seats:
    """The voices as they come about, and who has them."""

    def __init__(self) -> None:
        self.seats: list[tuple[int, int]] = []  # of a group, its voice
        self.voices: list[tuple[int, str, str, str]] = []  # number, label, kind, name
        self._labels: dict[str, int] = {}
        self._decided: dict[int, tuple[str, Counter[str]]] = {}  # labels, kinds of members
        self._last = 0

    def number(self) -> int:
        self._last += 1
        return self._last

    def of_label(self, label: str) -> int:
        """The voice of a reader's name for it."""
        if label not in self._labels:
            self._labels[label] = number = self.number()
            self._decided[number] = (label, Counter())
        return self._labels[label]

    def decided(self, group: _Group, label: str) -> None:
        number = self.of_label(label)
        self._decided[number][1][group.kind] += group.members
        self.seats.append((group.number, number))

    def labels(self) -> list[tuple[str, int]]:
        """What the reader has called voices, folded as names are."""
        return [(" ".join(words_of(label)), number) for label, number in self._labels.items()]

    def finished(self) -> None:
        """Put down the voices that the reader has named."""
        for number, (label, kinds) in self._decided.items():
            kind = _most(kinds) or str(ActorKind.PERSON)
            self.voices.append((number, label, kind, label))


def make_voices(db: "Connection", decisions: Iterable[Decision] = ()) -> None:
    """Make the tables `voices`, `members` and `voice_names` out of `actors`.

    Args:
        db: A database that can be written, in which the tables of the corpus are to be seen.
        decisions: What a reader has put right; of two on the same the last counts.
    """
    by_name, by_member = dict[tuple[str, str], str](), dict[tuple[str, str], str]()
    for one in decisions:
        if one.article:
            by_member[one.article, one.actor] = one.voice
        else:
            by_name[one.kind, one.name] = one.voice
    db.execute(_GROUPS)
    seats = _Seats()
    _name(db, by_name, seats)
    db.execute("CREATE TABLE seats (group_number BIGINT, voice BIGINT)")
    db.execute("CREATE TABLE made (number BIGINT, label VARCHAR, kind VARCHAR, name VARCHAR)")
    for _, block in groupby(_read(db, _BLOCKS), key=itemgetter(0, 1)):
        _seat([(_Group(*row[4:]), row[2], row[3]) for row in block], seats)
        if len(seats.seats) > _AT_ONCE:
            _flush(db, seats)
    moved = [
        (article, actor, seats.of_label(label)) for (article, actor), label in by_member.items()
    ]
    seats.finished()
    _flush(db, seats)
    db.execute("CREATE TABLE moved (article VARCHAR, actor VARCHAR, voice BIGINT)")
    _insert(db, "moved", ("article", "actor", "voice"), moved)
    db.execute("CREATE TABLE labels (name VARCHAR, number BIGINT)")
    _insert(db, "labels", ("name", "number"), seats.labels())
    for step in _RESULTS:
        db.execute(step)


def _name(db: "Connection", decided: Mapping[tuple[str, str], str], seats: _Seats) -> None:
    """Fold the names of all groups, seat those that are decided, join the names of the others."""
    db.execute("CREATE TABLE named (number BIGINT, class VARCHAR, main VARCHAR, joining VARCHAR[])")
    roots = dict[str, str]()
    rows: list[tuple[int, str, str, list[str]]] = []
    columns = ("number", "class", "main", "joining")
    for row in _read(db, "SELECT * FROM actor_groups ORDER BY number"):
        one = _Group(*row)
        kind = class_of(one.kind)
        if label := decided.get((kind, one.name)):
            seats.decided(one, label)
        names = names_of(
            Actor(
                id="", name=one.name, kind=ActorKind(one.kind), affiliation=one.affiliation,
                aliases=tuple(one.aliases or ()),
            )
        )  # fmt: skip
        if names.main and (names.joins or label):
            rows.append((one.number, "" if label else kind, names.main, list(names.joining)))
        if not label:
            for alias in names.joining[1:]:
                _union(roots, f"{kind} {names.main}", f"{kind} {alias}")
        if len(rows) >= _AT_ONCE:
            _insert(db, "named", columns, rows)
            rows.clear()
    _insert(db, "named", columns, rows)
    db.execute("CREATE TABLE roots (node VARCHAR, root VARCHAR)")
    nodes = list(roots)
    for start in range(0, len(nodes), _AT_ONCE):
        some = [(node, _root(roots, node)) for node in nodes[start : start + _AT_ONCE]]
        _insert(db, "roots", ("node", "root"), some)


def _root(roots: dict[str, str], node: str) -> str:
    """The one that stands for all that a name is joined with, the first of them."""
    while (above := roots.get(node, node)) != node:
        roots[node] = node = roots.get(above, above)
    return node


def _union(roots: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(roots, one), _root(roots, other)))
    roots[second] = first
    roots.setdefault(first, first)


class _Seated:
    """A voice of a block."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.profiles: list[Profile] = []
        self.mains: set[str] = set()
        self.names: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()

    def add(self, group: _Group, main: str) -> None:
        self.profiles.append(group.profile)
        self.mains.add(main)
        self.names[group.name] += group.members
        self.kinds[group.kind] += group.members


def _seat(block: list[tuple[_Group, str, list[str]]], seats: _Seats) -> None:
    """Give all groups of a block their voices; who has most members comes first."""
    known: dict[str, list[_Seated]] = defaultdict(list)
    voices: list[_Seated] = []
    for group, main, joining in block:
        voice = _joined(group, main, {id(one): one for name in joining for one in known[name]})
        if voice is None:
            voice = _Seated(seats.number())
            voices.append(voice)
        voice.add(group, main)
        for name in joining:
            if voice not in known[name]:
                known[name].append(voice)
        seats.seats.append((group.number, voice.number))
    seats.voices += [
        (one.number, "", _most(one.kinds), usual_name(one.names, _most(one.kinds)))
        for one in voices
    ]


def _joined(group: _Group, main: str, sharing: Mapping[int, _Seated]) -> _Seated | None:
    """The voice that shares a name and has nothing that speaks against it."""
    ranked = sorted(
        sharing.values(), key=lambda one: (main not in one.mains, -one.names.total(), one.number)
    )
    is_person = class_of(group.kind) == PERSON
    for voice in ranked[:_CANDIDATES]:
        if not (is_person and why_apart(group.profile, voice.profiles[:_SAMPLE])):
            return voice
    return None


def _most(kinds: Counter[str]) -> str:
    return max(sorted(kinds), key=kinds.__getitem__, default="")


# --- rows


def _read(db: "Connection", query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, some at a time, while others are written."""
    reading = db.cursor()
    try:
        reading.execute(query)
        while rows := reading.fetchmany(_AT_ONCE):
            yield from rows
    finally:
        reading.close()


def _insert(db: "Connection", table: str, columns: Iterable[str], rows: list[Any]) -> None:
    import pyarrow

    if rows:
        values = [pyarrow.array(list(one)) for one in zip(*rows, strict=True)]
        append(db, table, pyarrow.Table.from_arrays(values, names=list(columns)))


def _flush(db: "Connection", seats: _Seats) -> None:
    _insert(db, "seats", ("group_number", "voice"), seats.seats)
    _insert(db, "made", ("number", "label", "kind", "name"), seats.voices)
    seats.seats.clear()
    seats.voices.clear()
