"""Cards as Discord's messages. Pure: the same card gives the same JSON. Lengths are code points.

No message says to whom it is shown: whoever sends one to a single person adds the flag 64.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import add
from typing import Any

from bot.core import cards
from bot.core.cards import Button, Card, Field, Menu, Snippet, Style, Tone
from bot.core.text import CUT, one_line, plain

Json = dict[str, Any]

CONTENT = 2000
EMBEDS = 6000
ROW = 5
BLOCK = 8
"""Discord's own limits: characters of a content, of all embeds together, buttons in a row;
and the characters that make a block of code."""

COLORS = {
    Tone.CRITICAL: 0xD32F2F,
    Tone.WARNING: 0xF57C00,
    Tone.INFO: 0x1976D2,
    Tone.GOOD: 0x388E3C,
    Tone.QUIET: 0x9E9E9E,
}
SIMULATED = "SIMULATED MARKETPLACE"
HEADING = 256
"""Characters of an embed's title."""
MARK = len("ref ") + 8
"""Characters of a mark."""
SELECT = "menu"
"""The id of the menu, whose options carry the ids of what they do: no button's is like it."""

_STYLES = {Style.PRIMARY: 1, Style.PLAIN: 2, Style.DANGER: 4}
_PICTURE = re.compile(r"https://[!-~]+")
_MASKED = re.compile(r"https?://[!-;=?-~]+")
_ADDRESS = re.compile(r"https?://([!-~]+)")
_INLINE = re.compile(
    r"[\\*_~`|<\[]|:(?=//|\S*:)|@(?=everyone|here)|\.(?=gg/|com/invite)", re.IGNORECASE
)
"""What begins a format, a mention or a masked link; a scheme's or an emoji's colon; an invite."""

_LINE = re.compile(r"^([^\S\n]*\d*)([#>+.-])(?=[#>\s]|$)", re.MULTILINE)
"""What makes a heading, a quote or a list of a line."""


def message(card: Card, ref: str = "", more: Sequence[str] = ()) -> Json:
    """Return a card. A notification shows ``content`` and no embed; ``ref`` ends the footer.

    ``more`` are lines of Discord's own markup that stand below the title.
    """
    mark = f"{SIMULATED}: " if card.simulated else ""
    title = escape(one_line(card.heading, cards.HEADING) or "-")
    gist = [escape(one_line(card.gist, cards.GIST))] if card.gist else []
    content = "\n".join((f"{card.tone.symbol} {mark}**{title}**", *gist, *more))
    return posted(content, _embeds(card, ref), card.buttons, card.menu)


def plain_message(card: Card, ref: str = "", more: Sequence[str] = ()) -> Json:
    """Return a card as text alone, for a Discord that refuses its form; ``ref`` ends it.

    What finds no room in a content is cut visibly; ``more`` as in ``message``.
    """
    head = message(card)["content"]
    end = "\n".join(("", *more, *([f"-# {ref}"] if ref else ())))
    fields = [(f"{field.label}: {field.value}", field.at) for field in card.fields]
    copied = [(f"{snippet.label}: {snippet.text}", None) for snippet in card.snippets]
    lines = [(card.body.strip(), None), *fields, *copied, (card.footer.strip(), card.footer_at)]
    shown = _lines(lines, CONTENT - len(head) - len(end) - 1)
    return posted("\n".join(filter(None, (head, shown))) + end)


def notice(text: str, tone: Tone) -> Json:
    """Return a line for one person; it is cut visibly at the length of a content."""
    symbol = tone.symbol
    return posted(f"{symbol} {escape(text, CONTENT - len(symbol) - 1)}")


def posted(
    content: str,
    embeds: Sequence[Json] = (),
    buttons: Sequence[Button] = (),
    menu: Menu | None = None,
) -> Json:
    """Return what a message, an edit, an interaction's answer and a follow-up take alike.

    What is empty is there all the same: an edit without it would leave the old standing.
    """
    shown = [_button(button) for button in buttons]
    rows = [shown[start : start + ROW] for start in range(0, len(shown), ROW)]
    rows += [[_select(menu)]] if menu else []  # a select fills its row
    return {
        "content": content,
        "embeds": list(embeds),
        "components": [{"type": 1, "components": row} for row in rows],
        "allowed_mentions": {"parse": []},
    }


def escape(text: str, most: int = CONTENT) -> str:
    """Return text that Discord shows as it is written, in at most twice as many characters.

    No link opens, no mention shows. Over ``most`` characters it is cut visibly.
    """
    escaped = _LINE.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", plain(text)))
    if len(escaped) <= most:
        return escaped
    cut = escaped[: max(0, most - len(CUT))]
    halves = len(cut) - len(cut.rstrip("\\"))
    return cut[: len(cut) - halves % 2].rstrip() + CUT


def nonce_of(key: str) -> str:
    """Return what Discord itself tells a message by that is posted twice within minutes."""
    return hashlib.sha256(key.encode()).hexdigest()[:25]


