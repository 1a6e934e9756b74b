"""Logging an attack: it is kept, brought into its case, and its playbook begins there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from bot.core.context import AppContext
from bot.core.labeled import AttackKind
from bot.core.listing import Watch
from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack, Frequency
from bot.features.attacks.rules.logged import AttackInput
from bot.features.attacks.rules.raising import findings
from bot.features.cases.models.cases import Case
from bot.features.cases.service.alerts import report_incident
from bot.features.cases.service.lookup import require_case
from bot.features.checklists.collections import RUNS
from bot.features.checklists.service.posting import begin_playbook
from bot.features.watchlist.collections import WATCHES

NAME = 40
"""Characters of a product's name in a headline."""


class AttackLogged(msgspec.Struct, frozen=True):
    """An attack as it is stored now, and where it is worked on."""

    attack: Attack
    case: Case
    guided: bool
    """A playbook is in the case's thread."""


async def log_attack(
    app: AppContext, tx: Transaction, who: Person, told: AttackInput, case: str = ""
) -> AttackLogged:
    """Keep the attack, bring it into its case, and begin the playbook there.

    ``case`` is the key of the open case to which it belongs; without one it is the case of the
    seller who did it, or one of its own.

    Raises:
        UserError: it cannot be read, or its case is closed.
    """
    known = await require_case(tx, case) if case else None
    if known is not None:
        known.require_open()
    team = await app.team(tx)
    number = await next_number(tx, "attacks")
    attack = told.attack(number, ZoneInfo(team.zone), who, app.clock())
    found = findings(attack, told.day, await _names(tx, attack), known)
    joined = await report_incident(app, tx, found)
    attack = msgspec.structs.replace(attack, case=joined.number)
    tx.create(ATTACKS, attack)
    await begin_playbook(app, tx, joined, attack.kind)
    runs = [run async for run in each_found(tx, RUNS, "case", joined.key)]
    return AttackLogged(attack, joined, any(run.open for run in runs))


async def log_copycat(
    app: AppContext, tx: Transaction, who: Person, marketplace: str, asin: str
) -> AttackLogged:
    """Log a product that a person calls a copy, seen today. Raises UserError."""
    team = await app.team(tx)
    told = AttackInput(
        kind=AttackKind.COPYCAT,
        day=team.local(app.clock()).date(),
        often=Frequency.ONGOING,
        products=asin,
        market=marketplace,
    )
    return await log_attack(app, tx, who, told)


async def withdraw_attacks(tx: Transaction, case: int) -> None:
    """Forget the attacks of a case: the person who logged them takes them back."""
    async for attack in each_found(tx, ATTACKS, "case", case):
        tx.delete(ATTACKS, attack.key)


async def _names(tx: Transaction, attack: Attack) -> dict[str, str]:
    """Return what the products are called, where the team watches them."""
    keys = [Watch.key_of(attack.marketplace, asin) for asin in attack.asins]
    watches = [await tx.get(WATCHES, key) for key in keys]
    return {watch.asin: one_line(watch.name, NAME) for watch in watches if watch}
