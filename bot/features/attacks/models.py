"""An attack as the team remembers it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.core.labeled import AttackKind, LabeledEnum
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED, Removal


class SourceKind(LabeledEnum):
    """How much is known of who did it."""

    SELLER = "seller", "A seller"
    ADDRESS = "address", "An email or IP address"
    UNKNOWN = "unknown", "Unknown"


class Frequency(LabeledEnum):
    """How often it happened."""

    ONCE = "once", "Once"
    SEVERAL = "several", "Several times"
    DAILY = "daily", "Every day"
    ONGOING = "ongoing", "Ongoing"


class Attack(msgspec.Struct, frozen=True, kw_only=True):
    """An attack that a person logged. What the watch finds by itself stays a case."""

    number: int
    kind: AttackKind
    source_kind: SourceKind = SourceKind.UNKNOWN
    source: str = ""
    """The seller's ID or the address; empty if nobody knows."""
    began_at: datetime
    frequency: Frequency = Frequency.ONCE
    marketplace: str
    asins: tuple[str, ...] = ()
    damage: str = ""
    """What it did, in the team's words."""
    case: int
    """The number of the case in whose thread it is worked on; 0: it was over before."""
    logged_by: Person
    logged_at: datetime
    removed: Removal | None = None
    """Who removed its words, where no case tells that."""

    @property
    def address(self) -> str:
        """The address behind it; empty if it was a seller, or if the source is unknown."""
        return self.source if self.source_kind is SourceKind.ADDRESS else ""

    @property
    def words(self) -> tuple[str, ...]:
        """What a person wrote of it: what it did, and an address; a seller is no person's words."""
        return tuple(each for each in (self.damage, self.address) if each not in ("", REMOVED))

    @property
    def without_damage(self) -> Attack:
        """Return the attack without what it did."""
        return msgspec.structs.replace(self, damage=self.damage and REMOVED)

    @property
    def without_address(self) -> Attack:
        """Return the attack without an address behind it; a seller stays."""
        if not self.address:
            return self
        return msgspec.structs.replace(self, source_kind=SourceKind.UNKNOWN, source="")

    @property
    def key(self) -> str:
        """The attack's name in the store; sorts by number."""
        return attack_key(self.number)

    @property
    def label(self) -> str:
        """The attack as people call it: ``A-3``."""
        return f"A-{self.number}"


def attack_key(number: int) -> str:
    """Return the key of the attack with that number."""
    return f"{number:06d}"


UNKNOWN_SELLER = "Unknown seller"
"""What a seller is called of whom nobody has decided whether they are lawful."""


class Incident(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the analysis counts: an attack that was logged, or a case that the watch opened."""

    at: datetime
    timed: bool = True
    """Its hour is known; where a person named the day alone, it is not."""
    method: AttackKind
    source: str = ""
    """Who did it; empty if nobody knows."""
    address: bool = False
    """The source is a mail or network address: a person may be behind it."""
    asins: tuple[str, ...] = ()
    ref: str
    """Where it is told: ``A-3`` or ``C-12``."""
    decided: bool = True
    """A person logged or reported it; False: an unknown seller, who may be lawful."""
    reported: bool = False
    """A report of it was filed, or its case was closed as reported."""

    @property
    def label(self) -> str:
        """What happened: an attack, or that an unknown seller came."""
        return self.method.label if self.decided else UNKNOWN_SELLER


def series_label(method: AttackKind) -> str:
    """Name what is counted together by week: a hijacker is an unknown seller first."""
    if method is AttackKind.FOLLOW_UP:
        return "Listing hijacks and unknown sellers"
    return method.label


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """A week with more incidents than its past makes likely, and the numbers of the test."""

    method: AttackKind | None
    """None: of all methods together."""
    monday: date
    count: int
    """Incidents of the week, without those that a campaign explains."""
    past: int
    """Incidents of the weeks before."""
    weeks: int
    """How many weeks before were looked at."""
    chance: float
    """How likely it is that a usual week has as many."""
    refs: tuple[str, ...]
    events: int
    """How many events these are: entries that belong together count once."""
    separate: bool
    """These events alone are more than the past makes likely."""

    @property
    def usual(self) -> float:
        """What a week had before, on average."""
        return self.past / self.weeks

    @property
    def says(self) -> str:
        """How unusual it is, in numbers that anybody can check."""
        before = f"{self.past:,}" if self.past else "none"
        return (
            f"{self.count:,} in one week, {before} in the {self.weeks} weeks before: {self._means}"
        )

    @property
    def _means(self) -> str:
        if not self.separate:
            several = f"{self.events:,} separate events" if self.events > 1 else "one event"
            return f"entries about {several}"
        if self.events == self.count:
            return "hardly a coincidence"
        return f"hardly a coincidence, though only {self.events:,} are separate events"
