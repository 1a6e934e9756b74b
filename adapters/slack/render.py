"""Cards as Slack's messages and views. Pure: the same card gives the same JSON.

What they are made of, and that all text in it is literal, is `adapters.slack.block_kit`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from adapters.slack.block_kit import (
    ADDRESS,
    Json,
    below,
    context,
    escape,
    leading,
    modal,
    moment,
    pointer,
    preformatted,
    rich,
    rich_text,
    sections,
    strong,
)
from adapters.slack.buttons import actions, links_line
from adapters.slack.calling import calling, calls
from bot.core import cards
from bot.core.cards import Card, Field, Tone
from bot.core.interface import tr
from bot.core.mentions import Mention
from bot.core.text import CUT, clip, one_line

CELLS = 10
"""Slack's own limit: fields of a section."""

COLORS = {
    Tone.CRITICAL: "#d32f2f",
    Tone.WARNING: "#f57c00",
    Tone.INFO: "#1976d2",
    Tone.GOOD: "#388e3c",
    Tone.QUIET: "#9e9e9e",
}
SIMULATED = "SIMULATED MARKETPLACE"
NAME = "Brandwarden"
TEXT = 4000
"""Characters of a message's text, escaped: Slack may cut longer ones."""
EVENT = "brandwarden"
"""The kind of our metadata: it carries the message's key, and no other message of ours has it."""

_FORMAT = re.compile(r"[*_~`]|:[\w+'-]+:|^\s*>", re.MULTILINE)
"""What mrkdwn, which knows no escape for it, may take for a format, an emoji or a quote."""

_PICTURE = re.compile(r"https://[!-~]+")


def content(
    card: Card,
    *,
    plain: bool = False,
    beside: str = "",
    mentions: Sequence[Mention] = (),
    threads: Sequence[tuple[str, str]] = (),
) -> Json:
    """Return a message as a card, or as its text alone; ``beside`` is its alert's address.

    The ``mentions`` stand in the text, by which Slack notifies, and below the title. ``threads``
    are what others are called, and their addresses.
    """
    named = calls(mentions)
    if plain:
        lines = [*_lines(card), *([f"This belongs to <{escape(beside)}>"] if beside else [])]
        head, *rest = lines
        return {
            "text": _fitting([f"{head} {named}" if named else head, *rest]),
            "blocks": [],
            "attachments": [],
        }
    shown = message(card)
    more = [rich_text(calling(mentions))] if named else []
    more += [pointer(beside)] if beside else []
    more += [leading(threads)] if threads else []
    text = f"{shown['text']} {named}" if named else shown["text"]
    return {**shown, "text": text, "blocks": [*shown["blocks"], *more]}


def message(card: Card) -> Json:
    """Return what a post, an update and a response_url take alike; a notification is ``text``.

    The attachments are there even if there are none: an update without them leaves the old ones.
    """
    title, *rest = blocks(card)
    text = _headline(card)
    attachment = {"color": COLORS[card.tone], "fallback": text, "blocks": rest}
    return {"text": text, "blocks": [title], "attachments": [attachment] if rest else []}


def blocks(card: Card) -> list[Json]:
    """Return all of a card, the title first, for where there are no attachments."""
    return [
        _title(card),
        *context(f"🧪 {SIMULATED}" if card.simulated else ""),
        *_with_thumbnail(card, [*_body(card), *_fields(card.fields)]),
        *(preformatted(snippet.label, snippet.text) for snippet in card.snippets),
        *links_line(card.links),
        *actions(card.buttons, card.menu),
        *context(card.footer, card.footer_at),
    ]


def notice(text: str, tone: Tone) -> Json:
    """Return a line for one person; it is cut visibly at the length of a card's body."""
    line = clip(f"{tone.symbol} {text}", cards.BODY)
    return {"text": escape(line), "blocks": sections(line)}


def card_view(shown: Sequence[Card]) -> Json:
    """Return a modal that shows cards and asks nothing; a view has room for three at least."""
    return modal(NAME, tr("Close"), [block for card in shown for block in blocks(card)])


def home_view(shown: Sequence[Card]) -> Json:
    """Return the app's home with these cards, of which three at least find room."""
    return {"type": "home", "blocks": [block for card in shown for block in blocks(card)]}


def marked(key: str) -> Json:
    """Return the metadata of the message with that key."""
    return {"event_type": EVENT, "event_payload": {"key": key}}


