"""The texts of one of each kind of card and form, as people get them: filled in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.cards import Card
from bot.core.forms import Choice, Choices, Form
from tests.language.sentences import Sentence
from tests.pictures.kinds import CARDS, FORMS


def rendered() -> Iterator[Sentence]:
    """Return them all, by the kind's name; what is there to copy is somebody else's letter."""
    for name, card in CARDS.items():
        yield from (Sentence(f"card {name}", text) for text in of_card(card))
    for name, ask in FORMS.items():
        yield from (Sentence(f"form {name}", text) for text in of_form(ask.form))
        yield from (Sentence(f"form {name}", error) for error in ask.errors.values())


def of_card(card: Card) -> Iterator[str]:
    """Return the texts of a card."""
    yield from (card.badge, card.title, card.gist, card.body, card.footer)
    yield from (f"{field.label}: {field.value}" for field in card.fields)
    yield from (snippet.label for snippet in card.snippets)
    yield from (button.label for button in card.pressable)
    yield card.menu.label if card.menu else ""


def of_form(form: Form) -> Iterator[str]:
    """Return the texts of a form."""
    yield from (form.title, form.intro, form.submit)
    for asked in form.inputs:
        yield from (asked.label, asked.hint)
        if isinstance(asked, Choice | Choices):
            yield from (option.label for option in asked.options)
