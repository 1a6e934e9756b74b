"""What a person said of a matter so far, and where it leads."""

from __future__ import annotations

import msgspec

from bot.core.flows.forms import FlowForm
from bot.features.reports.models.earlier import EarlierReport
from bot.features.reports.models.observations import (
    MATTERS,
    Grounds,
    Observation,
    Origin,
    RightValidity,
)
from bot.features.reports.models.routes import TERRITORIES, Answers, Route
from bot.features.reports.rules.inputs import ReportInput
from bot.features.reports.rules.repeats import repeated
from bot.features.reports.rules.routing import best_first, route
from bot.features.rights.models import BrandRightKind

YES = "yes"
ANYTHING = tuple(Observation)


class OfferedRight(msgspec.Struct, frozen=True, array_like=True):
    """A right that the report may rest on, as the form offers it."""

    key: str
    kind: BrandRightKind
    label: str
    validity: RightValidity = RightValidity.GOOD


class ReportForm(FlowForm, frozen=True, kw_only=True):
    """What is seen in a case, its subject."""

    case: str = ""
    """The case's label."""
    headline: str = ""
    marketplace: str = ""
    seller: str = ""
    """The ID of the case's seller."""
    allowed: tuple[str, ...] = ()
    """ASINs on which the seller is authorized."""
    lawful: tuple[str, ...] = ()
    """ASINs on which the team decided that the seller is a lawful reseller."""
    amazon: bool = False
    """The seller is Amazon itself, as far as we know."""
    bought: bool = False
    """A test buy is among the evidence."""
    genuine: bool = False
    """All that was bought is the genuine product."""
    rights: tuple[OfferedRight, ...] = ()
    """Those of the register, what is worth most in the marketplace first."""
    earlier: tuple[EarlierReport, ...] = ()
    """Reports that a new one may repeat."""
    products: tuple[tuple[str, str], ...] = ()
    """ASIN and label."""
    offered: str = ""
    """How many of all these are."""
    shown: tuple[str, ...] = ()
    """ASINs of which evidence shows something."""
    matter: str = ""
    seen: Observation | None = None
    grounds: Grounds = Grounds.SUSPICION
    asins: tuple[str, ...] = ()
    origin: Origin = Origin.UNKNOWN
    tried: str = ""
    instead: Observation | None = None
    right: str = ""
    knows: str = ""
    draft: str = ""

    @property
    def details(self) -> tuple[Observation, ...]:
        """What the matter may be in detail."""
        _, details = MATTERS.get(self.matter, ("", ANYTHING))
        return details

    @property
    def first_seen(self) -> Observation:
        """What the person sees; a matter with one answer is not asked about further."""
        details = self.details
        return self.seen if self.seen in details and self.seen else details[0]

    @property
    def observation(self) -> Observation:
        """What is to be reported: what is seen, or what the person chose instead of it."""
        return self.instead if self.instead in self.others and self.instead else self.first_seen

    @property
    def others(self) -> tuple[Observation, ...]:
        """What the same goods may be reported as instead."""
        return self._leads(self.first_seen).instead

    @property
    def route(self) -> Route:
        """Where it belongs, as far as is known."""
        return self._leads(self.observation)

    @property
    def files(self) -> bool:
        """Tell whether it leads to a report."""
        return self.route.claim is not None

    @property
    def may_be_another(self) -> bool:
        """Tell whether the case has a seller who may have nothing to do with it."""
        return bool(self.seller) and self.observation.nameless

    @property
    def territory(self) -> str:
        """The territory whose first sale makes a resale lawful; empty: that is not known."""
        return TERRITORIES.get(self.marketplace, "")

    @property
    def origin_matters(self) -> bool:
        """Tell whether it decides where the goods were first sold."""
        ways = {self._leads(self.first_seen, each).recommendation for each in Origin}
        return len(ways) > 1

    @property
    def fitting_rights(self) -> tuple[OfferedRight, ...]:
        """The rights that count and on which such a report can rest."""
        kind = self.observation.kind
        return tuple(
            each
            for each in self.rights
            if each.kind is kind and each.validity is RightValidity.GOOD
        )

    @property
    def reported(self) -> tuple[str, ...]:
        """The ASINs that the report is about."""
        return self.asins or tuple(asin for asin, _ in self.products)

    @property
    def named(self) -> str:
        """The seller whom the report names; empty: nobody."""
        return self.seller if self.wanted.names_seller else ""

    @property
    def repeats(self) -> EarlierReport | None:
        """The report that already says it."""
        claim = self.route.claim
        return repeated(self.earlier, claim, self.named, self.reported) if claim else None

    @property
    def wanted(self) -> ReportInput:
        """What is to be reported."""
        return ReportInput(
            case=self.subject,
            seen=self.observation,
            grounds=self.grounds,
            origin=self.origin,
            tried=self.tried == YES,
            knows=self.knows == YES,
            drafts=self.draft == YES,
            right=self.right,
            asins=self.asins,
        )

    def _leads(self, seen: Observation, origin: Origin | None = None) -> Route:
        """Return where it leads; the service asks the same of what is stored then."""
        about = not seen.apart or self.knows == YES
        worth = [each.validity for each in self.rights if each.kind is seen.kind]
        return route(
            Answers(
                seen=seen,
                marketplace=self.marketplace,
                grounds=self.grounds,
                origin=origin or self.origin,
                validity=best_first(worth),
                tried=self.tried == YES,
                allowed=about and not set(self.allowed).isdisjoint(self.reported),
                lawful=about and not set(self.lawful).isdisjoint(self.reported),
                amazon=about and self.amazon,
            )
        )
