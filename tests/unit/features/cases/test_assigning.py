"""Giving a case to anybody of the team, who is called and told by whom."""

from __future__ import annotations

import pytest

from bot.core.collections import COLLEAGUES, MEMBERS, TEAMS
from bot.core.forms import PersonChoice
from bot.core.interactions import Ask, Chosen
from bot.core.mentions import Colleague, Mention, mentions_of
from bot.core.permissions import Identities, Person, Role
from bot.core.team import Team as Settings
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, case_key
from tests.unit.conftest import ANA, BEN, OWN, THIEF, VIK, Team, asked, notice, offer

ONE = case_key(1)
CARLA = Person("carla", "Carla")


@pytest.fixture
async def hit(team: Team) -> Team:
    """Return a team that has one case, and whose members have each done something."""
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await team.type("/note 1 Seen.", BEN)
    return team


async def case_of(team: Team) -> Case:
    case = await team.app.store.get(CASES, ONE)
    assert case is not None
    return case


def offered(ask: Ask) -> list[str]:
    [choice] = ask.form.inputs
    assert isinstance(choice, PersonChoice)
    return [option.label for option in choice.options]


def called(team: Team, key: str) -> tuple[Mention, ...]:
    return team.chat.messages[key].mentions


async def test_a_case_is_given_to_a_colleague_who_is_called_in_its_thread(hit: Team) -> None:
    ask = asked(await hit.press("assign-to", ONE, ANA))
    assert offered(ask) == ["Ana", "Ben"]
    await hit.submit(ask, {"assignee": "ben"}, ANA)
    case = await case_of(hit)
    assert (case.assignee, case.assignee_id) == (BEN[0], "ben")
    line = hit.chat.order[-1]
    assert hit.chat.cards[line].title.endswith("Ana assigned it to Ben.")
    assert called(hit, line) == (Mention(chat="web", id="ben", name="Ben"),)


async def test_whoever_assigns_a_case_has_seen_it(hit: Team) -> None:
    await hit.submit(asked(await hit.press("assign-to", ONE, ANA)), {"assignee": "ben"}, ANA)
    assert (await case_of(hit)).acknowledged_by == ANA[0]


async def test_nobody_is_called_for_what_they_did_themselves(hit: Team) -> None:
    await hit.submit(asked(await hit.press("assign-to", ONE, ANA)), {"assignee": "ana"}, ANA)
    assert called(hit, hit.chat.order[-1]) == ()


async def test_who_had_the_case_hears_that_it_was_taken(hit: Team) -> None:
    await hit.press("assign", ONE, BEN)
    await hit.press("assign", ONE, ANA)
    assert hit.chat.cards[hit.chat.order[-1]].title.endswith("Ana took it from Ben.")
    assert [each.name for each in called(hit, hit.chat.order[-1])] == ["Ben"]


async def test_a_case_goes_from_one_colleague_to_another(hit: Team) -> None:
    await hit.press("assign", ONE, BEN)
    ask = asked(await hit.press("assign-to", ONE, ANA))
    carla = Chosen(CARLA, Role.MEMBER)
    await hit.submit(ask, {"assignee": "carla"}, ANA, people=(carla,))
    assert "Ana reassigned it from Ben to Carla." in hit.chat.cards[hit.chat.order[-1]].title
    assert [each.name for each in called(hit, hit.chat.order[-1])] == ["Carla", "Ben"]


async def test_whom_the_chat_knows_as_a_member_can_get_a_case_before_they_did_anything(
    hit: Team,
) -> None:
    ask = asked(await hit.press("assign-to", ONE, BEN))
    await hit.submit(ask, {"assignee": "carla"}, BEN, people=(Chosen(CARLA, Role.MEMBER),))
    assert (await case_of(hit)).assignee == CARLA
    known = await hit.app.store.get(COLLEAGUES, "carla")
    assert known == Colleague(id="carla", name="Carla", chat="web")
    # To be chosen is not to act: a second person has yet to confirm a report.
    assert await hit.app.store.get(MEMBERS, "carla") is None