def mark_of(key: str) -> str:
    """Return what a message ends with: its nonce is only told when it is posted."""
    return f"ref {nonce_of(key)[:8]}"


def _lines(lines: Sequence[tuple[str, datetime | None]], most: int) -> str:
    """Escape lines, each with the moment that ends it; over ``most`` they are cut visibly."""
    shown, room = "", most - len(CUT)
    for text, at in lines:
        ends = f" {_moment(at)}" if at else ""
        first = f"{shown}\n" if shown and (text or ends) else shown
        line = escape(text, max(0, room - len(first) - len(ends)))
        if len(first) + len(line) + len(ends) > room or (text and not line):
            return f"{shown.removesuffix(CUT)}{CUT}"
        shown = f"{first}{f'{line}{ends}'.strip()}"
    return shown


def _moment(at: datetime) -> str:
    """Return what each reader reads as day and time in their own zone."""
    return f"<t:{int(at.timestamp())}:f>"


def _said(field: Field) -> str:
    """Return a field's words; Discord refuses a value in which there is nothing to read."""
    return field.value.strip() or ("" if field.at else "-")


def _stamp(field: Field) -> str:
    """Return the moment that ends a field's value, with a blank before it where one is due."""
    blank = " " if field.value.strip() else ""
    return f"{blank}{_moment(field.at)}" if field.at else ""


def _embeds(card: Card, ref: str) -> list[Json]:
    footer = " · ".join(filter(None, (plain(card.footer).strip(), ref)))  # knows no format
    labels = [text for field in card.fields for text in (field.label.strip() or "-", _said(field))]
    copied = sum(BLOCK + len(each.label) * 2 + len(each.text) for each in card.snippets)
    heading, links = _heading(card), _links(card)
    stamps = [_stamp(field) for field in card.fields]
    body, *shown = _fitted(
        [card.body.strip(), *labels],
        len(footer) + len(heading) + len(links) + copied + sum(map(len, stamps)),
    )
    pairs = zip(card.fields, shown[::2], map(add, shown[1::2], stamps), strict=True)
    small = card.beside or card.thumbnail  # an embed has one small picture
    parts: Json = {
        "title": heading,
        "url": card.link if heading else "",
        "description": "\n".join(filter(None, (body, links))),
        "fields": [{"name": a, "value": b, "inline": not field.wide} for field, a, b in pairs],
        "image": {"url": card.image} if _PICTURE.fullmatch(card.image) else None,
        "thumbnail": {"url": small} if _PICTURE.fullmatch(small) else None,
        "footer": {"text": footer} if footer else None,
        "timestamp": card.footer_at.isoformat() if card.footer_at else "",
    }
    shown_parts = {name: part for name, part in parts.items() if part}
    # Discord refuses an embed in which there is nothing to read or to see.
    first = [{"color": COLORS[card.tone], **shown_parts}] if shown_parts else []
    return [*first, *(_block(snippet, card.tone) for snippet in card.snippets)]


def _links(card: Card) -> str:
    """Return a line of masked links, in words of our own alone."""
    opened = [link for link in card.links if _MASKED.fullmatch(link.url)]
    return " · ".join(f"[{escape(link.label)}](<{link.url}>)" for link in opened)


def _heading(card: Card) -> str:
    """Return where the title leads, in the words of the address itself, unless links say it.

    The title stands in the content, where only a masked link could carry it, and no text from
    outside is ever put into one.
    """
    address = _ADDRESS.fullmatch(card.link)
    return escape(address[1], HEADING) if address and not card.links else ""


def _block(snippet: Snippet, tone: Tone) -> Json:
    """Return words to be copied as they are; three backticks would end the block."""
    text = plain(snippet.text).replace("```", "'''")
    block = f"```\n{text}\n```"
    return {"color": COLORS[tone], "title": escape(snippet.label), "description": block}


def _fitted(texts: Sequence[str], spent: int) -> Iterator[str]:
    """Escape texts so that all fit beside what is spent: all have room unescaped, some escaped."""
    spare = EMBEDS - spent - sum(map(len, texts))
    for text in texts:
        shown = escape(text, len(text) + spare)
        spare -= len(shown) - len(text)
        yield shown


def _button(button: Button) -> Json:
    shown = {"type": 2, "label": one_line(button.label, cards.BUTTON_LABEL) or "-"}
    if button.url:
        return {**shown, "style": 5, "url": button.url}
    return {**shown, "style": _STYLES[button.style], "custom_id": button.id}


def _select(menu: Menu) -> Json:
    options = [
        {"label": one_line(each.label, cards.BUTTON_LABEL) or "-", "value": each.id}
        for each in menu.items
    ]
    label = one_line(menu.label, cards.BUTTON_LABEL) or "-"
    return {"type": 3, "custom_id": SELECT, "placeholder": label, "options": options}
