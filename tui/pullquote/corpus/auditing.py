"""The sources of a corpus counted, by site or by time: who speaks, how well sourced, who was asked.

What is counted is what an article's own audit counts (pullquote/audit.py), summed. Shares of women
and men are a guess: by given names that nearly all who bear them are women, or men; whose given
name tells nothing is in neither, and none whose name is a woman's in one country and a man's in
another.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from pullquote.analysis.lexicon import given_names
from pullquote.corpus.arrow import Found, answered
from pullquote.findings import ActorKind
from pullquote.notes.people import given_and_middle

if TYPE_CHECKING:
    from pullquote.corpus.viewing import Connection

BY = {
    "site": "nullif(a.site, '')",
    "month": "strftime(a.day, '%Y-%m')",
    "year": "strftime(a.day, '%Y')",
}


def audited(db: "Connection", by: str, is_short: bool = False) -> Found:
    """A row a site, month or year; an empty one for articles of which that is not known.

    Args:
        db: The tables with the voices (`index.with_tables`).
        by: One of `BY`.
        is_short: Only what fits a terminal, shares as per cent.

    Raises:
        CorpusError: The corpus cannot be read; also while rows are taken.
    """
    db.create_function("gender", gender, ["VARCHAR"], "VARCHAR", null_handling="special")
    query = _AUDIT.format(by=BY[by], name=by)
    short = f"SELECT nullif({by}, '') AS {by}, {_SHORT} FROM ({query})"
    return answered(db, short if is_short else query)


# Women's names in one country, men's in another. The table has whose they are in most of them: that
# is enough for a pronoun in one article, and not for a share of a corpus.
_EITHER = {
    "alix", "andrea", "bo", "camille", "dana", "eden", "evelyn", "gal", "hilary", "inge", "jan",
    "jin", "karen", "lee", "li", "luca", "marion", "min", "mischa", "misha", "nikita", "nikola",
    "noam", "sandy", "sasha", "sascha", "sima", "simone", "slava", "sunny", "tracy", "valya",
    "vanja", "vivian", "vivien", "wei", "yael", "yu", "yuki"
}  # fmt: skip


@lru_cache(100_000)
def gender(name: str | None) -> str:
    """`f` or `m` where the given name tells, "" where it does not: a guess."""
    if not name or " " not in name:
        return ""
    given = given_and_middle(name)[0]
    return "" if given in _EITHER else given_names().get(given, "")


_SHARE = "round({} / nullif({}, 0), 4)"
_SHARES = ",\n    ".join(
    f"{_SHARE.format(part, whole)} AS {name}"
    for name, part, whole in (
        ("named_share", "named", "speakers"),
        ("institutions_share", "institutions", "speakers"),
        ("documents_share", "documents", "speakers"),
        ("anonymous_share", "anonymous", "speakers"),
        ("women_share", "women", "women + men"),
        ("men_share", "men", "women + men"),
        ("words_a_speaker", "quoted_words", "speakers"),
        ("checkable_share", "checkable", "claims"),
    )
)
_HEADINGS = {
    "named": "named",
    "institutions": "orgs",
    "documents": "docs",
    "anonymous": "anon",
    "women": "women",
    "men": "men",
}
_SHORT = ", ".join(
    (
        "articles",
        "words",
        "speakers",
        *(
            f"printf('%d%%', round(100 * {name}_share)::BIGINT) AS {heading}"
            for name, heading in _HEADINGS.items()
        ),
    )
)
_AUDIT = f"""
WITH heads AS (
    SELECT article, coalesce({{by}}, '') AS part, words FROM articles AS a
), spoken AS (
    SELECT s.article, s.actor, count(*) FILTER (s.kind = 'quote') AS quotes,
        coalesce(sum(len(string_split_regex(trim(s.words), '\\s+'))) FILTER (s.kind = 'quote'), 0)
            AS quoted_words
    FROM said AS s GROUP BY ALL
), speakers AS (
    SELECT part, count(actors.kind) AS speakers,
        count(*) FILTER (kind = '{ActorKind.PERSON}') AS named,
        count(*) FILTER (kind IN ('{ActorKind.ORGANISATION}', '{ActorKind.GOVERNMENT}'))
            AS institutions,
        count(*) FILTER (kind = '{ActorKind.DOCUMENT}') AS documents,
        count(*) FILTER (kind = '{ActorKind.UNNAMED}') AS anonymous,
        count(*) FILTER (kind = '{ActorKind.PERSON}' AND gender(actors.name) = 'f') AS women,
        count(*) FILTER (kind = '{ActorKind.PERSON}' AND gender(actors.name) = 'm') AS men,
        count(DISTINCT members.number) AS voices,
        sum(quotes)::BIGINT AS quotes, sum(quoted_words)::BIGINT AS quoted_words
    FROM spoken JOIN heads USING (article)
    LEFT JOIN actors USING (article, actor) LEFT JOIN members USING (article, actor)
    GROUP BY part
), stated AS (
    SELECT part, count(*) AS claims, count(*) FILTER (c.checkable) AS checkable,
        count(*) FILTER (c.via IS NOT NULL) AS second_hand
    FROM claims AS c JOIN heads USING (article)
    SEMI JOIN said ON said.article = c.article AND said.finding = c.finding GROUP BY part
), answers AS (
    SELECT part, count(*) AS replies FROM replies JOIN heads USING (article) GROUP BY part
), counted AS (
    SELECT part, count(*) AS articles, sum(words)::BIGINT AS words FROM heads GROUP BY part
), together AS (
    SELECT part, articles, words, coalesce(speakers, 0) AS speakers, coalesce(voices, 0) AS voices,
        coalesce(named, 0) AS named, coalesce(institutions, 0) AS institutions,
        coalesce(documents, 0) AS documents, coalesce(anonymous, 0) AS anonymous,
        coalesce(women, 0) AS women, coalesce(men, 0) AS men, coalesce(quotes, 0) AS quotes,
        coalesce(quoted_words, 0) AS quoted_words, coalesce(claims, 0) AS claims,
        coalesce(checkable, 0) AS checkable, coalesce(second_hand, 0) AS second_hand,
        coalesce(replies, 0) AS replies
    FROM counted LEFT JOIN speakers USING (part) LEFT JOIN stated USING (part)
    LEFT JOIN answers USING (part)
)
SELECT part AS {{name}}, * EXCLUDE part,
    {_SHARES}
FROM together ORDER BY part = '', {{name}}
"""
