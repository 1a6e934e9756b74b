"""Catalogs of phrases: those that ship are sound, and one that is not says where."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.core.languages import LANGUAGES
from bot.core.lint.phrases import SHOWN, flat, found, read_phrases, without

BOT = Path(bot.__file__).parent
SHIPPED = sorted([*BOT.glob("core/lint/*.toml"), *BOT.glob("features/*/rules/**/*.toml")])


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the catalogs of these tests have."""

    gift: re.Pattern[str]


class Catalog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A catalog as it is written."""

    phrases: dict[str, dict[str, str]]
    words: dict[str, dict[str, str]] = {}


def read(folder: Path, catalog: str) -> re.Pattern[str]:
    """Return the list of a catalog that is written like this."""
    (folder / "rules.toml").write_text(catalog, "utf-8")
    return read_phrases(str(folder / "rules.py"), Lists).gift


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_phrase_is_sound_and_none_is_found_everywhere(path: Path) -> None:
    catalog = msgspec.toml.decode(path.read_bytes(), type=Catalog)
    for name, lists in catalog.phrases.items():
        assert set(lists) <= {*LANGUAGES, "any"}, name
        for language, text in lists.items():
            lines = text.strip("\n").split("\n")
            assert [line for line in lines if re.search(line, "x")] == [], f"{name}, {language}"
            assert lines == [line.strip() for line in lines], f"{name}, {language}"


def test_the_shipped_catalogs_are_found() -> None:
    assert len(SHIPPED) == 6


def test_a_phrase_begins_with_a_word_but_in_japanese(tmp_path: Path) -> None:
    gift = read(tmp_path, "[phrases.gift]\nen = '''\ngift|present\\b\nfree\n'''\nja = '謝礼'")
    assert found(gift, "Two GIFTS for you") == "GIFT"
    assert found(gift, "It is free.") == "free"
    assert found(gift, "The gear's shift, presented") == ""
    assert found(gift, "些少の謝礼です") == "謝礼"


def test_a_word_stands_for_what_its_language_says(tmp_path: Path) -> None:
    words = "[words.what]\nen = '(?:gift|present)'\nde = 'geschenk'\n"
    gift = read(tmp_path, f"{words}[phrases.gift]\nen = 'free <what>'\nde = 'gratis <what>'")
    assert found(gift, "A free present") == "free present"
    assert found(gift, "Ein gratis Geschenk") == "gratis Geschenk"
    assert found(gift, "Ein gratis present") == ""


@pytest.mark.parametrize(
    ("catalog", "says"),
    [
        ("[phrases.gift", "rules.toml: "),
        ("[phrases]\ngift = 'free'", r"Expected `object`, got `str` - at `\$\.phrases\[...\]`"),
        ("[phrase.gift]\nen = 'free'", "rules.toml: Object .*`phrases?`"),
        ("[phrases.present]\nen = 'free'", "rules.toml: Object .*`gift|present`"),
        ("[phrases.gift]\nen = 'free <what>'", "rules.toml: gift: nothing stands for <what>"),
        ("[phrases.gift]\nen = 'gift|a (?:free'", r"rules.toml: gift, en: missing \).*: \(\?:free"),
    ],
)
def test_a_catalog_that_is_not_sound_says_where(catalog: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=says):
        read(tmp_path, catalog)


LISTS = (
    "gift|Present card\\b",
    "\\bf\\S+e\\W|[^\\W\\d_]+ß",
    "gift (?:[a-z]+ ){0,2}card",
    "(?-i:MAP)\\b|price",
    "geschenk|Ünder|电话",
)
parts = st.sampled_from(
    [
        *("GIFT", "gift ", "present CARD", "free!", "MAP", "map ", "Straße", "ü", "Ü"),
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}",
        "\N{LATIN SMALL LETTER LONG S}",
        "\N{LATIN CAPITAL LETTER SHARP S}",
        "\N{KELVIN SIGN}",
    ]
)


@pytest.mark.parametrize("written", LISTS)
@given(text=st.lists(parts | st.text(max_size=5)).map("".join))
def test_capitals_make_no_difference_but_where_a_list_says_so(written: str, text: str) -> None:
    pattern = re.compile(rf"\b(?:{written})", re.IGNORECASE)
    first = pattern.search(flat(text))
    assert found(pattern, text) == (first[0].strip()[:SHOWN] if first else "")
    assert without(pattern, text, " ; ") == pattern.sub(" ; ", text)


def test_a_list_that_tells_capitals_from_small_letters_is_read_as_it_stands() -> None:
    pattern = re.compile(r"\b(?:(?-i:MAP)\b)", re.IGNORECASE)
    assert found(pattern, "Keep our MAP") == "MAP"
    assert found(pattern, "See the map") == ""
