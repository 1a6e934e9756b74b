"""A private answer shows what its reader may press, and a refusal names who may."""

from __future__ import annotations

import pytest

from bot.core.cards import Button, Card, Menu
from bot.core.collections import COLLEAGUES
from bot.core.permissions import Permission, Person, Role
from bot.core.pressing import pressable_by, reasons
from tests.unit.conftest import ANA, BEN, OWN, THIEF, VIK, Team, asked, notice, offer

ONE = "00000001"


@pytest.fixture(autouse=True)
async def alerted(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))


def actions(replies: list[object]) -> set[str]:
    [reply] = replies
    card: Card = getattr(reply, "card")  # noqa: B009
    return {each.action for each in card.pressable if each.action}


async def test_a_private_answer_shows_only_what_its_reader_may_press(team: Team) -> None:
    everything = actions([*await team.type("/case 1", ANA)])
    assert {"acknowledge", "authorise", "close"} <= everything
    members = actions([*await team.type("/case 1", BEN)])
    assert members == everything - {"authorise"}
    assert actions([*await team.type("/case 1", VIK)]) <= {"run", "show-attacks"}


async def test_what_all_see_is_left_whole(team: Team) -> None:
    await team.press("acknowledge", ONE, BEN)
    assert "authorise" in {each.action for each in team.chat.cards["C-1"].pressable}


async def test_a_refusal_names_who_may_of_those_who_have_acted(team: Team) -> None:
    none = notice(await team.press("authorise", ONE, BEN))
    assert none == (
        "Only admins can authorize sellers. Your role is member. Ask an admin on your team."
    )
    await team.press("acknowledge", ONE, ANA)
    text = notice(await team.press("authorise", ONE, BEN))
    assert text == "Only admins can authorize sellers. Your role is member. Ask Ana."


async def test_a_form_that_somebody_else_opened_refuses_as_plainly(team: Team) -> None:
    ask = asked(await team.press("authorise", ONE, ANA))
    await team.press("acknowledge", ONE, ANA)
    assert notice(await team.submit(ask, {"where": "all"}, BEN)).endswith("Ask Ana.")


async def test_only_a_few_are_named_and_nobody_whose_role_is_less(team: Team) -> None:
    await team.press("assign", ONE, BEN)
    for name in ("Cleo", "Dana", "Eli", "Fay"):
        await team.press("assign", ONE, (Person(name.lower(), name), Role.ADMIN))
    text = notice(await team.press("authorise", ONE, BEN))
    assert text.endswith("Ask Cleo, Dana, Eli.")


async def test_who_may_do_less_now_is_named_no_more(team: Team) -> None:
    await team.press("acknowledge", ONE, ANA)
    await team.type("/note 1 They answered.", (ANA[0], Role.MEMBER))
    assert notice(await team.press("authorise", ONE, BEN)).endswith("Ask an admin on your team.")


async def test_who_became_a_viewer_is_neither_named_nor_offered_a_case(team: Team) -> None:
    await team.press("acknowledge", ONE, ANA)
    await team.type("/case 1", (ANA[0], Role.VIEWER))
    assert await team.app.store.get(COLLEAGUES, "ana") is None
    assert notice(await team.press("authorise", ONE, BEN)).endswith("Ask an admin on your team.")


async def test_only_who_may_undo_an_act_sees_its_button_in_an_answer(team: Team) -> None:
    await team.authorise_on_case(ONE)
    [name] = [each for each in team.chat.order if each.startswith("act-")]
    [undo] = team.chat.cards[name].buttons
    assert undo.needs is Permission.AUTHORISE
    assert team.router.entrances.needs(undo) is Permission.AUTHORISE


def test_a_link_stays_and_an_empty_menu_goes() -> None:
    link = Button(label="Open", url="https://www.amazon.com/dp/B0ALDER001")
    card = Card(
        title="C-1",
        buttons=(Button(label="Take", action="take"), link),
        menu=Menu("More", (Button(label="Trust", action="trust"),)),
    )
    shown = pressable_by(Role.VIEWER, card, lambda _: Permission.WORK_CASES)
    assert (shown.buttons, shown.menu) == ((link,), None)
    assert pressable_by(Role.MEMBER, card, lambda _: Permission.WORK_CASES) is card


def test_what_is_left_out_is_explained_once() -> None:
    link = Button(label="Open", url="https://www.amazon.com/dp/B0ALDER001")
    card = Card(
        title="C-1",
        buttons=(Button(label="Take", action="take"), link),
        menu=Menu("More", (Button(label="Note", action="note"),)),
    )
    why = reasons(Role.VIEWER, card, lambda _: Permission.WORK_CASES)
    assert why == ("Only members can work on cases.",)
    assert reasons(Role.MEMBER, card, lambda _: Permission.WORK_CASES) == ()
