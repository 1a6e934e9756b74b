"""Cards refuse what some chat could not show."""

from __future__ import annotations

import msgspec
import pytest

from bot.core import cards
from bot.core.cards import Button, Card, Confirm, Field, Menu, parse_button_id
from bot.core.stored import as_stored
from bot.core.text import CUT
from bot.errors import BudgetError
from tests.cases import for_each
from tests.fakes import START

PRODUCT = "https://www.amazon.com/dp/B0WALNUTBL"


def buttons(number: int) -> tuple[Button, ...]:
    return tuple(Button(label="Go", action="go", ref=str(place)) for place in range(number))


def menu(number: int) -> Menu:
    items = tuple(Button(label="More", action="more", ref=str(place)) for place in range(number))
    return Menu("More", items)


def asking(title: str = "Go?", text: str = "It goes.", yes: str = "Go") -> Button:
    return Button(label="Go", action="go", confirm=Confirm(title=title, text=text, yes=yes))


def test_a_question_with_another_text_has_another_mark() -> None:
    asked = [asking(), asking(title="Run?"), asking(text="It runs."), asking(yes="Run")]
    assert len({each.confirm.mark for each in asked if each.confirm}) == len(asked)


def test_a_card_at_every_limit_is_fine() -> None:
    room = (cards.CARD - cards.TITLE - cards.BODY - cards.FOOTER) // cards.FIELDS
    value = min(cards.FIELD_VALUE, room - cards.FIELD_LABEL)
    card = Card(
        title="t" * cards.TITLE,
        link=PRODUCT.ljust(cards.LINK, "x"),
        body="b" * cards.BODY,
        footer="f" * cards.FOOTER,
        fields=(Field("l" * cards.FIELD_LABEL, "v" * value),) * cards.FIELDS,
        buttons=buttons(cards.BUTTONS),
        menu=menu(cards.MENU),
        links=(Button(label="l" * cards.BUTTON_LABEL, url=PRODUCT),) * cards.LINKS,
    )
    assert card.size <= cards.CARD


@for_each(
    ("parts", "named"),
    [
        ({"title": ""}, "title"),
        ({"title": "t" * (cards.TITLE + 1)}, "title"),
        ({"body": "b" * (cards.BODY + 1)}, "body"),
        ({"footer": "f" * (cards.FOOTER + 1)}, "footer"),
        ({"image": "i" * (cards.LINK + 1)}, "image"),
        ({"fields": (Field("l", "v"),) * (cards.FIELDS + 1)}, "fields"),
        ({"fields": (Field("", "v"),)}, "field label"),
        ({"fields": (Field("l" * (cards.FIELD_LABEL + 1), "v"),)}, "field label"),
        ({"fields": (Field("l", ""),)}, "field value"),
        ({"fields": (Field("l", "v" * (cards.FIELD_VALUE + 1)),)}, "field value"),
        ({"buttons": buttons(cards.BUTTONS + 1)}, "buttons"),
        ({"menu": menu(cards.MENU + 1)}, "menu items"),
        ({"links": (Button(label="Open", url=PRODUCT),) * (cards.LINKS + 1)}, "links"),
        ({"links": (Button(label="Open", action="open"),)}, "is a link and does nothing"),
        ({"links": (Button(label="Open", url="https://example.org"),)}, "not allowed"),
        ({"buttons": (asking(title="t" * (cards.CONFIRM_TITLE + 1)),)}, "confirm title"),
        ({"buttons": (asking(text=""),)}, "confirm text"),
        ({"buttons": (asking(text="t" * (cards.CONFIRM_TEXT + 1)),)}, "confirm text"),
        ({"menu": Menu("More", (asking(yes="y" * (cards.CONFIRM_YES + 1)),))}, "confirm label"),
        ({"menu": menu(0)}, "has no items"),
        ({"menu": Menu("", menu(1).items)}, "menu label"),
        ({"menu": Menu("m" * (cards.BUTTON_LABEL + 1), menu(1).items)}, "menu label"),
        ({"link": PRODUCT.ljust(cards.LINK + 1, "x")}, "title link"),
        ({"link": "https://example.org"}, "title links to a place that is not allowed"),
        ({"link": "javascript:alert(1)"}, "title links to a place that is not allowed"),
        (
            {"body": "b" * cards.BODY, "fields": (Field("l", "v" * 300),) * 10},
            "characters",
        ),
    ],
)
def test_a_part_over_its_budget_is_refused_by_name(parts: dict[str, object], named: str) -> None:
    with pytest.raises(BudgetError, match=named):
        Card(**{"title": "Title", **parts})  # type: ignore[arg-type]  # each case is one bad part


