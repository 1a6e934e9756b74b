"""A playbook opens in an attack's thread, and ends with its case."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.findings import ATTACK, Finding, Severity
from bot.core.labeled import AttackKind
from bot.core.store import Transaction, run_in_transaction
from bot.core.team import Team as Chosen
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.alerts import report_incident
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Ending
from bot.features.checklists.service.posting import begin_playbook
from tests.unit.conftest import Team, asked
from tests.unit.features.checklists.guarding import (
    MONDAY,
    PLAYBOOK,
    SECURITY,
    button,
    card,
    choose,
    guarded,
    press,
    run,
    tick,
)

OTHER = msgspec.structs.replace(PLAYBOOK, id="other", title="First steps", attacks=("other",))


async def attacked(
    team: Team,
    kind: AttackKind = AttackKind.INTRUSION,
    mark: str = "A-1",
    about: str = "attack-1",
) -> Case:
    async def begin(tx: Transaction) -> Case:
        finding = Finding(
            signal=ATTACK,
            about=about,
            marketplace="US",
            at=team.clock.now,
            severity=Severity.CRITICAL,
            headline="Possible intruder in our account",
            brief="somebody in our account",
            mark=mark,
        )
        case = await report_incident(team.app, tx, [finding])
        await begin_playbook(team.app, tx, case, kind)
        return case

    case = await run_in_transaction(team.app.store, begin)
    await team.dispatcher.deliver()
    return case


async def test_it_is_posted_in_the_cases_thread_even_at_night(team: Team) -> None:
    team = guarded(team, SECURITY, PLAYBOOK, OTHER)
    await choose(team, Chosen(quiet_from=0, quiet_to=23))
    await attacked(team)
    assert team.chat.order == ["C-1", "K-1"]
    told = team.chat.messages["K-1"]
    assert told.thread is not None
    assert told.thread.id == "C-1"
    assert told.card.title == "Possible intruder in our account"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (AttackKind.PHISHING, "Possible intruder in our account"),
        (AttackKind.RETURNS, "First steps"),
    ],
)
async def test_each_kind_of_attack_has_its_playbook(
    team: Team, kind: AttackKind, title: str
) -> None:
    team = guarded(team, OTHER, SECURITY, PLAYBOOK)
    await attacked(team, kind)
    assert (await run(team, 1)).title == title


async def test_without_one_that_fits_none_is_posted(team: Team) -> None:
    team = guarded(team, SECURITY, PLAYBOOK)
    await attacked(team, AttackKind.RETURNS)
    assert await team.app.store.count(RUNS) == 0


async def test_it_is_posted_once_however_often_it_is_asked_for(team: Team) -> None:
    team = guarded(team, PLAYBOOK)
    await attacked(team)
    await attacked(team)
    assert await team.app.store.count(RUNS) == 1


async def test_its_items_lead_to_what_helps(team: Team) -> None:
    team = guarded(team, PLAYBOOK)
    await attacked(team)
    first = card(await press(team, team.chat.cards["K-1"], "Begin"))
    second = card(await press(team, first, "Done"))
    helps = button(second, "/help")
    assert (helps.action, helps.ref) == ("run", "help")
    last = card(await press(team, second, "Done"))
    assert last.title == "All answered: 2 done. Thank you."
    assert (await run(team, 1)).ending is Ending.ANSWERED


async def test_what_was_done_in_one_attack_is_asked_in_the_next(team: Team) -> None:
    team = guarded(team, PLAYBOOK)
    await attacked(team)
    for id in ("lock", "ask"):
        await team.press("item-done", f"000001/{id}")
    team.clock.advance(days=1)
    case = await attacked(team)
    assert (await run(team, 2)).case == case.key
    assert len((await run(team, 2)).left) == 2


async def test_it_ends_when_its_case_is_closed(team: Team) -> None:
    team = guarded(team, PLAYBOOK)
    case = await attacked(team)
    await tick(team)
    assert (await run(team, 1)).open
    ask = asked(await team.press("close", case.key))
    await team.submit(ask, {"reason": "solved", "note": ""})
    await tick(team)
    assert (await run(team, 1)).ending is Ending.CASE_CLOSED
    assert team.chat.cards["K-1"].title == "Possible intruder in our account: its case is closed"
    assert await team.app.store.count(CASES) == 1


async def test_it_reminds_of_nothing_while_its_case_is_snoozed(team: Team) -> None:
    team = guarded(team, PLAYBOOK)
    team.clock.now = MONDAY
    case = await attacked(team)
    ask = asked(await team.press("snooze", case.key))
    await team.submit(ask, {"hours": "168"})
    for _ in range(6):
        team.clock.advance(days=1)
        await tick(team)
    assert (await run(team, 1)).reminded == 0
    team.clock.advance(days=1, hours=1)
    await tick(team)
    assert (await run(team, 1)).reminded == 1
