"""A mail is read as its sender's words, with what it quotes set apart, whoever wrote it with what."""

import base64
import io
import quopri
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article, PartKind, Unreadable
from pullquote.article.mail import from_mail, is_mail
from pullquote.article.replies import Line, flowed_lines, header, quoted_lines, text_of
from pullquote.article.source import fetch, load


def read(mail: str | bytes) -> Article:
    return from_mail(mail.encode() if isinstance(mail, str) else mail, "a mail")


def own(article: Article) -> list[str]:
    """The paragraphs that nobody else wrote."""
    taken = {offset for part in article.parts for offset in range(*part.span)}
    kept = "".join(" " if i in taken else c for i, c in enumerate(article.text))
    return [line.strip() for line in kept.split("\n\n") if line.strip()]


def quoted(article: Article) -> list[tuple[str, str]]:
    """What others wrote, as (who, words on one line)."""
    return [(part.by, " ".join(article.text[slice(*part.span)].split())) for part in article.parts]


GMAIL = b"""\
Delivered-To: desk@example.org
Received: by 2002:a05:6214:1 with SMTP id x; Tue, 3 Mar 2026 00:12:46 -0800 (PST)
MIME-Version: 1.0
From: =?UTF-8?Q?Zo=C3=AB_Br=C3=A4uer?= <zoe@example.org>
Date: Tue, 3 Mar 2026 09:12:44 +0100
Subject: =?UTF-8?B?UmU6IENhZsOpIGNsb3N1cmUg4oCTIG91ciBzdGF0ZW1lbnQ=?=
To: Sam Roe <sam@example.org>
Content-Type: multipart/alternative; boundary="0004"

--0004
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

Hi Sam,

=E2=80=9CWe regret the closure of the caf=C3=A9 and will help every one of th=
e 340 people concerned,=E2=80=9D said Carla Bruni-Ortiz, chief executive.

On Mon, Mar 2, 2026 at 6:03=E2=80=AFPM Sam Roe <sam@example.org> wrote:

> Hi Zo=C3=AB,
>
> the union says that "nobody was told". What do you say?
>
> On Sun, Mar 1, 2026 at 9:00 AM Zo=C3=AB Br=C3=A4uer <zoe.with.long.address@example.or=
g>
> wrote:
>
>> No comment.
>>
>

--0004
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

<div>Hi Sam,</div><div>other words</div>
--0004--
"""


def test_a_mail_of_gmail() -> None:
    article = read(GMAIL)
    assert article.title == "Re: Café closure – our statement"
    assert (article.byline, article.published) == ("Zoë Bräuer", "2026-03-03")
    assert own(article)[:2] == [
        "Hi Sam,",
        "“We regret the closure of the café and will help every one of the 340 people concerned,” said Carla Bruni-Ortiz, chief executive.",
    ]
    (sam, asked), (zoe, answered) = quoted(article)
    assert (sam, zoe, answered) == ("Sam Roe", "Zoë Bräuer", "No comment.")
    assert 'that "nobody was told". What do you say?' in asked
    assert "other words" not in article.text


OUTLOOK = """\
From: Jane Doe <jane@example.org>
Sent: Tuesday, March 3, 2026 9:12 AM
To: Desk <desk@example.org>
Cc: Press
Subject: RE: Statement on the closure

Hi Sam,

"We regret the closure," said Carla Bruni-Ortiz.

-----Original Message-----
From: Sam Roe [mailto:sam@example.org]
Sent: Monday, March 2, 2026 6:03 PM
To: Jane Doe
Subject: Statement on the closure

Hi Jane,

the union says that "nobody was told".

________________________________
From: Doe, Jane
Sent: Sunday, March 1, 2026 9:00 AM
To: Sam Roe
Subject: Old

We have no comment.
"""


def test_a_mail_copied_from_outlook() -> None:
    article = read(OUTLOOK)
    assert article.title == "RE: Statement on the closure"
    assert (article.byline, article.published) == ("Jane Doe", "2026-03-03")
    assert own(article) == ["Hi Sam,", '"We regret the closure," said Carla Bruni-Ortiz.']
    (sam, asked), (jane, answered) = quoted(article)
    assert (sam, jane) == ("Sam Roe", "Jane Doe")
    assert asked.endswith('Hi Jane, the union says that "nobody was told".')
    assert answered.endswith("We have no comment.")


