"""What a phone of 375 pixels shows: nothing that people read at a glance is longer."""

from __future__ import annotations

import pytest

from tests.language.sentences import errors, passed
from tests.pictures.kinds import CARDS

TITLE = 80
"""Characters of a card's title: two lines."""
LABEL = 32
"""Of a button with a name from outside, such as a checklist's, before Slack cuts it."""
FOOTER = 120
ERROR = 240
"""Of an error: what happened and one next step."""
WRITTEN = {
    ("Button", "label"): 24,
    ("Card", "title"): TITLE,
    ("Form", "submit"): 24,
    ("CommandSpec", 2): 60,
    ("Notice", 0): 120,
    ("field", 0): 24,
}
"""What is written in the code, by the call and its argument."""


@pytest.mark.parametrize(("call", "argument"), WRITTEN)
def test_nothing_is_longer_than_a_phone_shows(call: str, argument: str | int) -> None:
    found = list(passed(call, argument))
    assert len(found) > 10, "The call has another name now: name it in WRITTEN."
    most = WRITTEN[call, argument]
    long = [f"{each.place}: {each.text}" for each in found if len(each.text) > most]
    assert not long, "\n".join((f"At most {most} characters:", *long))


def test_an_error_says_what_happened_and_what_to_do_in_a_few_lines() -> None:
    found = list(errors())
    assert len(found) > 300
    assert not [f"{each.place}: {each.text}" for each in found if len(each.text) > ERROR]


def test_a_card_is_read_at_a_glance() -> None:
    for name, card in CARDS.items():
        assert len(card.title) <= TITLE, (name, card.title)
        assert len(card.footer) <= FOOTER, (name, card.footer)
        for button in card.pressable:
            assert len(button.label) <= LABEL, (name, button.label)
            assert not button.label.endswith("."), (name, button.label)


def test_no_button_ends_with_a_period() -> None:
    pressed = [*passed("Button", "label"), *passed("Form", "submit")]
    assert not [f"{each.place}: {each.text}" for each in pressed if each.text.endswith(".")]
