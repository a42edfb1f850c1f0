"""A mailbox: one file of many mails, each of them an article (mbox, RFC 4155)."""

import re
from typing import TYPE_CHECKING

from pullquote.article.forms import Member, Members, Raw, SourceForm
from pullquote.article.mail import MAIL
from pullquote.text import one_line

if TYPE_CHECKING:
    from email.message import Message

_MAILBOX = re.compile(
    rb"From (?=\S)(?>[^\n]*?\d\d:\d\d)(?=[^\n]*?\d{4})[^\n]*+\n(?:>?[!-9;-~]++:|\r?\n)"
)
_BEGINNING = re.compile(rb"(?:\A|\n\r?\n)(?=From \S[^\n]*\d\d:\d\d[^\n]*\d{4})")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)  # so that it is not taken for a beginning
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


def _members(raw: Raw, name: str) -> Members:
    mails = [mail for mail in _BEGINNING.split(raw.data) if mail.strip()]
    return tuple(_member(mail, raw) for mail in mails)


def _member(mail: bytes, raw: Raw) -> Member:
    from email import message_from_bytes, policy  # they take longer to import than all of ours

    _, _, mail = mail.partition(b"\n")
    shorter = policy.default.clone(max_line_length=None)
    mail = _QUOTED_FROM.sub(rb"\1", mail)
    head = message_from_bytes(_END_OF_HEAD.split(mail, 1)[0], policy=shorter)
    note = ", ".join(filter(None, (_field(head, "from"), _field(head, "date"))))
    return Member(
        _field(head, "subject") or "(no subject)",
        note,
        Raw(data=mail, form=MAIL, source=raw.source),
    )


def _field(head: "Message", name: str) -> str:
    try:
        return one_line(str(head.get(name, "")))
    except Exception:  # the standard library raises many kinds of errors on broken headers
        return ""


MBOX = SourceForm(
    name="mbox",
    suffixes=(".mbox", ".mbx"),
    content_types=("application/mbox",),
    members=_members,
    sniff=lambda data: bool(_MAILBOX.match(data)),
)
