"""What there is to say of an article as it opens is on the status line until the first key."""

from pullquote.reader.opening import Opening
from tests.reader.conftest import Open

GARBLED = Opening(remark="some letters look garbled (“AndrÃ©” for “André”); --mend reads them")


async def test_garbled_letters_are_remarked_on_when_the_article_opens(desk: Open) -> None:
    async with desk(opening=GARBLED) as at:
        assert "some letters look garbled" in at.status
        await at.press("n")
        assert "garbled" not in at.status
