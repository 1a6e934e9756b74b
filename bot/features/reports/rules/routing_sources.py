"""What the rows of the router's table rest on (facts: reporting), and words that rows share."""

from __future__ import annotations

from bot.core.labeled import Recommendation
from bot.features.reports.models.observations import Grounds, Observation
from bot.features.reports.models.routes import Route, Source

_READ = "2026-11"
IP_POLICY = Source(name="Amazon's IP policy, help page 201361070", read=_READ, amazons=True)
REGISTRY_FAQ = Source(name="Amazon's Brand Registry FAQ", read=_READ, amazons=True)
STAFF = Source(name="Amazon staff, Seller Forums 083c531b", read=_READ, amazons=True)
OUTCOMES = Source(name="Amazon staff, Seller Forums 91fc52b8", read=_READ, amazons=True)
LAW = Source(name="the law of first sale")
LAWYERS = Source(name="law firms and sellers, not Amazon", read=_READ)
REJECTIONS = Source(name="a vendor's list of rejections, not Amazon", read=_READ)
SELLER_LISTS = Source(name="public lists of Amazon's seller IDs", read=_READ)
TEAM = Source(name="your own records")
REGISTER = Source(name="your own register")
NO_SOURCE = Source(name="none that Amazon confirms")

ONE_CLAIM = "File one violation per report. Report anything else separately."
BUY_FIRST = "Buy one from this seller. An order ID is the strongest evidence."
NOTHING_SHOWN = "Nothing so far shows that the product is fake."
OUR_MARK = "You own a trademark registered in this country"
RESELLER = "Your team decided that this seller is a lawful reseller."
FALSE_CLAIM = "A false counterfeit claim can get you sued for defamation or interference."

PROVEN = frozenset({Grounds.TEST_BUY, Grounds.DIFFERENCES})
"""Grounds on which goods may be called other than genuine."""
UNPROVEN = frozenset(Grounds) - PROVEN
INFRINGING = frozenset(
    {
        Observation.COPY,
        Observation.NAME,
        Observation.TITLE,
        Observation.CONTENT,
        Observation.DESIGN,
        Observation.INVENTION,
        Observation.MODEL,
    }
)
"""What would infringe a right of ours."""
GENUINE = frozenset({Observation.GENUINE})
PRICE = frozenset({Observation.PRICE})
UNSURE = frozenset({Observation.UNSURE})
RESOLD = GENUINE | PRICE
US = frozenset({"US"})


def lawful(source: Source, *reasons: str) -> Route:
    """Return the way of what is no infringement."""
    recommendation = Recommendation.LAWFUL
    return Route(recommendation=recommendation, reasons=reasons, source=source, law=source is LAW)


def lawyer(source: Source, *reasons: str) -> Route:
    """Return the way of what a lawyer decides."""
    recommendation = Recommendation.LAWYER
    return Route(recommendation=recommendation, reasons=reasons, source=source, law=True)


def ask(source: Source, *reasons: str, law: bool = False) -> Route:
    """Return the way of what has to be found out first."""
    return Route(recommendation=Recommendation.ASK, reasons=reasons, source=source, law=law)
