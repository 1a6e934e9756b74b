"""What a case is about, its point first: ``Buy Box lost: Walnut Salad Bowl``."""

from __future__ import annotations

from bot.domain.cases import Case, Entry, Signal
from bot.domain.findings import BUY_BOX, SELLER
from bot.domain.identifiers import LONGEST_SELLER_ID
from bot.ui.text import at_word, one_line
from bot.ui.views.scene import Scene

TWO_LINES = 60
"""Characters of a title that a phone shows in two lines."""
PHONE = 32
"""Characters of a button that a phone shows whole."""
SHORTEST = 28
"""So much of a product's name is shown however long the point is."""

_POINTS = {SELLER: "unknown seller", BUY_BOX: "Buy Box lost"}
"""The points of the signals whose own few words do not say what is wrong."""


def case_headline(case: Case, scene: Scene) -> str:
    """Say what the case is about, and where."""
    state = _state(case, scene)
    said = f"{state}: {_point(case)}, " if state else f"{point(case)}: "
    return _with_name(said, place(case, scene))


def entry_title(case: Case, entry: Entry, scene: Scene) -> str:
    """Say what an entry of the case's timeline tells, cut at two lines."""
    signal = _told(case, entry)
    if signal is None or signal.kind == SELLER:
        # Whether a seller came or came back, only the entry's own sentence says.
        return at_word(entry.text, TWO_LINES)
    said = f"{capital(_words(signal))}: "
    return _with_name(said, scene.name_of(case.marketplace, signal.asin))


def _with_name(said: str, name: str) -> str:
    """Add a name to what is said of it, unless it stands there already."""
    if name in said:
        return said.rstrip(" :,")
    return f"{said}{at_word(name, max(SHORTEST, TWO_LINES - len(said)))}"


def entry_line(case: Case, entry: Entry, other: Entry) -> str:
    """Say an entry below another one's title: of the same product a few words are enough."""
    signal, above = _told(case, entry), _told(case, other)
    if signal and above and signal.asin == above.asin:
        return capital(brief(signal))
    return one_line(entry.text, 200)


def point(case: Case) -> str:
    """Say in a few words what is wrong."""
    return capital(_point(case))


def place(case: Case, scene: Scene) -> str:
    """Say where it is wrong: on which product, or by whom on several; nothing where on none."""
    if spread(case):
        return f"seller {one_line(case.seller, LONGEST_SELLER_ID)}"
    return scene.name_of(case.marketplace, lead(case).asin)


def lead(case: Case) -> Signal:
    """Return the worst of what goes on, or went on; of equals, the Buy Box's loss is worst."""
    return max(_signals(case), key=lambda signal: (signal.severity, signal.kind == BUY_BOX))


def spread(case: Case) -> bool:
    """Tell whether one seller is, or was, on several of our products."""
    return bool(case.seller) and len(_hit(case)) > 1


def brief(signal: Signal) -> str:
    """Say in a few words what goes on, to stand beside the product's name."""
    return one_line(signal.brief or signal.headline, 120)


def capital(text: str) -> str:
    """Begin a text with a capital letter; what follows keeps its own."""
    return text[:1].upper() + text[1:]


def _told(case: Case, entry: Entry) -> Signal | None:
    """Return the signal that the entry tells of, as long as it still says the same."""
    return next((each for each in case.signals if each.headline == entry.text), None)


def _point(case: Case) -> str:
    if not spread(case):
        first = lead(case)
        back = first.kind == SELLER and case.earlier is not None
        return "seller back" if back else _words(first)
    hit = len(_hit(case))
    taken = sum(signal.kind == BUY_BOX for signal in _signals(case))
    return (
        f"Buy Box lost on {taken} of {hit} products" if taken else f"one seller on {hit} products"
    )


def _words(signal: Signal) -> str:
    words = _POINTS.get(signal.kind) or signal.brief or signal.headline
    return at_word(words, TWO_LINES)


def _state(case: Case, scene: Scene) -> str:
    if not case.open:
        return "Closed"
    if not case.active:
        return "Over for now"
    return "Snoozed" if case.snoozed(scene.now) else ""


def _signals(case: Case) -> tuple[Signal, ...]:
    return case.active or case.signals


def _hit(case: Case) -> set[str]:
    return {signal.asin for signal in _signals(case) if signal.asin}