MUTT = """\
Date: Tue, 3 Mar 2026 09:12:44 +0100
From: jane@example.org
Subject: Re: Statement

On Mon, Mar 02, 2026 at 06:03:11PM +0100, Sam Roe wrote:
> the union says that "nobody was told before the press", and that the
> company "lied to its own people".

That is not true. We told all of them in a meeting on the first of March
in the hall of the plant.

> > We have no comment.
> Still so?

No.

-- \n\
Jane Doe
Press office, Example Foods
+44 20 7946 0000
"""


def test_a_mail_in_the_encoding_of_old_mails() -> None:
    head = "From: jane@example.org\nSubject: Port\nContent-Type: text/plain; charset=utf-7\n\n"
    assert own(read(f"{head}He said +IBw-no+IB0- to it.")) == ["He said “no” to it."]


SIGNED = "I can confirm it: the port will close on Friday."
NAME = "Jane Doe\nPress office | Example Foods\nT: +44 20 7946 0000\nwww.example.org"


@pytest.mark.parametrize(
    "below",
    [
        f"-- \n{NAME}",
        f"Kind regards,\n\n{NAME}",
        "Mit freundlichen Grüßen\nJane Doe",
        "Best,\nJane",
        "Sent from my iPhone",
        f"Regards\n{NAME}\n\nThis email and any attachments are confidential and intended solely\n"
        "for the addressee. If you have received it in error, delete it.",
    ],
)
@pytest.mark.parametrize("is_html", [False, True])
def test_the_signature_of_a_mail_is_no_part_of_it(below: str, is_html: bool) -> None:
    words = f"{SIGNED}\n\n{below}\n"
    if is_html:
        head = "Content-Type: text/html\n\n"
        words = head + "".join(
            f"<p>{line}</p>" for line in words.replace("ly\nfor", "ly for").split("\n")
        )
    else:
        words = f"\n{words}"
    assert own(read(f"From: jane@example.org\nSubject: Port\n{words}")) == [SIGNED]


@pytest.mark.parametrize(
    "below",
    [
        "-- \nJane Doe\n“We will sue,” the company said.",
        "Thanks,\n\nI will send it to you",
        "Regards\nJane Doe\n\nP.S. He denied it",
        "Regards,\nJane Doe\nThe minister told me so",
        "This message is confidential, he wrote: “Nobody is to know of the intended closure.”",
        "Kind regards from all of us who fought for the port were what she sent.",
        "Thanks,\nJane\n\nThe ministry announced that\nit will close the port until\nfurther notice.",
        "Thanks,\nJane\n\nThe port is shut.",
        "-- \nJane Doe\nWe will not give up the harbor\nuntil the last ship has left.",
        "Best,\nJane\n\nThe points:\n- Port closed\n- Mayor resigned",
        "Cheers\nJane\n\nSam Roe: we will fight\nAnn Lee: we will not",
        "-- \nJane Doe\n「我们不会放弃港口」",
        '-- \nJane Doe\n"We go"',
        "Regards,\nJane\n\n‘We will go’",
    ],
)
def test_what_may_be_more_than_a_signature_stays(below: str) -> None:
    article = read(f"From: jane@example.org\nSubject: Port\n\n{SIGNED}\n\n{below}\n")
    said = [line for line in below.split("\n") if line.strip("- ")]
    assert " ".join(article.text.split()) == " ".join(f"{SIGNED} {' '.join(said)}".split())


def test_a_sentence_of_several_lines_in_a_signature_is_one() -> None:
    words = "We will not give up the harbor\nuntil the last ship has left."
    article = read(f"From: jane@example.org\nSubject: Port\n\n{SIGNED}\n\n-- \nJane\n{words}\n")
    assert article.text.endswith(f"\n\n{' '.join(words.split())}")


@pytest.mark.parametrize(
    "above",
    [
        "<p>On Wed, Sam Roe wrote:</p><blockquote><p>WORDS</p></blockquote>",
        "<blockquote type=cite>On 9 Mar 2026, at 08:00, Sam Roe &lt;sam@example.org&gt; wrote:"
        "</blockquote><blockquote type=cite><div>WORDS</div></blockquote>",
        "<div><p><b>From:</b> Sam Roe &lt;sam@example.org&gt;<br><b>Sent:</b> Monday, March 9, 2026"
        "<br><b>To:</b> Jane Doe<br><b>Subject:</b> Port</p></div><p>WORDS</p>",
    ],
)
def test_who_wrote_what_a_mail_of_html_quotes(above: str) -> None:
    page = f'<p>{SIGNED}</p><div class="gmail_signature"><p>Jane Doe</p><p>Press</p></div>{above}'
    mail = f"From: jane@example.org\nSubject: Port\nContent-Type: text/html\n\n{page}"
    article = read(mail.replace("WORDS", "“We will strike,” they told me."))
    (one,) = quoted(article)
    assert one[0] == "Sam Roe"
    assert one[1].endswith("“We will strike,” they told me.")
    assert own(article)[0] == SIGNED
    assert "Press" not in article.text


