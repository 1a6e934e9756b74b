"""What a person is shown of an answer, by where they look, and when it failed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import AnyInteraction, Audience, Click, Post, Reply, Update
from bot.core.interface import tr
from bot.errors import DiskError, DiskFull


def failed(*, stored: bool, disk: DiskError | None = None) -> str:
    """Say that something went wrong, by the fault of no person, and whether a change stands."""
    if stored:
        return tr(
            "Your change was saved, but Brandwarden could not show the answer. Check /health."
        )
    if isinstance(disk, DiskFull):
        return tr("Nothing was changed: the disk is full. Free up some space, then try again.")
    if disk is not None:
        return tr("Nothing was changed: could not write to the disk. Tell an admin.")
    return tr("Something went wrong, and nothing was changed. Try again, or check /health.")


def shown_to(asked: AnyInteraction, replies: Sequence[Reply]) -> list[Reply]:
    """Fit replies to who sees the card that it began on.

    A card that all see is changed by the outbox, for all chats alike. What a button shows takes
    the place of a card that one person alone sees.
    """
    in_place = isinstance(asked, Click) and asked.audience is Audience.ONE
    fitting: list[Reply] = []
    for reply in replies:
        if isinstance(reply, Post) and in_place:
            fitting.append(Update(reply.card))
        elif isinstance(reply, Update) and asked.audience is Audience.NOBODY:
            fitting.append(Post(reply.card))
        elif not (isinstance(reply, Update) and asked.audience is Audience.ALL):
            fitting.append(reply)
    return fitting
