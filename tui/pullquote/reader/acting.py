"""What an act is: a function of the session; one that has to ask something is given whom to ask.

It changes the session and gives back what is to be said of it, "" for nothing any more, None where
what was said stays.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from pullquote.reader.questions import Question
from pullquote.reader.session import Session

Answer = TypeVar("Answer")


class Ask(Protocol):
    """Puts a question to the reader; None where they leave it unanswered."""

    async def __call__(self, question: Question[Answer]) -> Answer | None: ...


Act = Callable[[Session], str | None]
AskingAct = Callable[[Session, Ask], Awaitable[str | None]]
