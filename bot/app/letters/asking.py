"""Asking again: what only the store can refuse is said beside the input, like all that is wrong."""

from __future__ import annotations

import msgspec

from bot.app.call import Call
from bot.app.collections import SESSIONS
from bot.ui.interactions import Ask
from bot.wizards.catalogue import WIZARDS
from bot.wizards.engine import Errors, Session, resume


def ask_again(call: Call, session: Session, errors: Errors) -> Ask:
    """Ask a finished wizard's last step once more, with what is wrong by the name of the input."""
    again = msgspec.structs.replace(session, path=session.path[:-1], errors=errors)
    again, ask = resume(WIZARDS[session.wizard], again)
    call.tx.put(SESSIONS, again)
    return ask
