"""From a logged attack to the findings that bring it into a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from bot.core.findings import ATTACK, Fact, Finding, Severity
from bot.core.labeled import AttackKind
from bot.features.attacks.models import Attack, Frequency, SourceKind
from bot.features.cases.models.cases import Case

GRAVE = frozenset(
    {AttackKind.INTRUSION, AttackKind.TAKEOVER, AttackKind.FALSE_COMPLAINT, AttackKind.LEAKED_KEY}
)
"""What cannot wait: the account, the listing, or the right to sell is at stake."""
LOGGED_BY = "Logged by"
"""The fact by which an entry of a case names the attack that it tells of."""


def findings(
    attack: Attack, day: date, names: Mapping[str, str], case: Case | None = None
) -> list[Finding]:
    """Return a finding for each product, or one without a product, all of one case.

    It is the given case; else that of the seller who did it; else one of its own. ``day`` is when
    it began, where the team is; ``names`` are those of the products.
    """
    first = Finding(
        signal=ATTACK,
        marketplace=attack.marketplace,
        at=attack.logged_at,
        severity=Severity.CRITICAL if attack.kind in GRAVE else Severity.WARNING,
        headline=attack.kind.label,
        brief=attack.kind.label.lower(),
        seller=attack.source if attack.source_kind is SourceKind.SELLER else "",
        about=_about(attack, case),
        mark=attack.label,
        who=attack.logged_by,
        facts=_facts(attack, day),
    )
    return [
        msgspec.structs.replace(
            first, asin=asin, headline=_headline(attack, names.get(asin) or asin)
        )
        for asin in attack.asins
    ] or [first]


def tells_of(facts: Iterable[Fact], attack: Attack) -> bool:
    """Tell whether an entry with these facts was written when the attack was logged."""
    as_it = f" as {attack.label}"
    return any(fact.label == LOGGED_BY and fact.value.endswith(as_it) for fact in facts)


def _about(attack: Attack, case: Case | None) -> str:
    """Return what gives the findings the fingerprint of their case (see Finding.fingerprint)."""
    if case is not None:
        return case.fingerprint.removeprefix(f"{case.marketplace}/")
    return "" if attack.source_kind is SourceKind.SELLER else f"attack-{attack.number}"


def _headline(attack: Attack, name: str) -> str:
    """Say what happened and to how much; the product's name tells the headlines apart."""
    if len(attack.asins) == 1:
        return f"{attack.kind.label}: {name}"
    return f"{attack.kind.label} on {len(attack.asins)} products: {name}"


def _facts(attack: Attack, day: date) -> tuple[Fact, ...]:
    seller = "seller " if attack.source_kind is SourceKind.SELLER else ""
    since = "on" if attack.frequency is Frequency.ONCE else "since"
    told = (
        Fact("Who", f"{seller}{attack.source}" if attack.source else "unknown"),
        Fact("How often", f"{attack.frequency.label}, {since} {day.day} {day:%b %Y}"),
        Fact("Damage", attack.damage),
        Fact(LOGGED_BY, f"{attack.logged_by.name} as {attack.label}"),
    )
    return tuple(fact for fact in told if fact.value)
