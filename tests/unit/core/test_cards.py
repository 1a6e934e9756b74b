"""Cards refuse what some chat could not show."""

from __future__ import annotations

import pytest

from bot.core import cards
from bot.core.cards import Button, Card, Field, parse_button_id
from bot.errors import BudgetError
from tests.cases import for_each


def buttons(number: int) -> tuple[Button, ...]:
    return tuple(Button(label="Go", action="go", ref=str(place)) for place in range(number))


def test_a_card_at_every_limit_is_fine() -> None:
    room = (cards.CARD - cards.TITLE - cards.BODY - cards.FOOTER) // cards.FIELDS
    value = min(cards.FIELD_VALUE, room - cards.FIELD_LABEL)
    card = Card(
        title="t" * cards.TITLE,
        body="b" * cards.BODY,
        footer="f" * cards.FOOTER,
        fields=(Field("l" * cards.FIELD_LABEL, "v" * value),) * cards.FIELDS,
        buttons=buttons(cards.BUTTONS),
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


def test_two_buttons_must_not_answer_alike() -> None:
    with pytest.raises(BudgetError, match="same action and reference"):
        Card(title="Title", buttons=buttons(1) * 2)


def test_links_may_repeat_and_may_lead_to_this_machine() -> None:
    link = Button(label="Open", url="http://127.0.0.1:8080/case/12")
    assert Card(title="Title", buttons=(link, link)).buttons == (link, link)


@pytest.mark.parametrize(
    ("action", "ref"), [("close", "00000012"), ("close", ""), ("watch", "US:B0WALNUTBL")]
)
def test_a_button_comes_back_as_it_was_sent(action: str, ref: str) -> None:
    assert parse_button_id(Button(label="Go", action=action, ref=ref).id) == (action, ref)
