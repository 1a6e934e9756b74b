"""Cards, forms and pages as HTML. Pure: the same input gives the same text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.web import filters
from adapters.web.addresses import resorted, row_address, sort_name, table_address
from adapters.web.filters import Barred
from adapters.web.messages import KEPT_DAYS, WebMessage
from adapters.web.policy import may_open, may_show
from adapters.web.site import Menu, Site
from adapters.web.statics import STATIC
from bot.core.browse.models import RowPage, TablePage
from bot.core.cards import Button, Card, Tone
from bot.core.interactions import Ask
from bot.core.interface import tr
from bot.core.permissions import Person, Role
from bot.features.watchlist.models.price_queries import PriceLine, ShownPrices

KEY_FIELD = "key"
"""The field of a form that has the page's key."""


class Viewer(msgspec.Struct, frozen=True):
    """Who reads the page."""

    person: Person
    role: Role


class Origin(msgspec.Struct, frozen=True):
    """From where somebody acted: the message whose button was pressed, and the open thread."""

    message: str = ""
    thread: str = ""


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """A thread as the panel shows it; ``earlier`` is the address of what comes before."""

    first: WebMessage
    replies: Sequence[WebMessage]
    earlier: str = ""
    paged: bool = False
    """It does not show the newest replies."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """All of the page. ``cursor`` says up to which change it is true."""

    viewer: Viewer
    key: str
    """What its posts must show; see ``auth``."""
    messages: Sequence[WebMessage]
    cursor: str
    menu: Menu = ()
    thread: Thread | None = None
    earlier: str = ""
    paged: bool = False
    """It does not show the newest messages."""
    shortened: bool = False
    """It begins where older messages are not kept."""


class PriceSheet(msgspec.Struct, frozen=True, kw_only=True):
    """All of the page of a product's prices."""

    brand: str
    simulated: bool
    prices: ShownPrices
    address: str
    """Of the page itself, without what is asked of it."""
    days: int
    choices: Sequence[int]
    """Numbers of days that can be chosen."""
    lines: Sequence[PriceLine]
    number: int
    """Which page of the numbers this is."""
    pages: int
    drawn: bool
    """Whether there is a picture."""
    says: str
    """The picture's numbers in words, for those who do not see it."""


class Browsed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a table: who reads it, and where else they may go."""

    viewer: Viewer
    key: str
    menu: Menu
    current: str
    """The table's name."""


class Refused(msgspec.Struct, frozen=True):
    """Files that are not taken: the name of their input, and why."""

    input: str
    words: str


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a person gets back: what kind of thing, and how it looks."""

    kind: str
    html: str
    message: str = ""
    refused: Refused | None = None
    """Where in the open form it belongs, instead of among the notices."""


def all_may(_: Button) -> str:
    """Bar nothing."""
    return ""


def message(message: WebMessage, zone: tzinfo, barred: Barred = all_may) -> str:
    """Return a message of the channel or of a thread, as who is not ``barred`` may press it."""
    return _part("cards.html", "message", message, zone, barred)


def private(card: Card, id: str, thread: str, zone: tzinfo, barred: Sequence[str] = ()) -> str:
    """Return a card that one person sees, under an id that no stored message has.

    ``barred`` says why they do not see all of its buttons.
    """
    return _part("cards.html", "private", card, id, thread, zone, all_may, barred)


def notice(text: str, tone: Tone) -> str:
    """Return a line for the person who asked."""
    return _part("cards.html", "notice", text, tone)


def form(ask: Ask, origin: Origin, file_bytes: int) -> str:
    """Return a step of a flow; the first wrong input, or else the first, takes the focus."""
    inputs = ask.form.inputs
    wrong = [index for index, asked in enumerate(inputs) if asked.name in ask.errors]
    return _part("form.html", "form", ask, wrong[0] if wrong else 0, origin, file_bytes)


def page(site: Site, page: Page, zone: tzinfo) -> str:
    """Return the whole page."""
    shown = msgspec.structs.asdict(page) | {"barred": _barred(site, page.viewer)}
    html = _ENV.get_template("page.html").render(site=site, zone=zone, kept_days=KEPT_DAYS, **shown)
    return _keyed(html, page.key)


def thread(site: Site, thread: Thread, zone: tzinfo, viewer: Viewer) -> str:
    """Return the panel of a thread."""
    return _ENV.get_template("thread.html").render(
        site=site, thread=thread, zone=zone, barred=_barred(site, viewer)
    )


def _barred(site: Site, viewer: Viewer) -> Barred:
    return partial(site.barred, viewer.role)


def prices(sheet: PriceSheet, zone: tzinfo) -> str:
    """Return the page of a product's prices."""
    return _ENV.get_template("prices.html").render(zone=zone, **msgspec.structs.asdict(sheet))


