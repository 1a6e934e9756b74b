"""Which files the page has asked whom for; no others are taken."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from bot.core.cards import Tone
from bot.core.forms import File
from bot.core.interactions import Ask, Interaction, Notice, Reply, Submission

REMEMBERED = 500
"""Forms with files that may be open at one time."""


class _Asked(NamedTuple):
    step: str
    files: dict[str, File]


class Expected:
    """Remembers the files of the forms that are open.

    Forms from before a start of the program are not among them: their files are refused, and the
    form must be opened again.
    """

    def __init__(self, most: int = REMEMBERED) -> None:
        """Remember at most ``most`` forms."""
        self._most = most
        self._asked: OrderedDict[tuple[str, str], _Asked] = OrderedDict()

    def note(self, done: Interaction, replies: Iterable[Reply]) -> None:
        """Remember what the replies ask for, and forget a form that the person has answered."""
        replies = tuple(replies)
        asks = [reply for reply in replies if isinstance(reply, Ask)]
        if isinstance(done, Submission) and (asks or not _only_complains(replies)):
            self._asked.pop((done.who.id, done.session), None)
        for ask in asks:
            files = {each.name: each for each in ask.form.inputs if isinstance(each, File)}
            if files:
                self._asked[done.who.id, ask.session] = _Asked(ask.step, files)
        while len(self._asked) > self._most:
            self._asked.popitem(last=False)

    def file(self, who: str, session: str, step: str, name: str) -> File | None:
        """Return the input of that name if this person is asked for it at present."""
        asked = self._asked.get((who, session))
        return asked.files.get(name) if asked and asked.step == step else None


def _only_complains(replies: tuple[Reply, ...]) -> bool:
    return bool(replies) and all(
        isinstance(reply, Notice) and reply.tone in (Tone.CRITICAL, Tone.WARNING)
        for reply in replies
    )
