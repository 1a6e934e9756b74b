"""Which of our messages stand in a history. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from adapters.slack import render
from adapters.slack.block_kit import Json
from adapters.slack.render import EVENT
from bot.core.chat import MessageRef, Outgoing

SHORT = 20
"""Letters that are too few to know a message by a part of it."""
EARLIER = timedelta(hours=1)
"""By so much Slack's clock may be behind ours."""

_EMOJI = re.compile(r":[\w+'-]+:")
_LINK = re.compile(r"https?://[^\s|>]+")


class Sighting:
    """Looks for messages among what we said, as it is read, the newest first or last.

    Each is known by its key. Should Slack give no metadata at all, it is known by its words: they
    have the case's number and the time. What was edited since is not one whose answer was lost.
    """

    def __init__(self, messages: Sequence[Outgoing]) -> None:
        """Look for these, which are all for one channel."""
        self._wanted = {message.key: message for message in messages}
        self._heads = {message.thread.id for message in messages if message.thread}
        self._found: dict[str, str] = {}
        self._unmarked: list[tuple[float, str, str]] = []
        self._keyed = False

    @property
    def complete(self) -> bool:
        """Tell whether all are found."""
        return len(self._found) == len(self._wanted)

    def see(self, said: Json) -> None:
        """Take note of a message of ours."""
        ts, key = str(said.get("ts") or ""), _key(said)
        if key:
            self._keyed = True
            if key in self._wanted:
                self._found.setdefault(key, ts)
        elif ts not in self._heads and not said.get("edited") and not said.get("files"):
            self._unmarked.append((_seconds(ts), ts, words(said)))

    def found(self) -> dict[str, MessageRef]:
        """Return where they stand, by their keys."""
        places = self._found if self._keyed else self._by_words()
        return {key: MessageRef(self._wanted[key].channel, ts) for key, ts in places.items()}

    def _by_words(self) -> dict[str, str]:
        """Give each the latest that says the same, was posted late enough, and is not given yet."""
        left = sorted(self._unmarked, reverse=True)
        places = {}
        for key, message in reversed(self._wanted.items()):
            fitting = (each for each in left if _is_same(message, each[0], each[2]))
            if (match := next(fitting, None)) is not None:
                left.remove(match)
                places[key] = match[1]
        return places


def words(said: Json) -> str:
    """Return the letters and digits of what is read; Slack writes emoji and signs its own way."""
    parts = [said.get("blocks"), [each.get("blocks") for each in said.get("attachments") or ()]]
    read = [text for part in parts for text in _texts(part)] or [str(said.get("text") or "")]
    shown = _EMOJI.sub("", _LINK.sub("", html.unescape(" ".join(read))))
    return "".join(char for char in shown if char.isalnum()).casefold()


def _shown(message: Outgoing) -> set[str]:
    """Return what is read in it, as a card and as plain text."""
    beside = "https://link" if message.beside else ""
    ways = (render.content(message.card, plain=plain, beside=beside) for plain in (False, True))
    return {words(way) for way in ways}


def _is_same(message: Outgoing, at: float, said: str) -> bool:
    """Tell whether that may be the message, as it is now or before a line was put in."""
    shown = _shown(message)
    if message.written is None:
        return said in shown
    late = at >= (message.written - EARLIER).timestamp()
    return late and any(said == each or _grew(said, each) for each in shown)


def _grew(before: str, after: str) -> bool:
    """Tell whether the one became the other by something that was put in."""
    if not SHORT <= len(before) < len(after):
        return False
    same = next(place for place, char in enumerate(f"{before}\0") if char != after[place])
    return after.endswith(before[same:])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        text = value.get("text")
        if isinstance(text, str):
            yield text
        for each in value.values():
            yield from _texts(each)


def _key(said: Json) -> str:
    metadata = said.get("metadata") or {}
    if metadata.get("event_type") != EVENT:
        return ""
    return str((metadata.get("event_payload") or {}).get("key") or "")


def _seconds(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0