def _title(card: Card) -> Json:
    title = one_line(card.title, cards.TITLE)
    badge = f"{one_line(card.badge, cards.BADGE)} · " if card.badge else ""
    first = f"{card.tone.symbol} {badge}"
    if not ADDRESS.fullmatch(card.link):
        return rich(f"{first}{title}", card.gist)
    # The text of a link is literal, too; where it is blank, Slack shows the address.
    link = {**strong(title or "-"), "type": "link", "url": card.link}
    return rich_text([strong(first), link, *below(card.gist)])


def _headline(card: Card) -> str:
    mark = f"{SIMULATED}: " if card.simulated else ""
    return f"{card.tone.symbol} {mark}{escape(card.notification)}"


def _lines(card: Card) -> list[str]:
    """Return all that a card says, escaped, what matters most first; of its buttons the links."""
    opened = (*card.links, *card.buttons)
    links = [button for button in opened if _PICTURE.fullmatch(button.url)]
    return [
        _headline(card),
        *([f"<{escape(card.link)}>"] if _PICTURE.fullmatch(card.link) else []),
        *escape(card.body).splitlines(),
        *(f"{escape(field.label)}: {_value(field)}" for field in card.fields),
        *(f"{escape(button.label)}: <{escape(button.url)}>" for button in links),
        *(escape(f"{snippet.label}: {snippet.text}") for snippet in card.snippets),
        " · ".join([escape(card.footer), *([moment(card.footer_at)] if card.footer_at else [])]),
    ]


def _fitting(lines: Sequence[str]) -> str:
    """Return as many whole words as there is room for; that some are missing can be seen."""
    shown = "\n".join(line for line in lines if line.strip())
    if len(shown) <= TEXT:
        return shown
    # Neither a link nor a sign that is escaped has a blank inside.
    whole = shown[: TEXT - len(CUT)]
    return f"{whole[: max(whole.rfind(' '), whole.rfind(chr(10)))]}{CUT}"


def _body(card: Card) -> list[Json]:
    shown = [each for each in (card.image, card.beside) if _PICTURE.fullmatch(each)]
    if not shown:
        return sections(card.body)
    first, *more = sections(card.body) or sections("Picture")
    # Slack refuses all of a message if it cannot load an image block's picture; beside a text it
    # shows a broken one, and an alert must arrive.
    alt = f"Picture: {one_line(card.title, cards.TITLE)}"
    picture, *beside = [{"type": "image", "image_url": each, "alt_text": alt} for each in shown]
    # A text has room for one picture: what it is compared with stands beside a line of its own.
    other = [
        {**line, "accessory": each} for each in beside for line in sections(tr("Compared with:"))
    ]
    return [{**first, "accessory": picture}, *more, *other]


def _with_thumbnail(card: Card, shown: Sequence[Json]) -> list[Json]:
    """Put the small picture beside the first text that has room for one; Slack fetches it."""
    if not _PICTURE.fullmatch(card.thumbnail):
        return list(shown)
    place = next((at for at, each in enumerate(shown) if _has_room(each)), None)
    if place is None:
        return list(shown)
    picture = {"type": "image", "image_url": card.thumbnail, "alt_text": tr("The product")}
    beside = {**shown[place], "accessory": picture}
    return [*shown[:place], beside, *shown[place + 1 :]]


def _has_room(block: Json) -> bool:
    return block["type"] == "section" and "accessory" not in block


def _fields(fields: Sequence[Field]) -> list[Json]:
    shown: list[Json] = []
    for alone, group in groupby(fields, key=_alone):
        if alone:
            shown += [rich(field.label, field.value, field.at) for field in group]
            continue
        # A label above its value: two cells in a row on a wide screen, one on a narrow one.
        cells = [_cell(field) for field in group]
        rows = [cells[start : start + CELLS] for start in range(0, len(cells), CELLS)]
        shown += [{"type": "section", "fields": row} for row in rows]
    return shown


def _alone(field: Field) -> bool:
    """Tell whether a field stands on lines of its own, where every text is literal."""
    return field.wide or bool(_FORMAT.search(field.value))


def _cell(field: Field) -> Json:
    text = f"*{escape(field.label)}*\n{_value(field)}"
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _value(field: Field) -> str:
    """Return a field's value as mrkdwn, with the moment that ends it."""
    shown = escape(field.value.strip() or ("" if field.at else "-"))
    return " ".join(filter(None, (shown, moment(field.at) if field.at else "")))
