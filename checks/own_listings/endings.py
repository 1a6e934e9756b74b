"""What is said when a problem with a listing is over."""

from __future__ import annotations

from bot.core.findings import CATEGORY, CLOSED, SEARCH_SUPPRESSED, STRANDED, SUPPRESSED
from bot.core.interface import noted


def over(signal: str, name: str) -> str:
    """Say in a sentence that a problem of that signal is over; ``name`` is the product's."""
    if signal == SUPPRESSED:
        return noted("Amazon no longer suppresses your listing of {name}", name=name)
    if signal == SEARCH_SUPPRESSED:
        return noted("Amazon shows {name} in its search again", name=name)
    if signal == CLOSED:
        return noted("Your listing of {name} is back", name=name)
    if signal == STRANDED:
        return noted("The units of {name} are no longer stranded", name=name)
    if signal == CATEGORY:
        return noted("{name} is in its former category again", name=name)
    return noted("Amazon no longer reports the new problems with {name}", name=name)
