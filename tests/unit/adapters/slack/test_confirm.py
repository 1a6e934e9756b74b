"""What Slack asks by itself before it tells of a press, and what it says that it asked."""

from __future__ import annotations

from adapters.slack.buttons import MENU
from adapters.slack.inbound import _confirmed
from adapters.slack.render import blocks
from bot.core import cards
from bot.core.cards import Button, Card, Confirm, Menu

TAKE = Confirm(title="Take over C-1?", text="Ana works on C-1 <!channel>.", yes="Take over")
BUTTON = Button(label="Assign to me", action="assign", ref="1", confirm=TAKE)


def test_a_button_that_asks_has_slacks_own_question_and_its_mark() -> None:
    [actions] = [b for b in blocks(Card(title="C-1", buttons=(BUTTON,))) if b["type"] == "actions"]
    [shown] = actions["elements"]
    assert shown["value"] == TAKE.mark
    assert {part: text["text"] for part, text in shown["confirm"].items()} == {
        "title": TAKE.title,
        "text": TAKE.text,
        "confirm": TAKE.yes,
        "deny": "Cancel",
    }
    assert {text["type"] for text in shown["confirm"].values()} == {"plain_text"}
    assert _confirmed(shown) == TAKE.mark


def test_a_button_that_asks_nothing_confirms_nothing() -> None:
    card = Card(title="C-1", buttons=(Button(label="Acknowledge", action="acknowledge", ref="1"),))
    [actions] = [each for each in blocks(card) if each["type"] == "actions"]
    assert actions["elements"][0].keys() == {"type", "text", "action_id"}
    assert _confirmed(actions["elements"][0]) == ""


def test_a_menu_asks_nothing_so_that_the_form_does() -> None:
    card = Card(title="C-1", menu=Menu("More", (BUTTON,)))
    [actions] = [each for each in blocks(card) if each["type"] == "actions"]
    [menu] = actions["elements"]
    assert "confirm" not in menu
    chosen = {"action_id": MENU, "selected_option": {"value": BUTTON.id}}
    assert _confirmed(chosen) == ""


def test_a_question_at_every_limit_fits() -> None:
    most = Confirm(
        title="t" * cards.CONFIRM_TITLE, text="x" * cards.CONFIRM_TEXT, yes="y" * cards.CONFIRM_YES
    )
    button = Button(label="Go", action="go", confirm=most)
    [actions] = [b for b in blocks(Card(title="C", buttons=(button,))) if b["type"] == "actions"]
    confirm = actions["elements"][0]["confirm"]
    assert (confirm["title"]["text"], confirm["text"]["text"]) == (most.title, most.text)
    assert confirm["confirm"]["text"] == most.yes


def test_what_comes_from_outside_is_no_mark_unless_it_is_a_short_text() -> None:
    assert _confirmed({"value": None}) == ""
    assert _confirmed({"value": ["x"]}) == ""
    assert len(_confirmed({"value": "x" * 5000})) <= 40