def test_answers_below_what_they_answer() -> None:
    article = read(MUTT)
    assert article.byline == "jane@example.org"
    assert own(article) == [
        "On Mon, Mar 02, 2026 at 06:03:11PM +0100, Sam Roe wrote:",
        "That is not true. We told all of them in a meeting on the first of March in the hall of the plant.",
        "No.",
    ]
    assert quoted(article) == [
        ("Sam Roe", 'the union says that "nobody was told before the press", and that the company "lied to its own people".'),
        ("", "We have no comment."),
        ("Sam Roe", "Still so?"),
    ]  # fmt: skip


def test_a_mail_passed_on_by_apple_mail_in_base64_and_mislabelled() -> None:
    words = (
        "See below — “now”.\n\nBegin forwarded message:\n\n> From: Sam Roe <sam@example.org>\n"
        "> Subject: Café\n> Date: 2 March 2026 at 18:03:11 CET\n> To: Jane Doe\n> \n> It is over.\n"
    )
    head = (
        "From: Jane Doe <jane@example.org>\nSubject: Fwd: =?iso-8859-1?Q?Caf=E9?=\n"
        "Date: Tue, 3 Mar 2026 23:59:00 -0500\nMime-Version: 1.0 (Mac OS X Mail 16.0)\n"
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"
    )
    article = read(head.encode() + base64.encodebytes(words.encode("cp1252")))
    assert (article.title, article.published) == ("Fwd: Café", "2026-03-03")
    assert own(article) == ["See below — “now”.", "Begin forwarded message:"]
    ((by, said),) = quoted(article)
    assert by == "Sam Roe"
    assert said.endswith("It is over.")


@pytest.mark.parametrize(
    "line",
    [
        "On Mon, 2 Mar 2026 at 18:03, Sam Roe wrote:",
        "On Mon, 2 Mar 2026 at 18:03, Sam Roe <sam@example.org> wrote:",
        "On Mon, Mar 2, 2026 at 6:03 PM Sam Roe <sam@example.org>\nwrote:",
        "On 2 Mar 2026, at 18:03, Sam Roe <sam@example.org> wrote:",
        "On Mon, 02 Mar 2026 18:03:11 +0100\nSam Roe <sam@example.org> wrote:",
        "On 02/03/2026 18:03, Sam Roe wrote:",
        'On 02.03.26 18:03, "Sam Roe" <sam@example.org> wrote:',
        "Sam Roe <sam@example.org> writes:",
        "Sam Roe wrote:",
        "Am 02.03.26 um 18:03 schrieb Sam Roe:",
        "Am Mo., 2. März 2026 um 18:03 Uhr schrieb Sam Roe <sam@example.org>:",
        "Le lun. 2 mars 2026 à 18:03, Sam Roe <sam@example.org> a écrit :",
        "El lun, 2 mar 2026 a las 18:03, Sam Roe (<sam@example.org>) escribió:",
        "Il giorno lun 2 mar 2026 alle ore 18:03 Sam Roe <sam@example.org> ha scritto:",
        "Op ma 2 mrt 2026 om 18:03 schreef Sam Roe <sam@example.org>:",
    ],
)
def test_who_wrote_what_is_quoted_is_said_above_it(line: str) -> None:
    text, parts = text_of(quoted_lines(f"Hello.\n\n{line}\n> It is over.\n> > Is it?"))
    assert [(part.by, text[slice(*part.span)]) for part in parts] == [
        ("Sam Roe", "It is over."),
        ("", "Is it?"),
    ]


def test_what_is_quoted_without_marks_goes_on_to_the_end() -> None:
    line = "On Mon, 2 Mar 2026 at 18:03, Sam Roe <sam@example.org> wrote:"
    text, (part,) = text_of(quoted_lines(f"No.\n\n{line}\n\nIs it over?\n\nSam"))
    assert (part.by, text[slice(*part.span)]) == ("Sam Roe", "Is it over?\n\nSam")


