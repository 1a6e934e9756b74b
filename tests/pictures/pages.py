"""Pages with all that a chat is sent, drawn by hand from that JSON, and with cards of our page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import msgspec

from adapters.discord import forms as discord_forms
from adapters.discord import render as discord
from adapters.slack import forms as slack_forms
from adapters.slack import render as slack
from adapters.slack.block_kit import Json
from adapters.web import render as web
from adapters.web.messages import WebMessage
from adapters.web.render import Origin
from bot.core.forms import FILE_BYTES
from bot.core.interactions import Ask
from tests.fakes import START
from tests.pictures.kinds import CARDS, FORMS, NOTICES

INLINE = 3
"""Inline fields that Discord shows beside one another on a wide screen."""

_BOLD = re.compile(r"\*\*(.+?)(?<!\\)\*\*", re.DOTALL)
_MASKED = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])+)\]\(<[^>]+>\)")
_MRKDWN = re.compile(r"\*(.+?)\*(\n.+)?", re.DOTALL)
_WHEN = re.compile(r"<!date\^(\d+)\^[^>]*>|(?<!\\)<t:(\d+):f>")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


class Run(msgspec.Struct, frozen=True):
    """Some text of one weight, perhaps a link."""

    text: str
    bold: bool
    link: bool = False


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a chat shows: a ``message``, a ``modal`` or the ``home``."""

    name: str
    kind: str
    json: Json = {}
    html: str = ""
    """What the page shows; then there is no JSON."""
    errors: Mapping[str, str] = {}
    """What Slack writes below the inputs, by their block."""


def page(platform: str) -> str:
    """Return the page of ``slack``, ``discord`` or ``web``."""
    pictures = PICTURES[platform]
    return _TEMPLATES.get_template(f"{platform}.html").render(
        platform=platform, pictures=pictures, style=_style(platform)
    )


def _style(platform: str) -> str:
    """Return how the platform looks; of our own page all that it has."""
    here = Path(__file__).parent / "templates" / f"{platform}.css"
    if here.exists():
        return here.read_text()
    return "\n".join(each.read_text() for each in sorted(_STATIC.glob("*.css")))


def _slack() -> Iterator[Picture]:
    for name, card in CARDS.items():
        yield Picture(name=name, kind="message", json=slack.message(card))
    for name, notice in NOTICES.items():
        yield Picture(name=name, kind="message", json=slack.notice(notice.text, notice.tone))
    for name, ask in FORMS.items():
        # Slack keeps the form that stands there, and writes what is wrong below its inputs.
        view = slack_forms.form_view(msgspec.structs.replace(ask, errors={}), "")
        yield Picture(name=name, kind="modal", json=view, errors=slack_forms.errors(ask))
    wrong = FORMS["form-close-error"]
    yield Picture(name="form-again", kind="modal", json=slack_forms.form_view(wrong, ""))
    yield Picture(name="view-check", kind="modal", json=slack.card_view([CARDS["check"]]))
    yield Picture(name="home", kind="home", json=slack.home_view([CARDS["todo"]]))


def _discord() -> Iterator[Picture]:
    for name, card in CARDS.items():
        yield Picture(name=name, kind="message", json=discord.message(card))
    for name, notice in NOTICES.items():
        yield Picture(name=name, kind="message", json=discord.notice(notice.text, notice.tone))
    for name, ask in FORMS.items():
        yield Picture(name=name, kind="modal", json=discord_forms.modal(ask))
    going_on = msgspec.structs.replace(FORMS["form-watch-2"], errors={})
    asks: dict[str, Ask] = {"continue": going_on, "correct": FORMS["form-close-error"]}
    for name, ask in asks.items():
        yield Picture(name=name, kind="message", json=discord_forms.continue_message(ask))


def _web() -> Iterator[Picture]:
    for number, (name, card) in enumerate(CARDS.items()):
        message = WebMessage(
            seq=number, id=name, channel="c", stream="#c", card=card, posted_at=START
        )
        yield Picture(name=name, kind="message", html=web.message(message, _ZONE))
    for name, notice in NOTICES.items():
        yield Picture(name=name, kind="notice", html=web.notice(notice.text, notice.tone))
    for name, ask in FORMS.items():
        yield Picture(name=name, kind="modal", html=web.form(ask, Origin(), FILE_BYTES))


def _when(stamp: str | int) -> str:
    """Write a moment as a reader in New York sees it."""
    local = datetime.fromtimestamp(int(stamp), UTC).astimezone(_ZONE)
    return f"{local:%b} {local.day} {local:%H:%M}"


def _markdown(text: str) -> list[Run]:
    """Read Discord's bold, its masked links and its escapes; nothing else is ever sent."""
    runs: list[Run] = []
    text = _WHEN.sub(lambda found: _when(found[2]), text)
    for place, linked in enumerate(_MASKED.split(text)):
        parts = _BOLD.split(linked)
        runs += [
            Run(_ESCAPED.sub(r"\1", part), bool(at % 2), link=bool(place % 2))
            for at, part in enumerate(parts)
            if part
        ]
    return runs


def _mrkdwn(text: str) -> list[Run]:
    """Read Slack's bold, which spans a cell's first line or nothing of it."""
    text = _WHEN.sub(lambda found: _when(found[1]), text)
    found = _MRKDWN.fullmatch(text)
    if found is None:
        return [Run(html.unescape(text), bold=False)]
    return [
        Run(html.unescape(found[1]), bold=True),
        Run(html.unescape(found[2] or ""), bold=False),
    ]


def _rows(fields: Sequence[Json]) -> list[list[Json]]:
    """Put inline fields beside one another."""
    rows: list[list[Json]] = []
    for inline, group in groupby(fields, key=lambda field: bool(field["inline"])):
        held, wide = list(group), INLINE if inline else 1
        rows += [held[start : start + wide] for start in range(0, len(held), wide)]
    return rows


def _unknown(kind: object) -> str:
    message = f"No template shows {kind!r}."
    raise LookupError(message)


def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("tests.pictures")
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.ChainableUndefined)
    made.filters |= {"markdown": _markdown, "mrkdwn": _mrkdwn, "rows": _rows, "unknown": _unknown}
    made.filters["when"] = _when
    return made


_ZONE = ZoneInfo("America/New_York")
_STATIC = Path(web.__file__).parent / "static"
_TEMPLATES = _templates()
PICTURES: Mapping[str, tuple[Picture, ...]] = {
    "slack": tuple(_slack()),
    "discord": tuple(_discord()),
    "web": tuple(_web()),
}
