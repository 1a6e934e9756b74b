"""What people do to write letters in these tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from bot.core.cards import Card
from bot.core.findings import ATTACK, Finding, Severity
from bot.core.forms import Answers, Paragraph
from bot.core.interactions import Ask, Post, Reply, Update
from bot.core.labeled import AttackKind
from bot.core.permissions import Person, Role
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.cases.models.cases import Case
from bot.features.cases.service.alerts import report_incident
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.letters import Letter, LetterKind, send
from tests.unit.conftest import ANA, ASIN, BEN, THIEF, Team, asked
from tests.unit.features.letters.drafts import MESSAGE, REQUEST

ORDER = "123-1234567-1234567"
OTHER = "123-7654321-7654321"
DONE = "We have restored the title twice.\nWe have told Brand Registry."
HAPPENED: Answers = {
    "situation": "wrong-item",
    "first": "buyer",
    "shipping": "seller",
    "language": "en",
    "remedy": "replacement",
}
MATTER: Answers = {
    "need": "listing-taken-over",
    "about": ASIN,
    "since": "2026-11-20",
    "merchant": "",
    "language": "en",
}
COMPLAINT: Answers = {"complaint": "16872213344", "complainant": ""}
STORY: Answers = {
    "happened": "The title names another brand.",
    "steps": (),
    "done": DONE,
    "wish": "Please restore the detail page.",
    "earlier": "",
}


def today(team: Team) -> date:
    return team.clock.now.date()


def about(team: Team, **changes: str) -> Answers:
    """Return what the last form of /buyer is answered with."""
    ordered = (today(team) - timedelta(days=5)).isoformat()
    return {"order": ORDER, "ordered_on": ordered, **changes}


async def ordered(team: Team, who: tuple[Person, Role] = BEN, **changes: str) -> Ask:
    """Say what happened, and return the form that asks for the order."""
    ask = asked(await team.type("/buyer", who))
    return asked(await team.submit(ask, {**HAPPENED, **changes}, who))


async def drafted(team: Team, *, who: tuple[Person, Role] = BEN, **changes: str) -> Ask:
    """Fill in the forms, and return the one with the draft."""
    matter = {name: given for name, given in changes.items() if name in HAPPENED}
    order = {name: given for name, given in changes.items() if name not in HAPPENED}
    ask = await ordered(team, who, **matter)
    return asked(await team.submit(ask, about(team, **order), who))


async def written(team: Team, **changes: str) -> list[Reply]:
    """Write to a buyer with the words that were proposed."""
    ask = await drafted(team, who=BEN, **changes)
    return await team.submit(ask, {"text": proposed(ask)}, BEN)


def proposed(ask: Ask) -> str:
    """Return the draft as the form shows it."""
    [text] = ask.form.inputs
    assert isinstance(text, Paragraph)
    return text.initial


def card(replies: list[Reply]) -> Card:
    """Return the card that one person sees."""
    [reply] = replies
    assert isinstance(reply, Post | Update), reply
    return reply.card


async def letter(team: Team, number: int = 1) -> Letter:
    found = await team.app.store.get(LETTERS, f"{number:06d}")
    assert found is not None
    return found


async def attacked(team: Team, kind: AttackKind = AttackKind.TAKEOVER) -> Case:
    """Let somebody log an attack, which opens a case."""
    now = team.clock.now
    finding = Finding(
        signal=ATTACK,
        asin=ASIN,
        marketplace="US",
        at=now,
        severity=Severity.CRITICAL,
        headline="Our listing was taken over",
        seller=THIEF,
        about="attack-1",
    )
    async with team.app.store.transaction() as tx:
        case = await report_incident(team.app, tx, [finding])
        attack = Attack(
            number=1,
            kind=kind,
            began_at=now - timedelta(days=3),
            marketplace="US",
            asins=(ASIN,),
            case=case.number,
            logged_by=ANA[0],
            logged_at=now,
        )
        tx.put(ATTACKS, attack)
    await team.dispatcher.deliver()
    return case


async def asking(team: Team, start: Ask, **changes: str) -> Ask:
    """Fill in the forms of a request, and return the one with the draft."""
    forms = [dict(MATTER), dict(COMPLAINT), dict(STORY)]
    if changes.get("need", MATTER["need"]) != "false-complaint":
        del forms[1]
    for form in forms:
        given = {name: changes.get(name, value) for name, value in form.items()}
        start = asked(await team.submit(start, dict(given), BEN))
    return start


async def requested(team: Team, **changes: str) -> list[Reply]:
    """Write to support, in nobody's thread, with the words that were proposed."""
    ask = await asking(team, asked(await team.type("/support", BEN)), **changes)
    return await team.submit(ask, {"text": proposed(ask)}, BEN)


def three(at: datetime) -> tuple[Letter, ...]:
    """Return a letter to a buyer, a request that is ready, and one that was sent."""
    to_buyer = Letter(
        number=1,
        kind=LetterKind.BUYER,
        situation="wrong-item",
        text=MESSAGE.text,
        order=MESSAGE.order,
        ordered_on=at.date(),
        written_by=BEN[0],
        written_at=at,
    )
    ready = Letter(
        number=2,
        kind=LetterKind.SUPPORT,
        situation="listing-taken-over",
        text=REQUEST.text,
        written_by=BEN[0],
        written_at=at,
    )
    return to_buyer, ready, send(msgspec.structs.replace(ready, number=3), at)
