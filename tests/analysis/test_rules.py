"""Every rule of the analysis on a sentence of our own, and on a near miss that it must leave alone.

What is held here is what a reader sees (whose words, which words, of what kind), no share or score,
which another processor may compute otherwise in the third place.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.attributions import attributions_of
from pullquote.analysis.encoder import Link
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import analyse, found_in, parse
from pullquote.findings import VOUCHED, Findings, Rule
from pullquote.kinds import RULES
from pullquote.text import Span, joined, paragraphs

Shown = list[str]


class Row(NamedTuple):
    """What a rule makes of a text, and what is made of one that only looks like it."""

    rule: str
    text: str
    found: Shown
    near: str
    near_found: Shown


@cache
def analysed(text: str) -> Findings:
    return analyse(text, cores=1)


@cache
def by_rules(text: str) -> Findings:
    """The findings of the rules alone, without those of the attribution model."""
    page = paragraphs(text)
    parsed = Parsed(text, list(parse(text, page, DEFAULT_MODEL)))
    return found_in(parsed, page, attributions_of(text, page, ()), "rules")


def who(found: Findings, actor: str | None) -> str:
    one = found.actor(actor)
    return one.name if one else "nobody"


# --- attributions, by the rules alone


def said(text: str) -> Shown:
    found = by_rules(text)
    return [
        f"{one.rule}: {who(found, one.speaker)}: {joined(text, one.content)}"
        for one in found.attributions
    ]


SAID = (
    Row(
        "transcript",
        "WALLACE: Will you attend the meeting?\nPENCE: I will not be there, Chris.",
        [
            "transcript: WALLACE: Will you attend the meeting?",
            "transcript: PENCE: I will not be there, Chris.",
        ],
        "WALLACE: Will you attend the meeting?\nNobody answered.",
        [],
    ),
    Row(
        "transcript: a name in full once, in short below",
        "The Courier: Why?\nNora Finch: It was late.\nThe Courier: So?\nFinch: I left.",
        [
            "transcript: Courier: Why?",
            "transcript: Nora Finch: It was late.",
            "transcript: Courier: So?",
            "transcript: Nora Finch: I left.",
        ],
        "The Courier: Why?\nNora Finch: It was late.\nThe Herald: So?\nDov Klein: I left.",
        [],
    ),
    Row(
        "interview: questions that stand alone",
        "Ruth Amis on homes\nRuth Amis, the minister, has a plan.\nYou promised homes. Where are they?\n"
        "We have built some, and I am proud of each.\nTell us about the others.\nMy builders went bust.\n"
        "They are back now.\nWould you resign?\nI would not.\nThis interview was cut.",
        [
            "interview: Ruth Amis: We have built some, and I am proud of each.",
            "interview: Ruth Amis: My builders went bust. … They are back now.",
            "interview: Ruth Amis: I would not.",
        ],
        "What the plan is\nRuth Amis, the minister, has a plan.\nWhat is in it?\n"
        "It pays for homes.\nWhen does it begin?\nIt begins in May.\nWhat if you are a builder?\n"
        "Write to the ministry.",
        [],
    ),
    Row(
        "signature",
        "The show closed on Sunday.\n“The worst play I have ever seen.” ― Ann Cole",
        ["signature: Ann Cole: “The worst play I have ever seen.”"],
        "The show closed.\nIt was “the worst play” of the year ― Ann Cole",
        [],
    ),
    Row(
        "spoken: the name first",
        "“It never crossed my mind,” Jane Miller said.",
        ["spoken: Jane Miller: “It never crossed my mind,”"],
        "“It never crossed my mind,” a song by Jane Miller, is out.",
        [],
    ),
    Row(
        "spoken: the verb first, and the words go on",
        "“It never crossed my mind,” said Jane Miller. “Not once.”",
        ["spoken: Jane Miller: “It never crossed my mind,” … “Not once.”"],
        "“Mind,” said Jane Miller.",
        [],
    ),
    Row(
        "spoken: over two paragraphs",
        "“We will not give up,” said Jane Miller. “We owe it to our children.\n“They have waited "
        "for years.”",
        [
            "spoken: Jane Miller: “We will not give up,” … “We owe it to our children. … “They "
            "have waited for years.”",
        ],
        "“We will not give up,” said Jane Miller. “We owe it to our children.”\n“They have waited "
        "for years.”",
        [
            "spoken: Jane Miller: “We will not give up,” … “We owe it to our children.”",
            "floating: Jane Miller: “They have waited for years.”",
        ],
    ),
    Row(
        "floating",
        "Jane Miller came on Sunday.\n“We will not give up our house.”",
        ["floating: Jane Miller: “We will not give up our house.”"],
        "Jane Miller came on Sunday.\nThe play is called “The House”.",
        [],
    ),
    Row(
        "cited",
        "The Arab League called it an “adverse development”.",
        ["cited: Arab League: “adverse development”"],
        "The Arab League opened “Development House” on Sunday.",
        [],
    ),
)


# --- attributions, by the rules on what the model is taken to have found


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def linked(text: str, *links: tuple[str, str, tuple[str, ...]]) -> list[str]:
    """The contents after the rules, of links given by the words of their parts."""
    made = [
        Link(place(text, source), place(text, cue), tuple(place(text, one) for one in contents))
        for source, cue, contents in links
    ]
    return [
        f"{joined(text, one.cue)}: {joined(text, one.content)}"
        for one in attributions_of(text, paragraphs(text), made)
    ]


def test_a_content_that_all_but_reaches_the_marks_ends_on_them() -> None:
    text = "“We will go home,” said Ann Lee."
    assert linked(text, ("Ann Lee", "said", ("We will go home",))) == ["said: “We will go home,”"]
    assert linked(text, ("Ann Lee", "said", ("We will go",))) == ["said: “We will go"]


def test_an_adverb_before_that_is_no_part_of_a_content() -> None:
    text = "Aides stated publicly that it was shut."
    assert linked(text, ("Aides", "stated", ("publicly that it was shut",))) == [
        "stated: that it was shut"
    ]
    text = "Aides stated family rules were void."
    assert linked(text, ("Aides", "stated", ("family rules were void",))) == [
        "stated: family rules were void"
    ]


def test_a_content_that_points_out_of_its_paragraph_belongs_to_a_bare_cue_there() -> None:
    text = "Ann Lee said it was late.\nIt would rain, Bob Cole added."
    given = ("Ann Lee", "said", ("it was late", "It would rain"))
    assert linked(text, given, ("Bob Cole", "added", ())) == [
        "said: it was late",
        "added: It would rain",
    ]
    assert linked(text, given) == ["said: it was late … It would rain"]


def of_whom(text: str, source: str, cue: str, content: str) -> Shown:
    """Whose words the quotes are, of a link given by the words of its parts."""
    page = paragraphs(text)
    parsed = Parsed(text, list(parse(text, page, DEFAULT_MODEL)))
    link = Link(place(text, source), place(text, cue), (place(text, content),))
    found = found_in(parsed, page, attributions_of(text, page, [link]), "rules")
    return [f"{who(found, one.speaker)}: {joined(text, one.content)}" for one in found.quotes]


PASSED_ON = (
    (
        "The court heard Ann Cole admit to “a slip of the pen”.",
        ("The court", "heard", "Ann Cole admit to “a slip of the pen”"),
        ["Ann Cole: “a slip of the pen”"],
        "The court heard that Ann Cole made “a slip of the pen”.",
        ("The court", "heard", "that Ann Cole made “a slip of the pen”"),
        ["nobody: “a slip of the pen”"],
    ),
    (
        "According to the Herald, Ann Cole said: “The pen slipped.”",
        ("the Herald", "According to", "“The pen slipped.”"),
        ["Ann Cole: “The pen slipped.”"],
        "According to the Herald, that said: “The pen slipped.”",
        ("the Herald", "According to", "“The pen slipped.”"),
        ["Herald: “The pen slipped.”"],
    ),
)


@pytest.mark.parametrize(("text", "link", "said", "near", "near_link", "near_said"), PASSED_ON)
def test_words_that_somebody_passes_on_are_of_whom_the_verb_right_over_them_has(
    text: str,
    link: tuple[str, str, str],
    said: Shown,
    near: str,
    near_link: tuple[str, str, str],
    near_said: Shown,
) -> None:
    assert of_whom(text, *link) == said
    assert of_whom(near, *near_link) == near_said


# --- claims


def claimed(text: str) -> Shown:
    found = analysed(text)
    return [
        f"{one.rule}, {one.sourcing}, {one.commitment}: {joined(text, one.content)}"
        for one in found.claims
    ]


CLAIMED = (
    Row(
        "reported: named",
        "Jane Miller said that the bridge was “not safe at all” and would be closed.",
        ["reported, named, asserted: the bridge was “not safe at all” and would be closed"],
        "Jane Miller said little. The bridge was not safe at all.",
        [],
    ),
    Row(
        "reported: institution, official, anonymous",
        "The Foreign Ministry said the talks had failed.",
        ["reported, institution, asserted: the talks had failed"],
        "French officials said the talks had failed. People familiar with the matter said the "
        "bank would be sold.",
        [
            "reported, official, asserted: the talks had failed",
            "reported, anonymous, asserted: the bank would be sold",
        ],
    ),
    Row(
        "reported: what is found out asserts",
        "The study found that the river was rising.",
        ["reported, document, asserted: the river was rising"],
        "Jane Miller praised the mayor.",
        [],
    ),
    Row(
        "reported: a promise binds who makes it",
        "Jane Miller vowed to veto the bill.",
        ["reported, named, insisted: to veto the bill"],
        "Jane Miller told the workers to leave the building.",
        [],
    ),
    Row(
        "reported: a denial without a clause",
        "The ministry denied that it had warned the pilots.",
        ["reported, institution, denied: it had warned the pilots"],
        "Jane Miller did not say that the bridge was safe.",
        [],
    ),
    Row(
        "hedge: an adverb",
        "The army is reportedly leaving the town.",
        ["hedge, unattributed, suggested: The army is reportedly leaving the town"],
        "The army is quickly leaving the town.",
        [],
    ),
    Row(
        "hedge: an adverb in a headline",
        "Apple reportedly close to a deal with Intel",
        ["hedge, unattributed, suggested: Apple reportedly close to a deal with Intel"],
        "Apple finally close to a deal with Intel",
        [],
    ),
    Row(
        "hedge: is said to",
        "The minister is said to be ill.",
        ["hedge, unattributed, suggested: The minister is said to be ill"],
        "The minister was ill in Bonn.",
        [],
    ),
    Row(
        "hedge: it is said that",
        "It is said that the castle is haunted.",
        ["hedge, unattributed, suggested: the castle is haunted"],
        "It is nice that the castle is open.",
        [],
    ),
    Row(
        "hedge: without what only adds to it",
        "The army is reportedly leaving the town, and the mayor is glad.",
        ["hedge, unattributed, suggested: The army is reportedly leaving the town"],
        "Reportedly.",
        [],
    ),
)


# --- warnings


def warned(text: str) -> Shown:
    found = analysed(text)
    return [
        f"{one.rule}, {one.kind}: {who(found, one.speaker)}: {joined(text, one.span)}"
        for one in found.warnings
    ]


WARNED = (
    Row(
        "cue",
        "Iran warned that the talks would collapse.",
        ["cue, caution: Iran: the talks would collapse"],
        "Iran announced that the talks would resume.",
        [],
    ),
    Row(
        "cue: an ultimatum",
        "The general gave them an ultimatum: “Leave the town by noon, or else.”",
        ["cue, ultimatum: The general: “Leave the town by noon, or else.”"],
        "The general gave them an answer: “Leave the town by noon, my friends.”",
        [],
    ),
    Row(
        "cue: a fear with somebody who fears",
        "Experts fear that the dam will break.",
        ["cue, fear: Experts: the dam will break"],
        "Experts say that the dam will hold.",
        [],
    ),
    Row(
        "phrase: threat",
        "The minister said that all options are on the table.",
        ["phrase, threat: The minister: all options are on the table"],
        "The minister said that all papers are on the table.",
        [],
    ),
    Row(
        "phrase: red line",
        "The Kremlin said that any intervention would cross a red line.",
        ["phrase, red line: the Kremlin: any intervention would cross a red line"],
        "The Kremlin said that any intervention would cross a red square.",
        [],
    ),
    Row(
        "phrase: ultimatum",
        "The general said the rebels have until Monday to leave the town.",
        ["phrase, ultimatum: The general: the rebels have until Monday to leave the town"],
        "The general said the rebels had left the town on Monday.",
        [],
    ),
    Row(
        "coercion: an act by itself",
        "Farmers said they would blockade Paris from Monday.",
        ["coercion, threat: Farmers: they would blockade Paris from Monday"],
        "Farmers said they would visit Paris on Monday.",
        [],
    ),
    Row(
        "coercion: by what is imposed",
        "The president vowed to impose sanctions on the company.",
        ["coercion, threat: The president: to impose sanctions on the company"],
        "The president vowed to impose order on the company.",
        [],
    ),
    Row(
        "coercion: leaving, under a condition",
        "The union said it would withdraw its observers unless the talks resumed.",
        ["coercion, threat: The union: it would withdraw its observers unless the talks resumed"],
        "The union said it would withdraw its papers on Friday.",
        [],
    ),
    Row(
        "coercion: the issuer is who acts, not who reports it",
        "Iran threatened on Tuesday to cut off electricity to the republic, the agency reported.",
        [
            "coercion, threat: Iran: Iran threatened on Tuesday to cut off electricity to the "
            "republic"
        ],
        "Iran offered on Tuesday to sell electricity to the republic, the agency reported.",
        [],
    ),
    Row(
        "answer",
        "The minister said: “If they come again, we will respond.”",
        ["answer, threat: The minister: “If they come again, we will respond.”"],
        "The minister said: “If they come again, we will cook.”",
        [],
    ),
    Row(
        "harm",
        "The minister said that an attack on the port would provoke a war.",
        ["harm, caution: The minister: an attack on the port would provoke a war"],
        "The minister said that a visit to the port would please the crew.",
        [],
    ),
    Row(
        "harm: not of a year long past",
        "Experts said that in June the army would attack the port.",
        ["harm, caution: Experts: in June the army would attack the port"],
        "Experts said that in 1914 the army would attack the port.",
        [],
    ),
)


def foretold(text: str) -> Shown:
    """The warnings that no attribution of the model covers."""
    found = by_rules(text)
    return [
        f"{one.rule}, {one.kind}: {who(found, one.speaker)}: {joined(text, one.span)}"
        for one in found.warnings
    ]


FORETOLD = (
    Row(
        "verb",
        "Iran threatened to cut off electricity to the republic.",
        ["verb, threat: Iran: to cut off electricity to the republic"],
        "Iran has not threatened to cut off electricity to the republic.",
        [],
    ),
    Row(
        "verb: what one warns of, not whom",
        "The weather service warned of floods.",
        ["verb, caution: nobody: floods"],
        "The weather service warned the captain.",
        [],
    ),
    Row(
        "fear",
        "The move raised fears of a wider war.",
        ["fear, fear: nobody: raised fears of a wider war"],
        "The move raised hopes of a wider peace.",
        [],
    ),
    Row(
        "fear: nobody's",
        "Shops closed amid fears that the dam would break.",
        ["fear, fear: nobody: fears that the dam would break"],
        "Shops closed, to the owner's fears of thieves.",
        [],
    ),
)


def parted(text: str) -> Shown:
    """The parts of the warnings."""
    parts = [
        (joined(text, one.target), joined(text, one.condition), joined(text, one.consequence))
        for one in analysed(text).warnings
    ]
    return [
        f"target {target} · if {condition} · then {consequence}"
        for target, condition, consequence in parts
    ]


PARTED = (
    Row(
        "cue: an if-clause is the condition, the object the target",
        "The general warned that the army would attack the rebels if they stayed.",
        ["target the rebels · if if they stayed · then that the army would attack the rebels"],
        "The general warned that the army would attack.",
        ["target  · if  · then attack"],
    ),
    Row(
        "phrase: the subject of the modal is the condition",
        "Russia said that any deployment of troops would be a direct threat.",
        ["target  · if any deployment of troops · then be a direct threat"],
        "The minister said that all options are on the table.",
        ["target  · if  · then "],
    ),
)


# --- quotes


def quoted(text: str) -> Shown:
    found = analysed(text)
    return [
        f"{who(found, one.speaker)}, {one.kind}: {joined(text, one.content)}"
        for one in found.quotes
    ]


QUOTED = (
    Row(
        "direct",
        "“The bridge is safe,” Jane Miller, the mayor of Bonn, said on Monday.",
        ["Jane Miller, direct: “The bridge is safe,”"],
        "The bridge is safe, Jane Miller, the mayor of Bonn, said on Monday.",
        [],
    ),
    Row(
        "mixed: only what stands in marks",
        "Jane Miller said that the bridge was “not safe at all” and would be closed.",
        ["Jane Miller, mixed: “not safe at all”"],
        "Jane Miller said the so-called “peace bridge” would be closed.",
        [],
    ),
    Row(
        "continued: over a paragraph's end",
        "“We will not give up,” said Jane Miller. “We owe it to our children.\n“They have waited "
        "for years.”",
        [
            "Jane Miller, direct: “We will not give up,” … “We owe it to our children. … “They "
            "have waited for years.”"
        ],
        "“We will not give up this fight,” said Jane Miller.\n“They have waited for years,” said "
        "Tom Brown.",
        [
            "Jane Miller, direct: “We will not give up this fight,”",
            "Tom Brown, direct: “They have waited for years,”",
        ],
    ),
)


# --- actors and what stands for them


def known(text: str) -> Shown:
    return [
        f"{one.name}, {one.kind}: {' · '.join(text[slice(*span)] for span in one.mentions)}"
        for one in analysed(text).actors
    ]


KNOWN = (
    Row(
        "parse: a surname",
        "Anna Keller spoke on Monday. Keller was late.",
        ["Anna Keller, person: Anna Keller · Keller"],
        "Anna Keller spoke on Monday. Tom Keller was late.",
        ["Anna Keller, person: Anna Keller", "Tom Keller, person: Tom Keller"],
    ),
    Row(
        "parse: an initial",
        "Anna Keller spoke on Monday. A. Keller said the road was open.",
        ["Anna Keller, person: Anna Keller · A. Keller"],
        "Anna Keller spoke on Monday. Bob Keller said the road was open.",
        ["Anna Keller, person: Anna Keller", "Bob Keller, person: Bob Keller"],
    ),
    Row(
        "parse: an office",
        "French President Emmanuel Dupont spoke on Monday. The president left in the evening.",
        [
            "Emmanuel Dupont, person: French President Emmanuel Dupont · Emmanuel Dupont · The "
            "president"
        ],
        "French President Emmanuel Dupont spoke on Monday. The presidency is an old office.",
        ["Emmanuel Dupont, person: French President Emmanuel Dupont · Emmanuel Dupont"],
    ),
    Row(
        "parse: initials",
        "The World Health Organization spoke on Monday. The WHO said it was ready.",
        ["World Health Organization, organisation: The World Health Organization · The WHO · it"],
        "The World Health Organization spoke on Monday. The FBI said that taxes would rise.",
        [
            "World Health Organization, organisation: The World Health Organization",
            "FBI, organisation: The FBI",
        ],
    ),
    Row(
        "parse: a company without its Corp.",
        "Acme Corp. said on Monday that sales had risen. Acme said it would hire.",
        ["Acme Corp., organisation: Acme Corp. · Acme · it"],
        "Acme Corp. said on Monday that sales had risen. The FBI said it would hire.",
        ["Acme Corp., organisation: Acme Corp.", "FBI, organisation: The FBI · it"],
    ),
    Row(
        "parse: the country",
        "France said on Monday that it would pay. The country said it was ready.",
        ["France, government: France · it · The country · it"],
        "The minister lives in France. The country is beautiful.",
        [],
    ),
    Row(
        "parse: a capital that acts",
        "Moscow rejected the plan on Monday.",
        ["Russia, government: Moscow"],
        "The minister flew to Moscow on Monday.",
        [],
    ),
    Row(
        "parse: a group that acts",
        "British officials rejected the plan on Monday.",
        ["British officials, unnamed: British officials"],
        "The reporter met British officials on Monday.",
        [],
    ),
    Row(
        "parse: all of a party",
        "The Democrats rejected the plan on Monday.",
        ["Democrats, group: Democrats"],
        "The Democratic plan failed on Monday.",
        [],
    ),
    Row(
        "parse: one of many",
        "A senator told the paper that the plan had failed.",
        ["A senator, unnamed: A senator"],
        "The plan of a senator failed on Monday.",
        [],
    ),
    Row(
        "parse: he and she",
        "Mary Smith met Tom Brown. He said the plan had failed.",
        ["Mary Smith, person: Mary Smith", "Tom Brown, person: Tom Brown · He"],
        "Mary Smith met Tom Brown. She said the plan had failed.",
        ["Mary Smith, person: Mary Smith · She", "Tom Brown, person: Tom Brown"],
    ),
    Row(
        "parse: they",
        "The senators met on Monday. They said the talks had failed.",
        ["The senators, group: The senators · They"],
        "The senators met on Monday. It was a long day.",
        ["The senators, group: The senators"],
    ),
    Row(
        "parse: a relative",
        "Jane Miller, who cautioned that the bridge was unsafe, left.",
        ["Jane Miller, person: Jane Miller · who"],
        "Jane Miller, on whose bridge it rained, left.",
        ["Jane Miller, person: Jane Miller"],
    ),
)


# --- stances


def stances(text: str) -> Shown:
    return [f"{one.stance}: {joined(text, one.content)}" for one in analysed(text).attributions]


STANCES = (
    Row(
        "told to is wanted",
        "Jane Miller told the workers to leave the building.",
        ["wanted: to leave the building"],
        "Jane Miller told the workers that the building was safe.",
        ["said: that the building was safe"],
    ),
    Row(
        "a judgment is felt",
        "Jane Miller praised the mayor.",
        ["felt: the mayor"],
        "“The mayor is right,” Jane Miller said in praise.",
        ["said: “The mayor is right,”"],
    ),
    Row(
        "what a court hears was said there",
        "The court heard that the law was void.",
        ["said: that the law was void"],
        "Jane Miller heard that the law was void.",
        ["perceived: that the law was void"],
    ),
)


# --- furniture


def dimmed(text: str) -> Shown:
    return [text[slice(*span)] for span in analysed(text).furniture]


DIMMED = (
    Row(
        "a link",
        "The senator said taxes must fall.\nAlso read: Senator says he “will never” pay\nThe end "
        "came soon.",
        ["Also read: Senator says he “will never” pay"],
        "The senator said taxes must fall.\nHe also read the bill to the crowd in the "
        "square.\nThe end came soon.",
        [],
    ),
    Row(
        "a credit",
        "Photo: Ann Lee/The Agency\nThe bridge opened on Monday.",
        ["Photo: Ann Lee/The Agency"],
        "Photos by Ann Lee of the bridge won a prize on Monday.\nThe bridge opened.",
        [],
    ),
    Row(
        "a dateline",
        "BERLIN (Reuters) - The bridge opened on Monday.",
        ["BERLIN (Reuters) -"],
        "BERLIN is the capital of Germany - and the bridge opened on Monday.",
        [],
    ),
)

# --- replies


def asked(text: str) -> Shown:
    found = analysed(text)
    return [
        f"{one.rule}, {one.kind}: {who(found, one.speaker)}: {joined(text, one.span)}"
        for one in found.replies
    ]


ASKED = (
    Row(
        "asked: who was asked did not answer",
        "Jane Miller could not be reached for comment.",
        ["asked, could not be reached: Jane Miller: Jane Miller could not be reached for comment"],
        "Jane Miller could not be reached by the boat.",
        [],
    ),
)

TABLES: tuple[tuple[Callable[[str], Shown], tuple[Row, ...]], ...] = (
    (asked, ASKED),
    (said, SAID),
    (claimed, CLAIMED),
    (warned, WARNED),
    (foretold, FORETOLD),
    (parted, PARTED),
    (quoted, QUOTED),
    (known, KNOWN),
    (stances, STANCES),
    (dimmed, DIMMED),
)
EACH = [
    pytest.param(shown, row, id=f"{shown.__name__}: {row.rule}")
    for shown, rows in TABLES
    for row in rows
]


@pytest.mark.parametrize(("shown", "row"), EACH)
def test_a_rule_finds_what_it_is_for_and_leaves_a_near_miss(
    shown: Callable[[str], Shown], row: Row
) -> None:
    assert shown(row.text) == row.found
    assert shown(row.near) == row.near_found


def test_every_rule_has_its_row() -> None:
    """A rule that finds things has a sentence above, and each of those names a rule."""
    rows = [row for _, rows in TABLES for row in rows]
    found = [
        one
        for row in rows
        for text in (row.text, row.near)
        for one in (analysed(text), by_rules(text))
    ]
    rules = {
        thing.rule
        for one in found
        for thing in (*one.actors, *one.attributions, *one.claims, *one.warnings, *one.replies)
    }
    ours = set(Rule) - VOUCHED - {Rule.PLUG_IN}
    assert rules == ours
    named = {row.rule.partition(":")[0] for row in rows}
    assert ours - {Rule.MODEL} <= named  # the model's own are most of the table


def test_every_rule_can_say_why() -> None:
    assert set(RULES) == set(Rule)
