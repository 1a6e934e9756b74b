"""What the rows of the router's table rest on (facts: reporting), and words that rows share."""

from __future__ import annotations

from bot.features.reports.models.observations import Grounds, Observation
from bot.features.reports.models.routes import Source

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
