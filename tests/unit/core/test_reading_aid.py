"""The English text beside one in another language: shown where there is room, never too long."""

from __future__ import annotations

from bot.core import cards, forms
from bot.core.cards import Card, Field, Snippet
from bot.core.views.reading_aid import IN_FORM, LABEL, intro_with_aid, with_aid

GERMAN, ENGLISH = "Bitte entfernen Sie dieses Angebot. " * 40, "Please remove this offer. " * 40


def card(text: str = GERMAN, fields: int = 0) -> Card:
    return Card(
        title="R-1",
        fields=(Field("Products", "B0" * 150),) * fields,
        snippets=(Snippet("Text", text),),
    )


def test_the_english_text_stands_below_the_other_one() -> None:
    shown = with_aid(card(), ENGLISH)
    assert shown.snippets == (Snippet("Text", GERMAN), Snippet(LABEL, ENGLISH))


def test_without_an_english_text_the_card_stays_as_it_is() -> None:
    assert with_aid(card(), "") == card()


def test_of_a_long_text_as_much_is_shown_as_finds_room() -> None:
    shown = with_aid(card(fields=6), ENGLISH * 9)
    assert shown.size <= cards.CARD
    assert shown.told <= cards.TEXT
    assert ENGLISH[:200] in shown.snippets[1].text


def test_a_text_that_leaves_no_room_stands_alone() -> None:
    full = card("x" * 3000, fields=6)
    assert with_aid(full, ENGLISH) == full


def test_a_form_shows_its_beginning_below_its_own_intro() -> None:
    assert intro_with_aid("Check the order.", "") == "Check the order."
    intro = intro_with_aid("Check the order.", ENGLISH * 3)
    assert intro.startswith(f"Check the order.\n\n{LABEL}:\nPlease remove")
    assert len(intro) <= len("Check the order.\n\n:\n") + len(LABEL) + IN_FORM
    assert len(intro_with_aid("x" * forms.INTRO, ENGLISH)) == forms.INTRO
