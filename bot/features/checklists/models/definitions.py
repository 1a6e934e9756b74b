"""What a checklist is: its items, why they are asked, when, and of whom.

Definitions are data that teams write themselves; ``checks.checklists`` reads and lints them.
"""

from __future__ import annotations

import msgspec

from bot.core.labeled import Duty, LabeledEnum


class Area(LabeledEnum):
    """A part of the brand's guard that has a score of its own."""

    SECURITY = "security", "Account security"
    BRAND = "brand", "Brand registration"
    RIGHTS = "rights", "Intellectual property"
    SUPPLY = "supply", "Supply chain"
    PACKAGING = "packaging", "Packaging and marks"
    MONITORING = "monitoring", "Monitoring"
    READINESS = "readiness", "Attack readiness"
    PEOPLE = "people", "People"


HEAVY = 4
"""An item of this weight makes its problem a critical one."""


class ProofKind(LabeledEnum):
    """What 'done' asks for besides the press of a button."""

    NONE = "none", "nothing"
    USERS = "users", "the list of users"
    APPS = "apps", "the list of apps"
    DATE = "date", "the date"
    COUNT = "count", "the number"
    FILE = "file", "an image or a document"


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to look after."""

    id: str
    title: str
    why: str
    steps: tuple[str, ...] = ()
    """How to do it, a short sentence each."""
    link: str = ""
    """Amazon's page on which it is done; cards allow no others."""
    command: str = ""
    """What to type that helps with it, such as ``health``."""
    minutes: int = 1
    weight: int = 1
    """How much it counts in the score, 1 to 5."""
    proof: ProofKind = ProofKind.NONE
    expires: int = 0
    """Days for which 'done' counts, and nobody is asked again before they end; 0: until the
    checklist comes again."""
    owner: Duty | None = None
    """Who looks after it, if not the checklist's owner."""
    first: bool = False
    """It is one of the few that matter before all others: asked first, and shown as such."""

    @property
    def heavy(self) -> bool:
        """Tell whether a problem with it is critical."""
        return self.weight >= HEAVY


class Checklist(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items that are asked together: every so often, or when an attack begins (a playbook)."""

    id: str
    title: str
    area: Area
    why: str
    section: str
    """The section of the brand's guard that it serves, as docs/article.md names it."""
    owner: Duty
    cadence: str = ""
    """When, in cron words and the team's zone, such as ``0 9 * * mon``; empty for a playbook."""
    attacks: tuple[str, ...] = ()
    """Kinds of attack that begin it in their case's thread; only a playbook has them."""
    signals: tuple[str, ...] = ()
    """What the watch found, such as ``page-suppressed``, in whose case people can begin it."""
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return sum(item.minutes for item in self.items)

    def item(self, id: str) -> Item | None:
        """Return the item of that name."""
        return next((item for item in self.items if item.id == id), None)