def table(site: Site, page: TablePage, around: Browsed, zone: tzinfo) -> str:
    """Return a page of a table, with all that stands around it."""
    shown = msgspec.structs.asdict(around)
    page = _pressable(site, page, around.viewer)
    html = _ENV.get_template("table.html").render(site=site, page=page, zone=zone, **shown)
    return _keyed(html, around.key)


def rows(site: Site, page: TablePage, viewer: Viewer, zone: tzinfo) -> str:
    """Return what changes of a table when something else is asked of it."""
    return _part("tables.html", "found", _pressable(site, page, viewer), zone)


def _pressable(site: Site, page: TablePage, viewer: Viewer) -> TablePage:
    """Leave out what the reader may not do."""
    barred = _barred(site, viewer)
    actions = [
        each for each in page.actions if not barred(Button(label=each.label, action=each.action))
    ]
    return msgspec.structs.replace(page, actions=tuple(actions))


def search(site: Site, found: Sequence[TablePage], text: str, around: Browsed, zone: tzinfo) -> str:
    """Return the page that searches all tables."""
    html = _ENV.get_template("search.html").render(
        site=site, found=found, text=text, zone=zone, **msgspec.structs.asdict(around)
    )
    return _keyed(html, around.key)


def groups(found: Sequence[TablePage], text: str, zone: tzinfo) -> str:
    """Return what changes of it when something else is searched."""
    return _part("tables.html", "groups", found, text, zone)


def row(site: Site, page: RowPage, key: str, around: Browsed, zone: tzinfo) -> str:
    """Return the page about a row, whose key is given."""
    html = _ENV.get_template("row.html").render(
        site=site,
        page=page,
        zone=zone,
        barred=_barred(site, around.viewer),
        address=row_address(around.current, key),
        history=f"{row_address(around.current, key)}/history",
        **msgspec.structs.asdict(around),
    )
    return _keyed(html, around.key)


def error(
    title: str,
    text: str,
    people: Mapping[str, tuple[Person, Role]] | None = None,
    key: str = "",
) -> str:
    """Return a page that says what is wrong and what to do; it may let one choose a person."""
    html = _ENV.get_template("error.html").render(title=title, text=text, people=people)
    return _keyed(html, key)


def enter(token: str) -> str:
    """Return the page of a link, with the button that uses it up."""
    return _ENV.get_template("enter.html").render(token=token)


def replies(shown: Iterable[Shown], back: str, key: str) -> str:
    """Return a page with what a person gets back, for a browser that runs no scripts."""
    return _keyed(_ENV.get_template("replies.html").render(shown=shown, back=back), key)


def _keyed(html: str, key: str) -> str:
    # Only whole pages need the key in their forms: what the script fetches, it also sends. Text
    # from outside is escaped, so no such element can come from there.
    return html.replace(_NO_KEY, f'<input type="hidden" name="{KEY_FIELD}" value="{key}">')


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        clock=filters.clock,
        day=filters.day,
        moment=filters.full_moment,
        instant=filters.instant,
        initials=filters.initials,
        hue=filters.hue,
        file_name=filters.file_name,
        size=filters.size,
        other_errors=filters.other_errors,
        changed=filters.changed,
        word=filters.word,
        signed=filters.signed,
        live=filters.live,
        reasons=filters.reasons,
        found_words=filters.found_words,
        searched_words=filters.searched_words,
        address=table_address,
        resorted=resorted,
    )
    env.globals.update(static=STATIC, tr=tr, row_address=row_address, sort_name=sort_name)
    env.tests.update(
        opened=may_open,
        shown=may_show,
        picture=filters.is_picture,
        kind=filters.is_kind,
        grouped=filters.is_grouped,
    )
    return env


_ENV = _environment()
_NO_KEY = f'<input type="hidden" name="{KEY_FIELD}">'


def _part(template: str, macro: str, *values: object) -> str:
    return str(getattr(_ENV.get_template(template).module, macro)(*values))
