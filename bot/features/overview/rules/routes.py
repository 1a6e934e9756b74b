"""What is typed of a route: which alerts it takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.findings import Severity
from bot.core.interface import tr
from bot.core.marketplaces import Marketplace
from bot.errors import UserError

SEVERITIES: Mapping[str, Severity] = {
    "critical": Severity.CRITICAL,
    "warning": Severity.WARNING,
}


def read_conditions(typed: Sequence[str]) -> tuple[Severity | None, str]:
    """Return the least severity and the marketplace's code that are typed, in any order.

    Raises:
        UserError: a word is neither, one stands twice, or there is none.
    """
    severity: Severity | None = None
    marketplace = ""
    for word in typed:
        found, market = SEVERITIES.get(word.lower()), Marketplace.find(word)
        if found is not None and severity is None:
            severity = found
        elif market is not None and not marketplace:
            marketplace = market.code
        else:
            raise UserError(_how())
    if severity is None and not marketplace:
        raise UserError(_how())
    return severity, marketplace


def _how() -> str:
    return tr(
        "Type critical or warning, a marketplace like DE, or both: /settings route critical DE here"
    )
