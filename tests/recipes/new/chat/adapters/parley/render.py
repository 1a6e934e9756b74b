"""Cards as lines of plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.cards import Card, Tone
from bot.core.chat import ThreadLink
from bot.core.when import in_utc

Json = dict[str, Any]

SIMULATED = "SIMULATED MARKETPLACE"


def message(card: Card, *, plain: bool = False, threads: Sequence[ThreadLink] = ()) -> Json:
    """Show a card: its text, the tone for a mark at the margin, and what can be pressed.

    Parley shows text as it is, so there is nothing to escape. It has no menus: what a card's menu
    holds stands as buttons.
    """
    buttons = [
        {"label": each.label, "url": each.url} if each.url else {"label": each.label, "id": each.id}
        for each in card.pressable
    ]
    led = [f"Threads: {', '.join(each.label for each in threads)}"] if threads else []
    return {
        "text": "\n".join((*_lines(card), *led)),
        "tone": card.tone.value,
        "buttons": [] if plain else buttons,
    }


def notice(text: str, tone: Tone) -> Json:
    """Show a sentence for one person."""
    return {"text": f"{tone.symbol} {text}", "tone": tone.value, "buttons": []}


def _lines(card: Card) -> Iterator[str]:
    yield f"{card.tone.symbol} {card.heading}"
    if card.gist:
        yield card.gist
    if card.link:
        yield card.link
    if card.body:
        yield card.body
    for field in card.fields:
        at = in_utc(field.at) if field.at else ""
        yield f"{field.label}: {field.value} {at}".rstrip()
    for snippet in card.snippets:
        yield f"{snippet.label}:\n{snippet.text}"
    yield from filter(None, (card.image, card.beside))
    at = in_utc(card.footer_at) if card.footer_at else ""
    yield from filter(None, (card.footer, at, SIMULATED if card.simulated else ""))
