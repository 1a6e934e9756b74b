"""What a case is about, its point first: ``Buy Box lost: Walnut Salad Bowl``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.amazon_retail import amazon_itself
from bot.core.findings import BUY_BOX, CLUB, COLLECTIBLE, OUTLET, REFURBISHED, SELLER, USED
from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.interface import tr, tr_data, tr_noted
from bot.core.text import at_word, one_line
from bot.core.views.context import ViewContext
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.models.signals import Signal
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.sellers import short_name

TWO_LINES = 60
"""Characters of a title that a phone shows in two lines."""
PHONE = 32
"""Characters of a button that a phone shows whole."""
SHORTEST = 28
"""So much of a product's name is shown however long the point is."""

BRIEF = 120
"""Characters of a few words."""

UNREAD = "its products could not be read"
"""The point of a case none of whose products is there."""

POINTS = {
    SELLER: "unknown seller",
    BUY_BOX: "Buy Box lost",
    USED: "used offer by an unknown seller",
    REFURBISHED: "refurbished offer by an unknown seller",
    COLLECTIBLE: "collectible offer by an unknown seller",
    CLUB: "club offer by an unknown seller",
    OUTLET: "Amazon sells it used",
}
"""The points of the signals whose own few words do not say what is wrong."""


def case_headline(case: Case, view: CaseContext) -> str:
    """Say what the case is about, and where."""
    state, told = _state(case, view), _point(case, short_name(case, view))
    said = (
        tr("{state}: {point}, ", state=state, point=told)
        if state
        else tr("{point}: ", point=capital(told))
    )
    return _with_name(said, place(case, view))


def entry_title(case: Case, entry: Entry, view: ViewContext) -> str:
    """Say what an entry of the case's timeline tells, cut at two lines."""
    if not _raises(entry) or entry.signal == SELLER:
        # Whether a seller came or came back, only the entry's own sentence says.
        return at_word(tr_noted(entry.text), TWO_LINES)
    said = tr("{point}: ", point=capital(_words(entry.signal, entry.brief or entry.text)))
    return _with_name(said, view.name_of(case.marketplace, entry.asin))


def _with_name(said: str, name: str) -> str:
    """Add a name to what is said of it, unless it stands there already."""
    if name in said:
        return said.rstrip(" :,：，")
    return f"{said}{at_word(name, max(SHORTEST, TWO_LINES - len(said)))}"


def entry_line(entry: Entry, other: Entry) -> str:
    """Say an entry below another one's title: of the same product a few words are enough."""
    if _raises(entry) and _raises(other) and entry.asin == other.asin:
        return capital(one_line(entry.brief or entry.text, BRIEF))
    return one_line(tr_noted(entry.text), 200)


def _raises(entry: Entry) -> bool:
    """Tell whether the entry tells of a signal that goes on."""
    return bool(entry.signal) and entry.kind in (EntryKind.OPENED, EntryKind.SIGNAL)


def point(case: Case) -> str:
    """Say in a few words what is wrong."""
    return capital(_point(case))


def place(case: Case, view: CaseContext) -> str:
    """Say where it is wrong: on which product, or by whom on several; nothing where on none."""
    if spread(case):
        return place_of_seller(case, short_name(case, view))
    return view.name_of(case.marketplace, case.lead.asin) if case.lead else ""


def place_of_seller(case: Case, name: str = "") -> str:
    """Say whose doing it is on several products."""
    amazon = amazon_itself(case.seller, case.marketplace)
    known = name or tr("seller {id}", id=one_line(case.seller, LONGEST_SELLER_ID))
    return amazon.name if amazon else known


def spread(case: Case) -> bool:
    """Tell whether one seller is, or was, on several of our products."""
    return bool(case.seller) and _hit(case) > 1


def brief(signal: Signal) -> str:
    """Say in a few words what goes on, to stand beside the product's name."""
    return one_line(signal.brief or signal.headline, BRIEF)


def capital(text: str) -> str:
    """Begin a text with a capital letter; what follows keeps its own."""
    return text[:1].upper() + text[1:]


def _point(case: Case, name: str = "") -> str:
    """Say in a few words what is wrong, and who does it where that has a ``name``."""
    if not spread(case):
        first = case.lead
        if first is None:
            return tr_data(UNREAD)
        if first.kind == SELLER and case.earlier is not None:
            return tr("seller {name} back", name=name) if name else tr("seller back")
        words = _words(first.kind, first.brief or first.headline)
        return f"{words} {name}" if name and first.kind == SELLER else words
    hit, taken = _hit(case), _kinds(case).get(BUY_BOX, 0)
    return (
        tr("Buy Box lost on {taken} of {hit} products", taken=f"{taken:,}", hit=f"{hit:,}")
        if taken
        else tr("one seller on {hit} products", hit=f"{hit:,}")
    )


def _words(kind: str, brief: str) -> str:
    return at_word(tr_data(POINTS.get(kind, brief)), TWO_LINES)


def _state(case: Case, view: ViewContext) -> str:
    if not case.open:
        return tr("Closed")
    if not case.going_on:
        return tr("Over for now")
    return tr("Snoozed") if case.snoozed(view.now) else ""


def _hit(case: Case) -> int:
    return case.tally.hit if case.going_on else case.tally.products


def _kinds(case: Case) -> Mapping[str, int]:
    return case.tally.active if case.going_on else case.tally.kinds
