"""What people write in Slack, without Slack's markup. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Mapping

from bot.core.text import one_line

NAME = 80
NAMES = 20
"""So many people and channels of one text are looked up."""

_MARK = re.compile(r"<([@#!]|[a-zA-Z][\w+.-]*:)([^<>]*)>")
_ID = re.compile(r"<[@#]([A-Z0-9]+)\|?>")
_BETWEEN = " \t\r\n\v\f\xa0\u200b\u200c\u200d\u2060\ufeff,;:.!?-\N{EN DASH}\N{EM DASH}"
"""What stands between a name that is called and what is said to it."""
_CALL = re.compile(rf"^(?:[{re.escape(_BETWEEN)}]*<@[A-Z0-9]+(?:\|[^>]*)?>)+")


def named(text: str) -> list[str]:
    """Return the ids of people and channels whose names do not stand in the text."""
    return list(dict.fromkeys(_ID.findall(text)))[:NAMES]


def worded(text: str, names: Mapping[str, str], *, labels: bool = False) -> str:
    """Return text as people read it; ``names`` are those of people and channels, by id.

    Of a link its address stays, which is what commands need; ``labels`` puts what was written in
    its place before it.
    """
    return html.unescape(_MARK.sub(lambda mark: _word(mark, names, labels=labels), text))


def called(text: str, own: str, is_command: Callable[[str], bool]) -> str:
    """Return what a message says to us, whose id is ``own``, as it was written.

    That is what follows the names at its beginning; else what follows ours, unless the message
    begins with a command or ends with our name.
    """
    ours = re.compile(rf"<@{re.escape(own)}(?:\|[^>]*)?>")
    begins = _CALL.match(text)
    if begins and ours.search(begins[0]):
        return text[begins.end() :].lstrip(_BETWEEN)
    before, after = [*ours.split(text, maxsplit=1), ""][:2]
    said = _CALL.sub("", before).strip(_BETWEEN)
    if said and (is_command(first_word(said)) or not after.strip(_BETWEEN)):
        return f"{said} {after.strip()}".strip()
    return after.lstrip(_BETWEEN)


def first_word(text: str) -> str:
    """Return a text's first word; empty if it has none."""
    return next(iter(text.split(maxsplit=1)), "").strip(_BETWEEN)


def _word(mark: re.Match[str], names: Mapping[str, str], *, labels: bool) -> str:
    kind, (target, _, label) = mark[1], mark[2].partition("|")
    match kind:
        case "@" | "#":
            return f"{kind}{label.lstrip('@#') or names.get(target) or target}"
        case "!":
            return label or f"@{target.partition('^')[0]}"
        case "mailto:" | "tel:":
            return label if kind == "tel:" and label else target
    address = f"{kind}{target}"
    hides = labels and label and label not in address
    return f"{one_line(label, NAME)} ({address})" if hides else address


def known(names: Collection[str]) -> Callable[[str], bool]:
    """Return what tells whether a word is one of the names, however it is written."""
    return lambda word: word.lower().lstrip("/") in names
