"""Who looks after what."""

from __future__ import annotations

from bot.core.labeled import LabeledEnum


class Duty(LabeledEnum):
    """What somebody of the team looks after; a person may have several."""

    LEAD = "lead", "Lead"
    ACCOUNT = "account", "Account and access"
    LISTINGS = "listings", "Listings"
    RIGHTS = "rights", "Trademarks and legal"
    SUPPLY = "supply", "Supply and packaging"
    BUYERS = "buyers", "Buyers and reviews"
