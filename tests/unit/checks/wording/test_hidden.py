"""What nobody sees splits a name inside its words alone, and wherever the name stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.wording.hidden import newly_split, splits
from checks.wording.markup import plain_text

HIDDEN = st.sampled_from("\u200b\u200c\u200d\u200e\u2060\u2063\ufeff\u00ad\u034f\ufe0f\u3164")
WORDS = st.lists(
    st.text(
        st.characters(categories=["Ll"], max_codepoint=0x17F).filter(
            lambda each: plain_text(each).casefold() == each
        ),
        min_size=3,
        max_size=9,
    ),
    min_size=1,
    max_size=3,
)
TAG = "xx"


@given(WORDS, HIDDEN, st.data())
def test_inside_a_word_it_splits_the_name_wherever_that_stands(
    words: list[str], hidden: str, data: st.DataObject
) -> None:
    name = " ".join(words)
    word = data.draw(st.integers(0, len(words) - 1))
    place = data.draw(st.integers(1, len(words[word]) - 1))
    split = f"{words[word][:place]}{hidden}{words[word][place:]}"
    text = " ".join((*words[:word], split, *words[word + 1 :]))
    found = newly_split(name, f"New: {name}, 2 pcs", f"New: {text}, 2 pcs", TAG)
    assert found is not None
    assert found[0].text == f"New: {name}, 2 pcs"
    assert found[1].text == f"New: {text}, 2 pcs".replace(hidden, "\ufffd")
    assert newly_split(name, text, f"{text}!", TAG) is None
    assert newly_split(name, text, name, TAG) is None


@given(WORDS, HIDDEN)
def test_between_words_and_around_the_name_it_splits_nothing(words: list[str], hidden: str) -> None:
    name = " ".join(words)
    for text in (f"{hidden}{name}{hidden}", f" {hidden}".join(words), hidden.join(words)):
        assert newly_split(name, name, text, TAG) is None


@given(
    st.text(max_size=40), st.text(max_size=120), st.sampled_from(["en_US", "ja_JP", "ar_AE", ""])
)
def test_whatever_stands_in_a_text_only_what_is_hidden_splits(
    name: str, text: str, tag: str
) -> None:
    found = splits(name, text, tag)
    assert 0 <= found.start <= len(found.text)
    assert bool(found.places) == bool(found.signs) == ("\ufffd" in found.text)


def test_a_sign_of_what_could_not_be_read_is_not_a_hidden_one() -> None:
    assert newly_split("Hollow Oak", "Hollow Oak", "Hol\ufffdlow Oak", "en") is None


def test_a_text_of_a_hostile_size_is_read_up_to_a_bound() -> None:
    found = splits("oak oak", "oa\u200bk " * 1_000 + "- " * 50_000, "en")
    assert len(found.text) <= 60_000
    assert found.places == {2, 5}
