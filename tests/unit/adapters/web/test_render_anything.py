"""Whatever the message model can say, the page can show."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core import cards, forms
from bot.core.cards import Button, Card, Field, Menu, Style, Tone
from bot.core.forms import Choice, Choices, Date, File, Form, Option, Paragraph, Text
from tests.unit.adapters.web.reading import read_card, read_form


def short(most: int, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(min_size=least, max_size=most)


ACTIONS = short(40, 1).filter(lambda text: ":" not in text)
URLS = st.sampled_from(
    ("https://www.amazon.com/dp/B0", "https://www.amazon.zip/", "http://127.0.0.1:1/x")
)
ITEMS = st.builds(
    Button,
    label=short(cards.BUTTON_LABEL, 1),
    action=ACTIONS,
    ref=short(50),
    style=st.sampled_from(Style),
)
BUTTONS = ITEMS | st.builds(Button, label=short(cards.BUTTON_LABEL, 1), url=URLS)
MENUS = st.builds(
    Menu,
    short(cards.BUTTON_LABEL, 1),
    # No button has such a reference, so none on the card has the same id.
    st.lists(
        ITEMS.map(lambda item: msgspec.structs.replace(item, ref=f"{item.ref[:40]} of the menu")),
        min_size=1,
        max_size=cards.MENU,
        unique_by=lambda item: item.id,
    ).map(tuple),
)
MOMENTS = st.none() | st.integers(0, 4_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
CARDS = st.builds(
    Card,
    title=short(cards.TITLE, 1),
    badge=short(cards.BADGE),
    gist=short(cards.GIST),
    link=st.just("") | URLS,
    body=short(200),
    tone=st.sampled_from(Tone),
    fields=st.lists(
        st.builds(Field, short(cards.FIELD_LABEL, 1), short(100, 1), st.booleans(), MOMENTS),
        max_size=10,
    ).map(tuple),
    image=st.just("") | URLS | st.just("https://evil.example/x.png"),
    buttons=st.lists(BUTTONS, max_size=10, unique_by=lambda button: button.id).map(tuple),
    menu=st.none() | MENUS,
    thumbnail=st.just("") | URLS,
    footer=short(cards.FOOTER),
    footer_at=MOMENTS,
    simulated=st.booleans(),
)
OPTIONS = st.lists(
    st.builds(Option, short(forms.OPTION, 1), short(forms.OPTION, 1)),
    min_size=1,
    max_size=forms.OPTIONS,
    unique_by=lambda option: option.value,
).map(tuple)
NAME = short(forms.NAME, 1)
LABEL = short(forms.LABEL, 1)
HINT = short(forms.HINT)
INPUTS = st.one_of(
    st.builds(Text, name=NAME, label=LABEL, hint=HINT, required=st.booleans(), initial=short(50)),
    st.builds(Paragraph, name=NAME, label=LABEL, hint=HINT, initial=short(200)),
    st.builds(Choice, name=NAME, label=LABEL, options=OPTIONS, required=st.booleans()),
    st.builds(Choices, name=NAME, label=LABEL, hint=HINT, options=OPTIONS),
    st.builds(Date, name=NAME, label=LABEL, initial=st.just("2026-11-23")),
    st.builds(File, name=NAME, label=LABEL, most=st.integers(1, forms.FILES)),
)
FORMS = st.builds(
    Form,
    id=NAME,
    title=short(forms.TITLE, 1),
    intro=short(200),
    inputs=st.lists(INPUTS, max_size=forms.INPUTS, unique_by=lambda asked: asked.name).map(tuple),
    submit=short(forms.TITLE, 1),
)


@given(CARDS)
def test_any_card_is_shown(card: Card) -> None:
    read = read_card(card)
    links = len(read.all("a", target="_blank"))
    assert len(read.all("button")) + links <= len(card.pressable) + bool(card.link)
    assert len(read.all("button")) == sum(bool(each.action) for each in card.pressable)
    assert len(read.all("dt")) == len(card.fields)
    assert ("Simulated marketplace" in read.text) >= card.simulated


@given(FORMS, st.dictionaries(NAME, short(50, 1), max_size=3))
def test_any_form_is_shown(form: Form, errors: dict[str, str]) -> None:
    read = read_form(form, errors)
    ids = [attrs["id"] for _, attrs in read.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in read.elements:
        assert set(attrs.get("aria-describedby", "").split()) <= set(ids)
    assert len(read.all("div", **{"class": "input"})) == len(form.inputs)
    assert read.all("button", type="submit")
