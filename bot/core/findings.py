"""Findings: what a rule concludes from a look at a product."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.core.conditions import Condition
from bot.core.history import History
from bot.core.listing import Snapshot, Watch
from bot.core.money import Money
from bot.core.permissions import Person


class Severity(enum.IntEnum):
    """How bad it is."""

    INFO = 0
    WARNING = 1
    CRITICAL = 2


SELLER = "seller"
"""The signal that somebody sells whom the team does not know."""

BUY_BOX = "buy-box"
"""The signal that somebody else holds the Buy Box; a case counts those in its first line."""

PRICE_FLOOR = "price-floor"
"""The signal that an offer is below the floor that the team set."""

AMAZON = "amazon"
"""The signal that Amazon itself sells the product, as far as we know."""

OWN_OFFER = "own-offer"
"""The signal that our own offer is gone."""

SUPPRESSED = "page-suppressed"
"""The signal that Amazon took a listing of ours down."""

SEARCH_SUPPRESSED = "page-hidden"
"""The signal that Amazon hides a product of ours in its search."""

CLOSED = "page-closed"
"""The signal that a listing of ours is gone or cannot be bought, without a reason of Amazon's."""

STRANDED = "page-stranded"
"""The signal that Amazon stores units of ours that cannot be bought."""

CATEGORY = "page-category"
"""The signal that a product of ours stands in another category than before."""

LISTING_ISSUE = "page-issue"
"""The signal that Amazon has something new against a listing of ours."""

NO_BUY_BOX = "page-buy-box"
"""The signal that nobody holds the Buy Box of a product although our offer is there."""

OF_OUR_LISTING = frozenset(
    {SUPPRESSED, SEARCH_SUPPRESSED, CLOSED, STRANDED, CATEGORY, LISTING_ISSUE}
)
"""Signals about how a listing of ours is; no seller is behind them, as far as that is known."""

ACCOUNT_HEALTH = "account-health"
"""The signal that Amazon may close our account, or did."""

ACCOUNT_INACTIVE = "account-inactive"
"""The signal that all our listings in a marketplace are set to inactive."""

OF_OUR_ACCOUNT = frozenset({ACCOUNT_HEALTH, ACCOUNT_INACTIVE})
"""Signals about our account."""

HIDDEN_SELLERS = "hidden-sellers"
"""The signal that Amazon counts more offers than it lists."""

USED, REFURBISHED, COLLECTIBLE = "used-offer", "refurbished-offer", "collectible-offer"
CLUB = "club-offer"
"""The signals that a seller whom the team does not know offers the product in that condition."""

OF_CONDITION: Mapping[Condition, str] = {
    Condition.USED: USED,
    Condition.REFURBISHED: REFURBISHED,
    Condition.COLLECTIBLE: COLLECTIBLE,
    Condition.CLUB: CLUB,
}
"""The signal of each condition but new."""

OUTLET = "amazon-outlet"
"""The signal that Amazon itself, as far as we know, offers the product in another condition."""

NOT_NEW = frozenset({*OF_CONDITION.values(), OUTLET})
"""Signals of offers that are not new."""

ENDED_BY_TRUST = frozenset({SELLER, AMAZON, BUY_BOX}) | NOT_NEW
"""Signals that a seller's mere presence raises: they end when the team trusts that seller."""

ATTACK = "attack"
"""The signal of an attack that a person logged."""

PROBLEM = "problem"
"""The signal that an item of a checklist is not as it should be."""

SOLVABLE = frozenset({ATTACK, PROBLEM})
"""Signals that no reading of a listing ends: people say when it is over."""


PAGE_CHANGES = frozenset(
    {
        "page-brand",
        "page-title",
        "page-main-image",
        "page-family",
        "page-bullets",
        "page-description",
        "page-images",
        "page-product-type",
        "page-aplus",
    }
)
"""Signals that a page no longer says what the team approved, by the part that changed."""


AT_RISK = "Sales at risk"
"""The fact that says what a finding may cost us a day, at most."""


FIRST_STEP = "What to do first"
"""The fact that says what people do first about a finding."""
TO_DO = "What to do"
"""The fact that says what people do about a finding that has no playbook."""


PAGE_SIGNALS = "page-"
"""What the signals begin with that are about a product's page or listing, whoever did it."""

ACCOUNT_SIGNALS = "account-"
"""What the signals begin with that are about the seller account."""


def page_key(marketplace: str, asin: str) -> str:
    """Return what makes findings about a product's page or listing one case."""
    return f"{marketplace}/{asin}/page"


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of what is known, for people.

    A value that ends with a moment gives it as ``at``: people read it in their own time zone.
    """

    label: str
    value: str
    at: datetime | None = None


class RuleContext(msgspec.Struct, frozen=True, kw_only=True):
    """All that a rule may know: the product, this reading, and what was known before and after."""

    watch: Watch
    snapshot: Snapshot
    before: History
    now: History
    own: frozenset[str] = frozenset()
    """Our own seller IDs."""
    trusted: frozenset[str] = frozenset()
    """Sellers whom the team authorised for this product or leaves alone on it."""

    def known(self, seller: str) -> bool:
        """Tell whether the seller is one of us or trusted here."""
        return seller in self.own or seller in self.trusted


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's verdict on one product, in this reading.

    A finding raises a *signal* (or, with ``ended``, says that it is over). A rule may repeat a
    finding at every reading: the team is told again only when ``mark`` changed.
    """

    signal: str
    """What is going on: ``seller``, ``buy-box``, ``price-floor``, ``hidden-sellers``, ..."""
    asin: str = ""
    """The product; empty where it is about none, as with an attack on the account."""
    marketplace: str
    at: datetime
    severity: Severity
    headline: str
    """One sentence in the field's own words."""
    brief: str = ""
    """The same in a few words, to stand behind the product's name: ``holds the Buy Box``."""
    seller: str = ""
    """Whose doing it is; one seller's findings on all products make one case."""
    about: str = ""
    """What else makes a case of its own, such as ``attack-3``: then no seller and no product do."""
    ended: bool = False
    mark: str = ""
    since: datetime | None = None
    """Since when it is so: a case closed after that moment is not opened again by it."""
    facts: tuple[Fact, ...] = ()
    daily_loss: Money | None = None
    """About what it costs us a day, where that can be told; a case adds it up."""
    evidence: str = ""
    """SHA-256 of the raw answer that shows it; set by who runs the rules, not by a rule."""
    who: Person | None = None
    """Who told it, where its words are a person's."""

    @property
    def fingerprint(self) -> str:
        """What makes two findings one case: the culprit, the page or the account.

        A culprit's findings on all products are one case, whatever they are. Nobody can tell who
        changed a page, so all that is wrong with it is one case, and so with the account. What is
        none of these is a case of its product and signal.
        """
        if self.about:
            return f"{self.marketplace}/{self.about}"
        if self.seller:
            return f"{self.marketplace}/{self.seller}"
        if self.signal.startswith(PAGE_SIGNALS):
            return page_key(self.marketplace, self.asin)
        if self.signal.startswith(ACCOUNT_SIGNALS):
            return f"{self.marketplace}/account"
        return f"{self.marketplace}/{self.asin}/{self.signal}"