@for_each(
    ("button", "named"),
    [
        (Button(label="", action="go"), "button label"),
        (Button(label="l" * (cards.BUTTON_LABEL + 1), action="go"), "button label"),
        (Button(label="Go", action="go", ref="r" * cards.ACTION), "button id"),
        (Button(label="Go", url="https://" + "x" * cards.LINK), "button link"),
        (Button(label="Go"), "needs an action or a link"),
        (Button(label="Go", action="go", url="https://example.org"), "but not both"),
        (Button(label="Go", url="http://example.org"), "not allowed"),
        (Button(label="Go", url="javascript:alert(1)"), "not allowed"),
        (Button(label="Go", url="http://127.0.0.1@example.org"), "not allowed"),
        (Button(label="Go", action="go:on"), "colon"),
    ],
)
def test_a_button_that_some_chat_refuses_is_refused(button: Button, named: str) -> None:
    with pytest.raises(BudgetError, match=named):
        Card(title="Title", buttons=(button,))
    with pytest.raises(BudgetError, match=f"{named}|must not be a link"):
        Card(title="Title", menu=Menu("More", (button,)))


def test_a_menu_holds_no_link() -> None:
    with pytest.raises(BudgetError, match="must not be a link"):
        Card(title="Title", menu=Menu("More", (Button(label="Open", url=PRODUCT),)))


def test_two_buttons_must_not_answer_alike() -> None:
    with pytest.raises(BudgetError, match="same action and reference"):
        Card(title="Title", buttons=buttons(1) * 2)
    with pytest.raises(BudgetError, match="same action and reference"):
        Card(title="Title", menu=Menu("More", menu(1).items * 2))


def test_a_button_and_an_item_of_the_menu_must_not_answer_alike() -> None:
    with pytest.raises(BudgetError, match="same action and reference"):
        Card(title="Title", buttons=menu(1).items, menu=menu(1))


def test_what_can_be_pressed_are_the_buttons_and_then_the_menu() -> None:
    both = Card(title="Title", buttons=buttons(2), menu=menu(1))
    assert [each.label for each in both.pressable] == ["Go", "Go", "More"]
    assert Card(title="Title", buttons=buttons(1)).pressable == buttons(1)
    assert both.size == Card(title="Title").size


def test_a_card_that_was_stored_before_there_were_menus_is_read() -> None:
    stored = b'{"title": "Title", "buttons": [{"label": "Go", "action": "go", "ref": "1"}]}'
    card = msgspec.json.decode(stored, type=Card)
    assert (card.menu, card.link, card.pressable) == (None, "", card.buttons)
    both = Card(title="Title", link=PRODUCT, menu=menu(2))
    assert msgspec.json.decode(msgspec.json.encode(both), type=Card) == both


def test_a_menu_that_was_stored_when_more_was_allowed_stays_readable() -> None:
    large = {"title": "Title", "menu": msgspec.to_builtins(menu(9)), "link": "https://old.example"}
    with as_stored():
        assert len(msgspec.convert(large, Card).pressable) == 9


def test_links_may_repeat_and_may_lead_to_this_machine() -> None:
    link = Button(label="Open", url="http://127.0.0.1:8080/case/12")
    assert Card(title="Title", buttons=(link, link)).buttons == (link, link)


@pytest.mark.parametrize(
    ("action", "ref"), [("close", "00000012"), ("close", ""), ("watch", "US:B0WALNUTBL")]
)
def test_a_button_comes_back_as_it_was_sent(action: str, ref: str) -> None:
    assert parse_button_id(Button(label="Go", action=action, ref=ref).id) == (action, ref)


@pytest.mark.parametrize("sent", ["x" * (cards.ACTION + 1), None, 7, ["go:1"], {"go": "1"}])
def test_what_no_button_ever_sent_names_none(sent: object) -> None:
    assert parse_button_id(sent) == ("", "")


def test_a_notification_says_how_bad_it_is_and_the_point_in_120_characters() -> None:
    card = Card(title="Buy Box lost: Bowl", badge="Critical", gist="USD 24.99, 37% below us")
    assert card.heading == "Critical · Buy Box lost: Bowl"
    assert card.notification == "Critical · Buy Box lost: Bowl · USD 24.99, 37% below us"
    assert Card(title="Help").notification == "Help"
    long = Card(title="word " * 29 + "end", badge="x" * cards.BADGE, gist="y" * cards.GIST)
    assert len(long.notification) <= cards.NOTIFICATION
    assert long.notification.endswith(f"word{CUT}")


def test_a_value_may_be_a_moment_alone() -> None:
    Card(title="x", fields=(Field("Since", "", at=START),))
    with pytest.raises(BudgetError, match="field value"):
        Card(title="x", fields=(Field("Since", ""),))


def test_moments_count_as_what_people_read_of_them() -> None:
    without = Card(title="x", fields=(Field("Since", "now"),), footer="y")
    fields = (Field("Since", "now", at=START),)
    assert Card(title="x", fields=fields, footer="y", footer_at=START).size == (
        without.size + 2 * cards.MOMENT
    )
