"""What a person gets back on Parley."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.parley import forms, render
from adapters.parley.calls import Json
from bot.core.interactions import Ask, Notice, Reply


def shown(replies: Sequence[Reply]) -> Iterator[Json]:
    """Give what the server shows: a post, an update of the card that was pressed, or a form."""
    for reply in replies:
        match reply:
            case Notice(text=text, tone=tone):
                yield {"as": "post", **render.notice(text, tone)}
            case Ask():
                yield {"as": "form", **forms.form(reply)}
            case _:
                kind = type(reply).__name__.lower()
                yield {"as": kind, **render.message(reply.card)}
