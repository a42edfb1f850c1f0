"""Which threshold tells a story that was printed again from another one about the same event.

Four events, made up, each told by two reporters who were at the same press conference and have the
same quotations. Each story is edited as papers edit what agencies send; whoever edits it so, it is
the same story. The other reporter's, however edited, is not.
"""

import random
import re
from collections.abc import Callable, Iterator

from pullquote.corpus.signatures import HASHES, signature

STORIES = (
    (
        """The harbour board of Quayside voted on Tuesday to close the eastern quay to ships of more than 20,000 tons from next month, after divers found cracks in two of the pillars that carry it. “We sail at dawn or we do not sail at all,” Ada Quay, who chairs the board, told reporters after the vote. “Nobody is going to be put at risk for a schedule.” Shipping companies said the decision would cost them up to four million crowns a week. Ben Sand, a spokesman for the dockers' union, called it overdue. The union had asked for an inspection in March, he said, and was told that there was no money for one. The quay was built in 1961 and carries a third of the town's freight. Repairs are expected to take until the autumn. The board did not say who would pay for them. A government official, who asked not to be named, said that the ministry would decide in May. Two ships that were due this week have been sent to other ports.""",
        """Ships above 20,000 tons will have to find another berth than Quayside's eastern quay as of next month. The decision came out of a stormy meeting of the port's governing body, where members argued for three hours over a divers' report that had been leaked to local radio. “We sail at dawn or we do not sail at all,” said chairwoman Ada Quay. “Nobody is going to be put at risk for a schedule.” The report, seen by this paper, speaks of cracks as wide as a hand. It was handed in six weeks ago. Why it took so long to be read, Quay would not say. Dockers cheered outside when the result was read to them. Their spokesman Ben Sand said his people had warned for years. Grain traders were less pleased: with the harvest coming in, they reckon on queues of lorries through the old town. An economist at the local college put the loss at one per cent of the region's output, if nothing is found soon.""",
    ),
    (
        """Parliament passed a law on Thursday that lets the police keep pictures from street cameras for ninety days, three times as long as before. The vote was 112 to 97. Interior Minister Carl Reed said that the police had lost track of suspects in two hundred cases because pictures were deleted too early. “Those who have nothing to hide are protected by this law, not watched by it,” he told the chamber. The opposition left the room before the vote. Its leader, Dora Lind, said that she would take the law to the constitutional court. “A country that films everybody trusts nobody,” she said. The data protection commissioner had called an earlier draft disproportionate. The law takes effect in January. Towns will have to pay for storage themselves, which their association puts at sixty million a year. A last-minute amendment that would have exempted schools and hospitals was voted down.""",
        """Ninety days instead of thirty: that is how long footage of anybody who walks past a police camera may be stored from January. What sounds like a technicality split the country's lawmakers down the middle. “Those who have nothing to hide are protected by this law, not watched by it,” Interior Minister Carl Reed shouted over the din. Half of the benches were empty by then. “A country that films everybody trusts nobody,” Dora Lind, who leads the opposition, told a crowd on the steps outside. Civil liberties groups had gathered there since the morning with cardboard cameras on their heads. Legal scholars give a complaint fair odds: the court threw out a similar statute nine years ago, though on other grounds. Police unions, for their part, complained that nobody had asked them who would look through all those hours of film. Mayors fear for their budgets.""",
    ),
    (
        """A fire destroyed the central depot of the food bank in Millbrook on Sunday night. Nobody was hurt. The fire brigade was called at 11.40 p.m. and needed until the morning to put out the flames, its chief, Emil Frost, said. “We could save the lorries, but not one tin of what was inside,” he said. The food bank gives out meals to eight thousand people a week. Its director, Fay Holm, said that deliveries would go on from a gymnasium. “If every family in town brings one bag, we open on Wednesday as always,” she said. The cause is not known. The police have asked for witnesses, and said that there were no signs of arson so far. Supermarkets have promised help. The building was insured, but not its contents, Holm said. It was put up in 1988 as a furniture store, and had no sprinklers. The mayor visited the site on Monday.""",
        """By Monday morning only the sign was left standing: Millbrook's food bank, on which one household in nine relies, has burnt to the ground. “We could save the lorries, but not one tin of what was inside,” fire chief Emil Frost said, his face black with soot. Neighbours had noticed a smell of burnt plastic shortly before midnight and thought of a barbecue. Within minutes the roof was alight. Volunteers wept when they came to work. But by noon the first cars with groceries drew up at the school gym across the road. “If every family in town brings one bag, we open on Wednesday as always,” said Fay Holm, who has run the charity since it was founded in her kitchen. A collection on the internet stood at forty thousand by the evening. Detectives are looking at recordings from a petrol station nearby, yet do not believe that somebody laid the fire.""",
    ),
    (
        """Researchers at the University of Northfield have found that bees remember the faces of people who feed them for at least two weeks. In the journal Field Letters they report on four hundred bees that were given sugar water by one of two masked assistants. When both came back without anything after fifteen days, seven in ten bees flew to the one who had fed them. “We were so surprised that we did it all over again with other masks,” said Gina Marsh, who led the study. The result was the same. Other scientists urged caution. “It may be the smell of a glove, and not a face at all,” said Hugo Penn of the Coastal Institute, who was not involved. Marsh said that gloves had been changed every day. The team wants to find out next whether bees tell each other. The study was paid for by the national science fund and by a maker of honey, which had no say in it, the authors write.""",
        """Could the bee on your balcony know you? A new paper says yes, for a fortnight or so. Gina Marsh spent two summers in a greenhouse in Northfield, hidden behind a plastic mask, handing out syrup with a pipette. Her rival in a different mask handed out plain water. Two weeks on, most of the insects still preferred hers. “We were so surprised that we did it all over again with other masks,” she said on the telephone. Not everybody is convinced. “It may be the smell of a glove, and not a face at all,” Hugo Penn, who studies wasps by the sea, told us. Marsh laughs at that one. She went through eleven boxes of gloves. Beekeepers we spoke to shrugged: of course they know us, said one, they sting my brother-in-law only. Whether the creatures pass on what they know is the subject of her next summer, if her back allows it.""",
    ),
)  # fmt: skip
EDITS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "another title": lambda text, chance: ["What", "you", "need", "to", "know", "today", *text],
    "another agency's line, and a credit": lambda text, chance: [
        "QUAYSIDE", "(Wire)", "-", *text, "Reporting", "by", "A.", "Cole;", "editing", "by", "B.", "Roe",
    ],
    "cut to 80 %": lambda text, chance: text[: len(text) * 8 // 10],
    "cut to 65 %": lambda text, chance: text[: len(text) * 65 // 100],
    "cut to 50 %": lambda text, chance: text[: len(text) // 2],
    "one word in 25 is another": lambda text, chance: [
        "other" if chance.random() < 0.04 else word for word in text
    ],
    "one sentence in five is left out": lambda text, chance: [
        word
        for at, sentence in enumerate(re.split(r"(?<=[.”]) ", " ".join(text)))
        if at % 5 != 3
        for word in sentence.split()
    ],
    "a paragraph of background is added": lambda text, chance: [
        *text, *(f"background{chance.randrange(500)}" for _ in range(len(text) // 4)),
    ],
}  # fmt: skip
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def printed() -> Iterator[tuple[int, str, str, str]]:
    """Each story as it was and as it was edited: its number, the edit, the two texts."""
    every = [text for pair in STORIES for text in pair]
    for number, text in enumerate(every):
        for name, edit in EDITS.items():
            yield number, name, text, " ".join(edit(text.split(), random.Random(number)))


def near(one: str, other: str) -> float:
    """How near two texts are by their signatures."""
    signatures = (signature(text)[1] for text in (one, other))
    first, second = (list(memoryview(one).cast("I")) for one in signatures)
    return sum(a == b for a, b in zip(first, second, strict=True)) / HASHES


def measured() -> None:
    """Print how near the same story is by its edits, and what each threshold gets right."""
    same = [(name, near(text, edited)) for _, name, text, edited in printed()]
    versions = [(number, edited) for number, _, _, edited in printed()]
    others = [
        near(one, other)
        for at, (number, one) in enumerate(versions)
        for again, other in versions[at:]
        if again // 2 == number // 2 and again != number
    ]
    for name in EDITS:
        found = [one for edit, one in same if edit == name]
        print(f"  {name:40} {min(found):.2f} to {max(found):.2f}")
    print(f"  {'another story of the same event':40} {min(others):.2f} to {max(others):.2f}")
    for least in THRESHOLDS:
        right = sum(one >= least for _, one in same)
        wrong = sum(one >= least for one in others)
        precision = right / (right + wrong) if right else 0.0
        print(f"  from {least}: precision {precision:.3f}, recall {right / len(same):.3f}")


if __name__ == "__main__":
    measured()
