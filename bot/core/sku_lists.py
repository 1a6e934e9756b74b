"""Which of our SKUs can be asked for in one request, and which only alone. Pure.

Amazon takes a list of SKUs as one text that commas part, and parts it after it was unquoted: a SKU
that has a comma counts as two, and makes a list of twenty too long, which is refused as a whole
(source: issue 3185 of selling-partner-api-docs).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from bot.core.listing import Watch

LONGEST_QUOTED = 300
"""Characters of a SKU as it is written into an address; twenty of these fit into one of 8 kB."""


def fits_lists(sku: str) -> bool:
    """Tell whether a SKU can stand in a list.

    Blanks around it may be taken for the list's own; one in letters of three bytes is too long.
    """
    short = len(quote(sku, safe="", errors="replace")) <= LONGEST_QUOTED
    return bool(sku) and "," not in sku and sku == sku.strip() and short


def asked_together(watches: Sequence[Watch], at_once: int) -> list[list[Watch]]:
    """Part products into what one request takes: ``at_once`` whose SKUs fit a list, or one alone.

    What cannot be listed comes last, so that the others do not wait for it.
    """
    listed = [watch for watch in watches if fits_lists(watch.sku)]
    alone = [[watch] for watch in watches if not fits_lists(watch.sku)]
    return [listed[at : at + at_once] for at in range(0, len(listed), at_once)] + alone
