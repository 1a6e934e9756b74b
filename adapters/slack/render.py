"""Cards as Slack's messages and views. Pure: the same card gives the same JSON.

Text stands in plain_text and rich_text, which know no markup: nothing in it becomes a mention, a
link or a format. Only where these cannot be is mrkdwn, and there it is escaped. Lengths are
characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from adapters.slack.calling import calling, calls
from bot.core import cards
from bot.core.cards import Button, Card, Confirm, Field, Menu, Style, Tone
from bot.core.interface import tr
from bot.core.mentions import Mention
from bot.core.text import CUT, clip, one_line, plain
from bot.core.when import in_utc

Json = dict[str, Any]

SECTION = 3000
"""A section's text. Slack does not say whether its limits count a text before or after it is
escaped, so all that is made here meets them both ways."""
CELLS, LABEL = 10, 75
"""Slack's own limits: fields of a section, characters on a button."""
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_LABEL = 100, 300, 30
"""Slack's own limits: characters of a confirmation's title, of its text, and on its buttons."""

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
LINK = "link"
"""The action of a button that leads elsewhere: Slack tells of it, and there is nothing to do."""
MENU = "menu"
"""The action of the menu, whose options carry the ids of what they do: no button's is like it."""
EVENT = "brandwarden"
"""The kind of our metadata: it carries the message's key, and no other message of ours has it."""

_FORMAT = re.compile(r"[*_~`]|:[\w+'-]+:|^\s*>", re.MULTILINE)
"""What mrkdwn, which knows no escape for it, may take for a format, an emoji or a quote."""

WHEN = "{date_short_pretty} {time}"
"""How Slack writes a moment, in the zone and the words of each reader."""

_PICTURE = re.compile(r"https://[!-~]+")
_ADDRESS = re.compile(r"https?://[!-~]+")


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
    more = [_rich(calling(mentions))] if named else []
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
        *_links(card.links),
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


def modal(title: str, close: str, blocks: list[Json]) -> Json:
    """Return a modal with these blocks; Slack cuts off titles and words on buttons at 24."""
    words = {"title": plain_text(title, 24), "close": plain_text(close, 24)}
    return {"type": "modal", **words, "blocks": blocks}