def test_an_article_that_says_what_somebody_wrote_quotes_nobody() -> None:
    text, parts = text_of(quoted_lines("In a letter to all, Sam Roe wrote:\n\nIt is over."))
    assert (text, parts) == ("In a letter to all, Sam Roe wrote:\n\nIt is over.", ())


FLOWED = """\
"We regret the closure of the Norton plant," \n\
said Carla Bruni-Ortiz.
> It is over, and \n\
> that is that.
>> No.
 >not quoted
-- \n\
Jane"""


def test_flowed_lines_are_put_together_at_their_own_level() -> None:
    assert [line for line in flowed_lines(FLOWED) if line.words][:4] == [
        Line(0, '"We regret the closure of the Norton plant," said Carla Bruni-Ortiz.'),
        Line(1, "It is over, and that is that."),
        Line(2, "No."),
        Line(1, "not quoted"),
    ]
    assert flowed_lines("市议会 \n旧港口", without_space=True) == [Line(0, "市议会旧港口")]


def test_quoted_printable_with_latin_1_and_a_wrapped_body() -> None:
    body = (
        "The council voted on Monday night to close the café, after a debate of\n"
        "five hours in which every member spoke, said Zoë Bräuer of the coun-\n"
        "cil’s press office.\n"
    )
    data = quopri.encodestring(body.encode("cp1252"))
    head = "From: a@b.example\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n"
    article = read(f"{head}Content-Type: text/plain; charset=windows-1252\n\n".encode() + data)
    assert article.text == " ".join(body.split()).replace("coun- cil", "council")


HTML_ONLY = """\
From: Jane Doe <jane@example.org>
Date: Tue, 3 Mar 2026 09:12:44 +0100
Subject: Statement
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><head><style>p {color: red}</style></head><body><p>Hi Sam,</p>
<p>“We regret <b>the closure</b>,” said<br>Carla Bruni-Ortiz.</p>
<div class="gmail_quote"><div>On Mon, 2 Mar 2026, Sam Roe wrote:</div>
<blockquote><p>Is it over?</p><blockquote>No comment.</blockquote></blockquote></div></body></html>
"""


def test_a_mail_of_html_alone() -> None:
    article = read(HTML_ONLY)
    assert own(article) == [
        "Hi Sam,",
        "“We regret the closure,” said",
        "Carla Bruni-Ortiz.",
        "On Mon, 2 Mar 2026, Sam Roe wrote:",
    ]
    assert quoted(article) == [("Sam Roe", "Is it over?"), ("", "No comment.")]


def _multipart(kind: str, *parts: str) -> str:
    inside = "".join(f"--b\n{part}\n" for part in parts)
    return (
        "From: Jane Doe <jane@example.org>\nSubject: Statement\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/{kind}; boundary="b"\n\n{inside}--b--\n'
    )


HTML_PART = "Content-Type: text/html\n\n<p>It is over, and I am glad that it is, she said.</p>"


def test_of_two_forms_the_plain_one_is_read_unless_it_is_hollow() -> None:
    plain = "Content-Type: text/plain\n\nIt is over, and I am glad."
    hollow = "Content-Type: text/plain\n\nSee the web."
    assert read(_multipart("alternative", plain, HTML_PART)).text == "It is over, and I am glad."
    assert read(_multipart("alternative", hollow, HTML_PART)).text.startswith("It is over, and I")


def test_all_texts_of_a_mail_are_read_but_no_attached_files() -> None:
    article = read(
        _multipart(
            "mixed",
            "Content-Type: text/plain\n\nIt is over.",
            "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=",
            "Content-Type: text/plain\n\nIt was signed.",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nA file.",
            "Content-Type: message/rfc822\n\nFrom: Sam Roe <sam@example.org>\nSubject: Old\n\nIs it?",
        )
    )
    assert own(article) == ["It is over.", "It was signed."]
    ((by, said),) = quoted(article)
    assert (by, said) == ("Sam Roe", "From: Sam Roe <sam@example.org> Subject: Old Is it?")


