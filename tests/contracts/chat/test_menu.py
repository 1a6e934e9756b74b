"""A card's menu in every chat: what is chosen there comes to the same door as a button."""

from __future__ import annotations

from bot.core.cards import Button, Card, Menu
from bot.core.chat import MessageRef, Outgoing
from bot.core.permissions import Role
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case
from tests.contracts.chat.rig import Rig, Shown
from tests.unit.features.reports.reporting import CASE

PRODUCT = "https://www.amazon.com/dp/B0PRODUC01"
TITLE = "Unknown seller on Pan"


async def post(rig: Rig, *items: Button) -> MessageRef:
    """Post a card on which other things than on the alert's are in a menu."""
    card = Card(
        title=TITLE,
        link=PRODUCT,
        buttons=(Button(label="Assign to me", action="assign", ref=CASE),),
        menu=Menu("More", items),
    )
    return await rig.chat.post(Outgoing(key="menu", channel=rig.channel, card=card))


ACKNOWLEDGE = Button(label="It is seen", action="acknowledge", ref=CASE)
CLOSE = Button(label="Close it", action="close", ref=CASE)
CASES_LIST = Button(label="Open cases", action="run", ref="cases")
GONE = Button(label="Of last year", action="gone", ref=CASE)


async def case_of(rig: Rig) -> Case:
    return (await rig.team.app.store.page(CASES))[0]


def last(rig: Rig) -> str:
    return rig.private[-1].text if rig.private else ""


async def test_a_card_with_a_menu_shows_all_that_can_be_pressed(rig: Rig) -> None:
    await rig.alert()
    await post(rig, ACKNOWLEDGE, CLOSE)
    [shown] = [each for each in await rig.messages() if TITLE in each.text]
    assert shown.buttons == ("Assign to me", "It is seen", "Close it")


async def test_a_choice_does_what_a_button_does(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("It is seen", await post(rig, ACKNOWLEDGE))
    await rig.sends()
    acknowledged = (await case_of(rig)).acknowledged_by
    assert acknowledged is not None
    assert acknowledged.name == "Ana"
    shown = [each for each in await rig.alerts() if "Acknowledge" in each.buttons]
    assert (shown, len(await rig.replies(alert))) == ([], 1)


async def test_a_choice_that_is_delivered_twice_has_one_effect(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses_twice("It is seen", await post(rig, ACKNOWLEDGE))
    await rig.sends()
    assert await rig.team.app.store.count(ENTRIES) == 2
    told = [each for each in await rig.replies(alert) if "Ana acknowledged it." in each.text]
    assert len(told) == 1


async def test_what_is_chosen_is_shown_to_that_person_and_can_be_chosen_again(rig: Rig) -> None:
    await rig.alert()
    card = await post(rig, CASES_LIST)
    before = await rig.messages()
    for _ in range(2):
        shown = rig.private
        await rig.presses("Open cases", card)
        await rig.until(lambda: rig.private != shown)  # noqa: B023
        assert "1 case (open)" in last(rig)
    assert [_content(each) for each in await rig.messages()] == [_content(each) for each in before]


async def test_a_form_that_was_closed_can_be_opened_again(rig: Rig) -> None:
    await rig.alert()
    card = await post(rig, CLOSE)
    for _ in range(2):
        await rig.presses("Close it", card)
        await rig.until(lambda: rig.form)
        assert rig.form is not None
        assert "Close the case" in rig.form.text
        await rig.gives_up()
    assert (await case_of(rig)).open


async def test_a_form_from_a_menu_is_handed_in_like_any_other(rig: Rig) -> None:
    await rig.alert()
    await rig.presses("Close it", await post(rig, CLOSE))
    await rig.until(lambda: rig.form)
    answers = {"Why are you closing it?": "Another reason"}
    await rig.fills_in({**answers, "What should the next person know?": "It was our own offer."})
    await rig.hands_in()
    await rig.sends()
    assert not (await case_of(rig)).open


async def test_who_may_not_press_a_button_may_not_choose_it_either(rig: Rig) -> None:
    await rig.alert()
    card = await post(rig, ACKNOWLEDGE)
    await rig.become(Role.VIEWER)
    await rig.presses("It is seen", card)
    await rig.until(lambda: "can read, but not change" in last(rig) or "viewer" in last(rig))
    assert (await case_of(rig)).acknowledged_by is None


async def test_what_the_menu_of_an_older_version_held_is_explained(rig: Rig) -> None:
    await rig.alert()
    await rig.presses("Of last year", await post(rig, GONE))
    await rig.until(lambda: "from an older version" in last(rig))


def _content(shown: Shown) -> tuple[str, tuple[str, ...]]:
    return shown.text, shown.buttons
