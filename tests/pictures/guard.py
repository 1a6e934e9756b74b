"""Cards and forms of checklists, the score and duties, from the shipped checklists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.core.cards import Card
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.interface import tr, tr_data
from bot.core.team import Team
from bot.core.views.lists import ListPage
from bot.features.checklists.models.definitions import Item, ProofKind
from bot.features.checklists.models.runs import (
    Answer,
    Ending,
    ItemStatus,
    Proof,
    Run,
    Task,
    item_status_key,
)
from bot.features.checklists.rules.answering import close
from bot.features.checklists.rules.proof_diff import proof_diff
from bot.features.checklists.rules.proofs import proof_words
from bot.features.checklists.rules.score import Score, score
from bot.features.checklists.views.changes import change_card
from bot.features.checklists.views.checklist import proof_diff_card, reminder_card, run_card
from bot.features.checklists.views.items import end_card, explain_card, item_card, last_words
from bot.features.checklists.views.security import (
    duties_card,
    not_ours_card,
    parts_card,
    security_card,
)
from checks.checklists import shipped
from tests.fakes import START as NOW
from tests.pictures.asking import asked
from tests.pictures.story import ANA, BEN, SCENE, ago

CHECKLISTS = {checklist.id: checklist for checklist in shipped()}
WEEKLY, PLAYBOOK = CHECKLISTS["account-security"], CHECKLISTS["playbook-listing"]
TEAM = Team(zone="America/New_York", duties={"lead": ANA, "account": BEN})


def _run(number: int, *done: Answer, id: str = WEEKLY.id, period: str = ", week 48") -> Run:
    """Return a run whose first items were answered like that."""
    checklist = CHECKLISTS[id]
    tasks = [
        Task(item=item, owner=TEAM.holder(item.owner or checklist.owner))
        for item in checklist.items
    ]
    for place, answer in enumerate(done):
        case = 14 if answer is Answer.PROBLEM else None
        tasks[place] = msgspec.structs.replace(tasks[place], answer=answer, who=BEN, case=case)
    return Run(
        number=number,
        checklist=id,
        title=f"{checklist.title}{period}",
        area=checklist.area,
        duty=checklist.owner,
        planned_at=NOW,
        posted_at=NOW,
        tasks=tuple(tasks),
    )


FRESH = _run(12)
HALF = _run(12, Answer.DONE, Answer.PROBLEM, Answer.NOT_OURS)
ALL = close(_run(12, *[Answer.DONE] * 6), NOW, Ending.ANSWERED)
REPLACED = close(HALF, NOW, Ending.REPLACED, 13)
ATTACKED = _run(15, id=PLAYBOOK.id, period="")
LATE = msgspec.structs.replace(HALF, reminded=2)
USERS = FRESH.tasks[2]
KNOWN = ("Ana Alder (owner)", "Ben Finch (listings)", "Lumen Agency (ads)")
BEFORE = Proof(kind=ProofKind.USERS, entries=KNOWN)
NOW_KNOWN = Proof(kind=ProofKind.USERS, entries=(*KNOWN[:2], "temp-va (all permissions)"))
STANDING = ItemStatus(
    checklist=WEEKLY.id,
    item=USERS.item.id,
    answer=Answer.DONE,
    at=ago(days=7),
    who=BEN,
    expires_at=NOW,
    proof=BEFORE,
)


def _standings() -> dict[str, ItemStatus]:
    """Say of most items that they were done a while ago."""
    found = [
        msgspec.structs.replace(
            STANDING,
            checklist=checklist.id,
            item=item.id,
            at=ago(days=20 + place),
            expires_at=ago(days=20 + place) + timedelta(days=item.expires or 90 - 9 * place),
            proof=None,
        )
        for checklist in CHECKLISTS.values()
        for place, item in enumerate(checklist.items)
        if checklist.cadence and item.id not in ("drill", "photos", "expiring")
    ]
    return {item_status_key(each.checklist, each.item): each for each in found}


SOON: list[Item] = [WEEKLY.items[1], CHECKLISTS["account-access"].items[0]]
UNSOLVED = msgspec.structs.replace(
    STANDING, answer=Answer.PROBLEM, case=14, since=ago(days=11, hours=1)
)
FOREIGN = msgspec.structs.replace(
    STANDING, answer=Answer.NOT_OURS, expires_at=NOW + timedelta(days=300)
)


def _done(item: str) -> str:
    """Return what is said of an item that was done."""
    said = Answer.DONE.said.lower()
    return tr("{symbol} {item}: {answer}", symbol="✓", item=tr_data(item), answer=said)


def cards() -> dict[str, Card]:
    """Return one of each kind, in the language that is spoken."""
    last = last_words(STANDING, SCENE)
    problem = msgspec.structs.replace(HALF.tasks[1], answer=Answer.OPEN)
    expiring = [(NOW + timedelta(days=9 + 8 * place), item) for place, item in enumerate(SOON)]
    points = score(tuple(CHECKLISTS.values()), _standings(), TEAM, NOW)
    parts = points.parts[:8]
    return {
        "checklist-fresh": run_card(FRESH, SCENE),
        "checklist-half": run_card(HALF, SCENE),
        "checklist-replaced": run_card(REPLACED, SCENE),
        "checklist-answered": run_card(ALL, SCENE),
        "checklist-playbook": run_card(ATTACKED, SCENE),
        "item": item_card(FRESH, USERS, BEN, last),
        "item-problem": item_card(
            HALF,
            problem,
            ANA,
            last_words(UNSOLVED, SCENE),
            _done(WEEKLY.items[0].title),
            "passwords",
        ),
        "item-playbook": item_card(ATTACKED, ATTACKED.tasks[0], ANA, ""),
        "item-explain": explain_card(FRESH, USERS, BEN, WEEKLY),
        "item-end": end_card(HALF, ANA, _done(HALF.tasks[0].item.title), "two-step"),
        "drift": proof_diff_card(FRESH, USERS, BEN, proof_diff(BEFORE, NOW_KNOWN)),
        "changed": change_card(FRESH, USERS, proof_diff(BEFORE, NOW_KNOWN), BEN, TEAM),
        "reminder-first": reminder_card(msgspec.structs.replace(FRESH, reminded=1), ANA),
        "reminder-second": reminder_card(LATE, ANA),
        "security": security_card(points, expiring, 1, SCENE),
        "security-parts": parts_card(
            tr("All items"), parts, points, ListPage.of(1, 48, "security all")
        ),
        "security-not-ours": not_ours_card([(USERS.item, FOREIGN)], ListPage.of(1, 1, "x"), SCENE),
        "security-empty": security_card(Score(), [], 0, SCENE),
        "duties": duties_card(TEAM),
    }


def forms() -> dict[str, Ask]:
    """Return one of each kind, in the language that is spoken."""
    last = proof_words(BEFORE)
    facts = {"item": USERS.item.title, "kind": ProofKind.USERS.value, "last": last}
    secret: Answers = {"proof": "Ben Finch\npassword: Tr0ub4dor&3x"}
    return {
        "form-proof": asked("item-proof", facts),
        "form-proof-error": asked("item-proof", facts, ("proof", secret)),
        "form-change": asked("item-change", {"item": USERS.item.title, "came": ["temp-va"]}),
        "form-problem": asked("item-problem", {"item": USERS.item.title}),
    }


CARDS: Mapping[str, Card] = cards()
FORMS: Mapping[str, Ask] = forms()