@pytest.mark.parametrize("role", [Role.NOBODY, Role.VIEWER])
async def test_who_may_not_work_on_cases_gets_none(hit: Team, role: Role) -> None:
    ask = asked(await hit.press("assign-to", ONE, ANA))
    again = asked(await hit.submit(ask, {"assignee": "vik"}, people=(Chosen(VIK[0], role),)))
    assert "cannot work on cases here" in again.errors["assignee"]
    assert (await case_of(hit)).assignee is None


async def test_an_id_that_nobody_knows_gets_no_case(hit: Team) -> None:
    ask = asked(await hit.press("assign-to", ONE, ANA))
    for strange in ("U0EVIL", "<!channel>", "x" * 76):
        ask = asked(await hit.submit(ask, {"assignee": strange}))
        assert ask.errors
    assert (await case_of(hit)).assignee is None


async def test_who_has_a_duty_is_offered_too(hit: Team) -> None:
    async with hit.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(duties={"lead": CARLA}))
    ask = asked(await hit.press("assign-to", ONE, ANA))
    assert offered(ask) == ["Ana", "Ben", "Carla"]
    await hit.submit(ask, {"assignee": "carla"})
    assert (await case_of(hit)).assignee == CARLA


async def test_who_has_the_case_already_is_not_given_it_again(hit: Team) -> None:
    await hit.press("assign", ONE, BEN)
    ask = asked(await hit.press("assign-to", ONE, ANA))
    said = notice(await hit.submit(ask, {"assignee": "ben"}, ANA))
    assert said == "C-1 is already assigned to Ben."


async def test_who_has_a_case_in_another_chat_has_it_already(hit: Team) -> None:
    await hit.press("assign", ONE, BEN)
    far = (Person("U012BEN", "Benjamin"), Role.MEMBER)
    assert asked(await hit.press("assign", ONE, far, yes=False)).form.title == "Take over C-1?"
    same = Identities((frozenset({"U012BEN", "BEN"}),))
    object.__setattr__(hit.app, "identities", same)
    told = notice(await hit.press("assign", ONE, far, yes=False))
    assert told == "C-1 is already assigned to you."
    ask = asked(await hit.press("assign-to", ONE, far))
    assert "works on" not in ask.form.intro
    assert (await case_of(hit)).assignee == BEN[0]


async def test_who_is_in_two_chats_is_offered_once(hit: Team) -> None:
    async with hit.app.store.transaction() as tx:
        tx.put(COLLEAGUES, Colleague(id="U012BEN", name="Benjamin", chat="web"))
        tx.put(COLLEAGUES, Colleague(id="U034CARLA", name="Carla C.", chat="web"))
        tx.put(TEAMS, Settings(duties={"lead": CARLA}))
    same = Identities((frozenset({"U012BEN", "BEN"}), frozenset({"U034CARLA", "CARLA"})))
    object.__setattr__(hit.app, "identities", same)
    far = (Person("U012BEN", "Benjamin"), Role.MEMBER)
    ask = asked(await hit.press("assign-to", ONE, far))
    assert offered(ask) == ["Benjamin", "Carla"]


async def test_a_viewer_can_assign_nothing(hit: Team) -> None:
    assert "Your role is viewer" in notice(await hit.press("assign-to", ONE, VIK))


def test_a_human_is_called_once_in_each_chat_that_knows_them() -> None:
    known = [
        Colleague(id="U0BEN", name="Ben", chat="here"),
        Colleague(id="U1BEN", name="Ben at home", chat="here"),
        Colleague(id="77", name="ben", chat="there"),
        Colleague(id="U0ANA", name="Ana", chat="here"),
    ]
    human = Identities((frozenset({"U0BEN", "U1BEN", "77"}),))
    found = mentions_of(Person("U0BEN", "Ben"), known, human)
    assert {(each.chat, each.id) for each in found} == {("here", "U0BEN"), ("there", "77")}
    assert mentions_of(Person("nobody", "X"), known, human) == ()