def test_a_mail_copied_as_text_is_one_whatever_its_language_and_encoding(tmp_path: Path) -> None:
    words = "Von: Jörg Maier <jm@example.org>\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Desk\nBetreff: Schließung\n\nWir schließen.\n"
    for encoding in ("utf-8", "utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(words.replace("\n", "\r\n").encode(encoding))
        article = load(str(path))
        assert (article.title, article.byline) == ("Schließung", "Jörg Maier")
        assert (article.published, article.text) == ("2026-03-03", "Wir schließen.")


def test_a_header_in_bold_is_one() -> None:
    article = read("**From:** Jane Doe\n**Sent:** 3 March 2026\n**Subject:** It\n\nIt is over.\n")
    assert (article.title, article.byline, article.text) == ("It", "Jane Doe", "It is over.")


def test_a_mail_on_standard_input_is_known_as_one() -> None:
    assert fetch("-", io.BytesIO(GMAIL)).form.name == "mail"
    assert load("-", io.BytesIO(OUTLOOK.encode())).byline == "Jane Doe"
    separated = b"From jane@example.org Tue Mar  3 09:12:44 2026\n" + GMAIL
    assert load("-", io.BytesIO(separated)).byline == "Zoë Bräuer"


@pytest.mark.parametrize(
    "text",
    [
        "From: the beginning, it was clear that it was over.\n\nThe mayor said so.",
        "To: be or not to be\n\nSo he said.",
        "Q: Was it over?\nA: It was.\n\nSo they said.",
        "The council voted.\nFrom: Jane\nSubject: x\n",
    ],
)
def test_other_texts_are_no_mails(text: str) -> None:
    assert not is_mail(text.encode())
    assert header(text) is None


def test_a_mail_without_words_is_refused_as_that() -> None:
    with pytest.raises(Unreadable, match="a mail: is a mail without text"):
        read("From: a@b.example\nSubject: x\n\n")


@pytest.mark.parametrize(
    "broken",
    [
        "From: =?x-none?Q?=ff?= <a@b\nSubject: =?utf-8?B?/////\nDate: 99 Foo\n\nIt is over.",
        "From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=none\n\nIt is over.",
        "From: a@b.example\nSubject: x\nContent-Transfer-Encoding: base64\n\nIt is over.",
        'From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary="n"\n\nIt is over.',
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(broken: str) -> None:
    assert "over" in read(broken).text


levels = st.integers(0, 3).map(lambda depth: ">" * depth + " " * bool(depth))
words = st.sampled_from(
    ["It is over.", "On 2 Mar 2026, Sam wrote:", "Sam wrote:", "-- ", "From: Sam", "Date: x", "Subject: y", "", "so "]
)  # fmt: skip


@given(st.lists(st.tuples(levels, words).map("".join), max_size=20).map("\n".join))
def test_no_letter_of_a_mail_is_lost_and_all_parts_lie_in_it(text: str) -> None:
    for lines in (quoted_lines(text), flowed_lines(text)):
        whole, parts = text_of(lines)
        if not any(line.words.startswith("--") for line in lines):  # no signature
            assert [c for c in whole if c.isalnum()] == [c for c in text if c.isalnum()]
        assert all(part.kind is PartKind.QUOTED for part in parts)
        assert all(0 <= part.start < part.end <= len(whole) for part in parts)
        assert all(one.end < two.start for one, two in pairwise(parts))


def test_parts_in_parts_without_end_are_refused_in_one_line(tmp_path: Path) -> None:
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)
    )
    path = tmp_path / "deep.eml"
    path.write_text(
        f"From: a@example.org\nSubject: Deep\n{deep}Content-Type: text/plain\n\nWords.\n"
    )
    with pytest.raises(Unreadable, match=r"deep\.eml: has parts in parts"):
        load(str(path))


def test_a_year_that_no_calendar_has_is_no_date(tmp_path: Path) -> None:
    path = tmp_path / "old.eml"
    path.write_text(
        "From: a@example.org\nSubject: Old\nDate: Mon, 2 Mar 99999999999 10:00:00 +0000\n\nSome words here.\n"
    )
    assert load(str(path)).text == "Some words here."


@pytest.mark.parametrize("between", ["", "\n--"])
def test_a_sentence_above_is_no_part_of_who_wrote_what_is_quoted(between: str) -> None:
    words = f"Keep this line.{between}\nThe press office wrote:\n> “It is late.”\n"
    (one,) = quoted(read(f"From: jane@example.org\nSubject: Port\n\n{words}"))
    assert one[0] == "The press office"
