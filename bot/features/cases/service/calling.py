"""Whom a message about a case calls: by settings, duties and assignments alone."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.collections import COLLEAGUES
from bot.core.context import AppContext
from bot.core.findings import Severity
from bot.core.mentions import Colleague, Mention, MentionKind, mentions_of
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import ESCALATIONS
from bot.features.cases.models.escalations import Escalation


async def called_people(
    app: AppContext, tx: Transaction, people: Iterable[Person]
) -> tuple[Mention, ...]:
    """Return how these people are called, in each chat that knows them."""
    known = await colleagues(app, tx)
    found = [mention for person in people for mention in mentions_of(person, known, app.identities)]
    return tuple(dict.fromkeys(found))


async def called_on_rise(
    app: AppContext, tx: Transaction, severity: Severity, before: Severity | None = None
) -> tuple[Mention, ...]:
    """Return who is called when an alert gets that severe: who is on call, if anybody.

    ``before`` is what it was; None: it opens. Who was called for less hears once more when it gets
    critical.
    """
    least = (await app.team(tx)).calls_from
    if least is None or severity < least:
        return ()
    grown = before is None or before < least or before < severity is Severity.CRITICAL
    return await oncall(app, tx) if grown else ()


async def oncall(app: AppContext, tx: Transaction) -> tuple[Mention, ...]:
    """Return who is on call, in each chat; a person also where another chat knows them."""
    named = (await app.team(tx)).oncall
    people = [Person(each.id, each.name) for each in named if each.kind is MentionKind.PERSON]
    others = await called_people(app, tx, people)
    known = {each.chat for each in named}
    return (*named, *(each for each in others if each.chat not in known))


async def colleagues(app: AppContext, tx: Transaction) -> list[Colleague]:
    """Return whom the chats know, with whom this transaction got to know."""
    return [
        colleague
        for chat in app.outbox.chats
        async for colleague in each_found(tx, COLLEAGUES, "chat", chat)
    ]


async def end_calls(app: AppContext, tx: Transaction, known: Escalation) -> Escalation:
    """Take back what no chat has posted yet: the alert is taken care of, or over.

    Returns it with those alone as called who may have heard of it.
    """
    unheard = {
        target for target in known.called if await app.outbox.withdraw(tx, known.message(target))
    }
    return known.uncalled(unheard)


async def stop_calling(app: AppContext, tx: Transaction, thread: str, key: str) -> None:
    """Stop the calls for a case of the thread: it is taken care of."""
    known = await tx.get(ESCALATIONS, thread)
    if known is None:
        return
    left = known.without(key)
    if left is not None:
        tx.put(ESCALATIONS, left)
    else:
        tx.delete(ESCALATIONS, thread)
    if left is None or not left.cases:
        await end_calls(app, tx, known)
