"""Assigning a case to a person of the team, who is told."""

from __future__ import annotations

from bot.core.collections import COLLEAGUES
from bot.core.context import AppContext
from bot.core.flows.forms import WrongAnswers
from bot.core.interface import tr
from bot.core.mentions import Mention
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.cases.rules import transitions
from bot.features.cases.service.calling import called_people, colleagues
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.offering import image_of_taking, undo_of
from bot.features.cases.service.reminding import watch_assignment
from bot.features.cases.service.working import ShownCase, show_case
from bot.features.cases.views.acts import take_over_act


async def known_people(app: AppContext, tx: Transaction, who: Person) -> list[Person]:
    """Return who can get a case as far as is known: by name, whoever asks among them.

    Who is in several chats is there once: by the id with which they ask, or have a duty.
    """
    known = [who, *(await app.team(tx)).duties.values()]
    known += [colleague.person for colleague in await colleagues(app, tx)]
    found: dict[frozenset[str], Person] = {}
    for person in known:
        found.setdefault(app.identities.of(person.id), person)
    return sorted(found.values(), key=lambda person: (person.name.casefold(), person.id))


def has_case(app: AppContext, case: Case, who: Person) -> bool:
    """Tell whether the case is assigned to that human, in whatever chat."""
    return bool(case.assignee_id) and app.identities.are_one(case.assignee_id, who.id)


async def give_case(
    app: AppContext, tx: Transaction, who: Person, case: Case, to: Person
) -> ShownCase:
    """Give the case to a person; they are called, and so is who had it. Raises UserError.

    Taking it from another person can be undone.
    """
    if has_case(app, case, to):
        # They may have it under the name and the id of another chat.
        to = case.assignee or to
        who = to if app.identities.are_one(who.id, to.id) else who
    step = transitions.assign(case, who, now := app.clock(), to)
    undo = None
    if case.assignee is not None:
        act = take_over_act(who, case, to, image_of_taking(case, step.case))
        undo = undo_of(tx, who, now, step, act)
    calls = await called_others(app, tx, who, to, case.assignee)
    given = await record(app, tx, case, [step], mentions=calls, undo=undo)
    await watch_assignment(app, tx, given)
    return await show_case(app, tx, case.key, undo)


async def called_others(
    app: AppContext, tx: Transaction, who: Person, *concerned: Person | None
) -> tuple[Mention, ...]:
    """Return how those are called whom it concerns; who did it knows."""
    others = [each for each in concerned if each and not app.identities.are_one(each.id, who.id)]
    return await called_people(app, tx, others)


async def assign_chosen(
    app: AppContext, tx: Transaction, who: Person, key: str, chosen: str
) -> ShownCase:
    """Give the case to whom the form named.

    Raises:
        WrongAnswers: they do not belong to the team.
        UserError: the case is closed, or theirs already.
    """
    case = await require_case(tx, key)
    to = await _teammate(app, tx, who, chosen)
    if to is None:
        raise WrongAnswers(
            assignee=tr(
                "That person cannot work on cases here. Choose someone on your team, or ask "
                "an admin to add them."
            )
        )
    return await give_case(app, tx, who, case, to)


async def _teammate(app: AppContext, tx: Transaction, who: Person, id: str) -> Person | None:
    """Return the person of that id, if the team knows them, as the transaction sees them."""
    known = await tx.get(COLLEAGUES, id)
    if known is not None:
        return known.person
    duties = (await app.team(tx)).duties.values()
    return next((person for person in (who, *duties) if person.id == id), None)