def escape(text: str) -> str:
    """Return text in which mrkdwn finds no mention and no link."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, most: int = SECTION) -> Json:
    """Return literal text, cut visibly at ``most``. Slack refuses blank text, so it is a dash."""
    shown = plain(text) if text.strip() else "-"
    while len(escape(shown)) > most:
        shown = clip(shown, len(shown) - 1)
    return {"type": "plain_text", "text": shown, "emoji": False}


def rich(first: str, after: str = "", at: datetime | None = None) -> Json:
    """Return literal text: a line in bold, and what stands below it, ending with a moment."""
    return _rich([_strong(first), *_below(after, at)])


def pointer(address: str) -> Json:
    """Return a line that leads to the message which one belongs to."""
    link = {"type": "link", "url": address, "text": "this alert"}
    return _rich([{"type": "text", "text": "This belongs to "}, link])


def leading(threads: Sequence[tuple[str, str]]) -> Json:
    """Return a line that leads to threads."""
    parts: list[Json] = [{"type": "text", "text": "Threads:"}]
    for label, address in threads:
        parts += [
            {"type": "text", "text": " "},
            {"type": "link", "url": address, "text": plain(label)},
        ]
    return _rich(parts)


def preformatted(label: str, text: str) -> Json:
    """Return words to be copied as they are, below a label."""
    block = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": plain(text)}]}
    head = {"type": "rich_text_section", "elements": [_strong(label)]}
    return {"type": "rich_text", "elements": [head, block]}


def sections(text: str) -> list[Json]:
    """Return a paragraph; several, if the text is too long once it is escaped; none for blanks."""
    if len(escape(text)) <= SECTION:
        return [{"type": "section", "text": plain_text(text)}] if text.strip() else []
    middle = len(text) // 2
    cut = text.rfind("\n", 0, middle) + 1 or middle
    return [*sections(text[:cut]), *sections(text[cut:])]


def context(text: str, at: datetime | None = None) -> list[Json]:
    """Return a small grey line that ends with a moment, or nothing where there is neither."""
    told = [plain_text(text)] if text.strip() else []
    if at is not None:
        told.append({"type": "mrkdwn", "text": _moment(at), "verbatim": True})
    return [{"type": "context", "elements": told}] if told else []


def _title(card: Card) -> Json:
    title = one_line(card.title, cards.TITLE)
    badge = f"{one_line(card.badge, cards.BADGE)} · " if card.badge else ""
    first = f"{card.tone.symbol} {badge}"
    if not _ADDRESS.fullmatch(card.link):
        return rich(f"{first}{title}", card.gist)
    # The text of a link is literal, too; where it is blank, Slack shows the address.
    link = {**_strong(title or "-"), "type": "link", "url": card.link}
    return _rich([_strong(first), link, *_below(card.gist)])


def _below(text: str, at: datetime | None = None) -> list[Json]:
    """Return what stands on lines of its own below a line: literal text, then a moment."""
    told = [{"type": "text", "text": f"\n{plain(text)}{' ' if text and at else ''}"}]
    if at is None:
        return told if text else []
    stamp = int(at.timestamp())
    return [*told, {"type": "date", "timestamp": stamp, "format": WHEN, "fallback": in_utc(at)}]


def _moment(at: datetime) -> str:
    """Return mrkdwn that each reader reads in their own zone."""
    return f"<!date^{int(at.timestamp())}^{WHEN}|{escape(in_utc(at))}>"


def _rich(parts: Sequence[Json]) -> Json:
    section = {"type": "rich_text_section", "elements": list(parts)}
    return {"type": "rich_text", "elements": [section]}


def _strong(text: str) -> Json:
    return {"type": "text", "text": plain(text), "style": {"bold": True}}


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
        " · ".join([escape(card.footer), *([_moment(card.footer_at)] if card.footer_at else [])]),
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
    return " ".join(filter(None, (shown, _moment(field.at) if field.at else "")))


def _links(links: Sequence[Button]) -> list[Json]:
    """Return a line of links in our own words, where text from outside can open none."""
    parts: list[Json] = []
    for link in links:
        if not _ADDRESS.fullmatch(link.url):
            continue
        parts += [{"type": "text", "text": " · "}] if parts else []
        parts.append({"type": "link", "url": link.url, "text": plain(link.label)})
    return [_rich(parts)] if parts else []


def actions(buttons: Sequence[Button], menu: Menu | None = None) -> list[Json]:
    """Return a row of buttons, with a menu behind them; nothing where there are none."""
    shown = [_button(button, index) for index, button in enumerate(buttons)]
    shown += [_overflow(menu)] if menu else []
    return [{"type": "actions", "elements": shown}] if shown else []


def _button(button: Button, index: int) -> Json:
    shown = {"type": "button", "text": plain_text(button.label, LABEL), "action_id": button.id}
    if button.url:
        return {**shown, "action_id": f"{LINK}:{index}", "url": button.url}
    if button.confirm is not None:
        shown |= {"confirm": _confirm(button.confirm), "value": button.confirm.mark}
    return shown if button.style is Style.PLAIN else {**shown, "style": button.style.value}


def _confirm(confirm: Confirm) -> Json:
    """Return what Slack asks before it tells of the press; the button's value says that it did."""
    return {
        "title": plain_text(confirm.title, CONFIRM_TITLE),
        "text": plain_text(confirm.text, CONFIRM_TEXT),
        "confirm": plain_text(confirm.yes, CONFIRM_LABEL),
        "deny": plain_text(tr("Cancel"), CONFIRM_LABEL),
    }


def _overflow(menu: Menu) -> Json:
    """Return the three dots, which have no words of their own to say what the menu is called."""
    options = [{"text": plain_text(each.label, LABEL), "value": each.id} for each in menu.items]
    return {"type": "overflow", "action_id": MENU, "options": options}
