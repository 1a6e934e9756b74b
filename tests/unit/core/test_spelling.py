"""Commands are written as they are typed in the chat where a text is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import cards
from bot.core.cards import Button, Card, Field, Snippet
from bot.core.forms import Form, Text
from bot.core.interactions import Ask, Notice, Post, Update
from bot.core.spelling import AS_WRITTEN, CommandSpelling

HERE = CommandSpelling({"watches": "/brand watches", "evidence": "/brand report evidence"})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Type /watches.", "Type /brand watches."),
        ("Type /evidence 3 or /watches", "Type /brand report evidence 3 or /brand watches"),
        ("Try '/watches', (/watches)", "Try '/brand watches', (/brand watches)"),
        ("输入/watches。", "输入/brand watches。"),
        ("/watch B0", "/watch B0"),
        ("Type /brand watches.", "Type /brand watches."),
        ("https://www.amazon.com/watches", "https://www.amazon.com/watches"),
        ("data/evidence, and/evidence", "data/evidence, and/evidence"),
        ("/watches/3 /evidence.zip /watches-old", "/watches/3 /evidence.zip /watches-old"),
    ],
)
def test_a_text_names_commands_as_they_are_typed(text: str, read: str) -> None:
    assert HERE.text(text) == read
    assert AS_WRITTEN.text(text) == text


@given(st.text(alphabet="/ watchesbrnd.:3"))
def test_what_is_read_twice_reads_the_same(text: str) -> None:
    assert HERE.text(HERE.text(text)) == HERE.text(text)


def test_a_card_is_read_so_but_not_what_is_to_be_copied_and_pressed() -> None:
    told = "See /watches"
    card = Card(
        title=told,
        body=told,
        fields=(Field("What", told),),
        snippets=(Snippet("Copy", told),),
        buttons=(Button(label=told, action="run", ref="watches"),),
        footer=told,
    )
    read = HERE.card(card)
    said = "See /brand watches"
    assert (read.title, read.body, read.footer, read.fields[0].value) == (said,) * 4
    assert (read.snippets, read.buttons) == (card.snippets, card.buttons)
    assert HERE.card(Card(title="Nothing to type")) == Card(title="Nothing to type")


def test_a_card_without_room_for_longer_words_stays_as_it_is() -> None:
    full = Card(title="Full", body=f"{'x' * (cards.BODY - 9)} /watches")
    assert HERE.card(full) is full


def test_every_reply_is_read_so() -> None:
    card, told, said = Card(title="See /watches"), "Type /watches.", "Type /brand watches."
    assert HERE.reply(Notice(told)) == Notice(said)
    assert HERE.reply(Post(card)) == Post(Card(title="See /brand watches"))
    assert HERE.reply(Update(card)) == Update(Card(title="See /brand watches"))
    full = f"{'x' * 90} /watches"
    asked = (Text(name="a", label="A", hint=told), Text(name="b", label="B", hint=full))
    form = Form(id="f", title="F", intro=told, inputs=asked)
    read = HERE.reply(Ask(form=form, session="s", step="1", errors={"a": told}))
    assert isinstance(read, Ask)
    assert (read.form.intro, read.errors) == (said, {"a": said})
    assert [each.hint for each in read.form.inputs] == [said, full]
