"""Routes: what decides about the door, where a matter belongs, and the rows that say so."""

from __future__ import annotations

import msgspec

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds, Observation, Origin, RightValidity
from bot.features.rights.models import EU

TERRITORIES = {**dict.fromkeys(EU, "the EEA"), "UK": "the UK", "US": "the US"}
"""Marketplaces of which the facts say whose first sale makes a resale lawful, and its territory."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides about the door."""

    seen: Observation
    marketplace: str = "US"
    grounds: Grounds = Grounds.SUSPICION
    origin: Origin = Origin.UNKNOWN
    """Where genuine goods were first sold."""
    validity: RightValidity = RightValidity.NONE
    tried: bool = False
    """What comes before a report of abuse was done, such as asking Brand Registry support."""
    allowed: bool = False
    """The seller is on the team's list of authorized sellers."""
    lawful: bool = False
    """The team decided that the seller is a lawful reseller."""
    amazon: bool = False
    """The seller is Amazon itself, as far as we know."""

    @property
    def territory(self) -> bool:
        """The law of resale in the marketplace's country is known."""
        return self.marketplace in TERRITORIES


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a row of the table comes from."""

    name: str
    read: str = ""
    """Year and month in which it was read; empty: it is no page that could be read."""
    amazons: bool = False
    """Amazon itself says so; else it is never told as Amazon's rule."""

    @property
    def words(self) -> str:
        """The source, as it is noted."""
        said = f"{self.name}, read {self.read}." if self.read else f"{self.name}."
        return said[0].upper() + said[1:]


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Where it belongs, and why."""

    recommendation: Recommendation
    claim: Claim | None = None
    reasons: tuple[str, ...]
    source: Source
    law: bool = False
    """The reasons tell what the law is."""
    buy_first: bool = False
    """One is bought from the seller before anything else."""
    instead: tuple[Observation, ...] = ()
    """What the same goods may be reported as, without the right that is missing."""


class RoutingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table; what is left out fits every answer."""

    seen: frozenset[Observation]
    marketplaces: frozenset[str] | None = None
    grounds: frozenset[Grounds] | None = None
    origin: Origin | None = None
    validity: frozenset[RightValidity] | None = None
    territory: bool | None = None
    tried: bool | None = None
    allowed: bool | None = None
    lawful: bool | None = None
    amazon: bool | None = None
    route: Route

    def fits(self, answers: Answers) -> bool:
        """Tell whether the row is about these answers."""
        if answers.seen not in self.seen:
            return False
        among = (
            (self.marketplaces, answers.marketplace),
            (self.grounds, answers.grounds),
            (self.validity, answers.validity),
        )
        same = (
            (self.origin, answers.origin),
            (self.territory, answers.territory),
            (self.tried, answers.tried),
            (self.allowed, answers.allowed),
            (self.lawful, answers.lawful),
            (self.amazon, answers.amazon),
        )
        return all(row is None or given in row for row, given in among) and all(
            row is None or given is row for row, given in same
        )
