"""What is done for cases by jobs."""

from __future__ import annotations

from enum import StrEnum


class CaseJob(StrEnum):
    """A kind of job about cases."""

    PROFILE = "seller-profile"
    """Reads a seller's page."""
    FACTS = "seller-facts"
    """Asks a third party who a seller is."""
    OFFERS = "all-offers"
    """Asks a third party for all offers of a product."""
