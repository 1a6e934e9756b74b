"""Words of a fixed set: their beginnings and titles are understood, in every command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap.features import COMMANDS
from bot.core.choices import choose, nearest
from bot.core.interactions import Ask, Notice, Reply
from bot.core.labeled import AttackKind
from bot.core.request import CommandSpec
from bot.errors import UserError
from bot.features.checklists.commands.security import WHICH
from tests.cases import for_each
from tests.unit.conftest import Team, asked, card_text, notice

KINDS = {each.value: each.label for each in AttackKind}
FIXED = [spec for spec in COMMANDS if spec.params and spec.params[0].options]


@for_each("kind", AttackKind)
def test_a_value_and_its_title_are_read_however_they_are_written(kind: AttackKind) -> None:
    for typed in (kind.value, kind.label, kind.label.upper(), f" {kind.value.replace('-', ' ')} "):
        assert AttackKind.typed(typed, "kind") is kind


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("follow", "follow-up"),
        ("fake", "fake-reviews"),
        ("returns", "malicious-returns"),
        ("intruder", "intrusion"),
        ("review bomb", "review-bombing"),
        ("click", "click-fraud"),
    ],
)
def test_a_beginning_that_one_alone_has_is_enough(typed: str, value: str) -> None:
    assert choose(typed, KINDS, "kind") == value


def test_a_beginning_that_several_have_says_which() -> None:
    with pytest.raises(UserError, match=r"'p' matches packaging and people\. Type more letters\."):
        choose("p", WHICH, "part")


def test_what_none_has_says_what_there_is_and_guesses() -> None:
    with pytest.raises(UserError, match=r"^Unknown part 'montoring'. Did you mean 'monitoring'\? "):
        choose("montoring", WHICH, "part")
    with pytest.raises(UserError, match=r"Choose one of: all, security, .*, not-for-us\.$"):
        choose("zebra", WHICH, "part")
    with pytest.raises(UserError, match=r"^Unknown part '\?!'\. See /security\.$"):
        choose("?!", WHICH, "part", "See /security.")


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_value_or_a_sentence(typed: str) -> None:
    try:
        chosen = choose(typed, WHICH, "part")
    except UserError as error:
        chosen = str(error)
    assert chosen in WHICH or chosen.endswith(".")
    assert len(chosen) < 300
    assert nearest(typed, WHICH) in {"", *WHICH}


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True), st.text(max_size=20)
    ),
    st.data(),
)
def test_a_value_in_full_always_means_itself(choices: dict[str, str], data: st.DataObject) -> None:
    if choices:
        value = data.draw(st.sampled_from(sorted(choices)))
        same = [other for other in choices if other.replace("-", "") == value.replace("-", "")]
        if len(same) == 1:
            assert choose(value, choices, "word") == value


NAMES = [spec.name for spec in COMMANDS]


@given(st.sampled_from([name for name in NAMES if len(name) > 4]), st.data())
def test_a_command_with_two_letters_swapped_is_still_meant(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    typo = f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
    assert nearest(typo, NAMES) in {name, name.removesuffix("s"), f"{name}s"}


def answer(replies: list[Reply]) -> str:
    """Return what is shown, without what each showing has of its own."""
    match replies:
        case [Ask(form=form)]:
            return repr(form)
        case [Notice(text=text)]:
            return text
    return card_text(replies)


@pytest.mark.parametrize("spec", FIXED, ids=lambda spec: spec.name)
async def test_every_command_takes_the_beginnings_of_its_words(
    team: Team, spec: CommandSpec
) -> None:
    [*options] = spec.params[0].options
    for option in options:
        whole = answer(await team.type(f"/{spec.name} {option}"))
        others = [other for other in options if other != option]
        start = next(
            size
            for size in range(1, len(option) + 1)
            if not any(other.startswith(option[:size]) for other in others)
        )
        begun = answer(await team.type(f"/{spec.name} {option[: max(start, 3)]}"))
        if "matches" not in begun:  # The beginning of another's title.
            assert begun == whole


@pytest.mark.parametrize("spec", FIXED, ids=lambda spec: spec.name)
async def test_every_command_says_what_it_takes_when_none_fits(
    team: Team, spec: CommandSpec
) -> None:
    said = notice(await team.type(f"/{spec.name} zzzz"))
    assert said.startswith("Unknown ")
    for option in spec.params[0].options:
        assert option in said


async def test_titles_that_people_see_are_understood(team: Team) -> None:
    shown = card_text(await team.type("/security account security"))
    assert shown == card_text(await team.type("/security security"))
    assert card_text(await team.type("/security account 2")) == shown
    kind = asked(await team.type("/attack Listing taken over"))
    assert repr(kind.form) == repr(asked(await team.type("/attack takeover")).form)


async def test_a_setting_is_found_by_its_title(team: Team) -> None:
    card_text(await team.type("/settings quiet hours 21-6"))
    assert "21:00 to 06:00" in card_text(await team.type("/settings"))
    assert "like /settings zone Europe/Berlin" in notice(await team.type("/settings time zone"))
