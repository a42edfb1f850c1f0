"""In which order the claims' pane lists them; the choice is saved in the settings."""

import msgspec

from pullquote.kinds import ORDERS
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import off_loop
from pullquote.reader.session import Session
from pullquote.settings import BadSettings, save_setting

_TEXT = "text"  # the order of the text
_SETTING = "claims_order"
_NAMES = (_TEXT, *ORDERS)


async def next_order(session: Session, ask: Ask) -> str | None:
    """List the claims in the next order, round to that of the text."""
    here = _NAMES.index(session.settings.claims_order)
    name = _NAMES[(here + 1) % len(_NAMES)]
    session.settings = msgspec.structs.replace(session.settings, **{_SETTING: name})
    session.narrow(session.filters)  # so that they are listed anew
    said = f"claims: {ORDERS[name].title if name in ORDERS else 'as in the text'}"
    try:
        await off_loop(save_setting, _SETTING, name)
    except (BadSettings, OSError) as error:
        return f"{said} · {error}"
    return said


ASKING: dict[str, AskingAct] = {"claims.order": next_order}
