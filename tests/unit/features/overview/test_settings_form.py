"""The settings as one form: filled in, previewed, saved; typed syntax does the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import Severity
from bot.core.forms import Answers, Choice, Text
from bot.core.interactions import Ask, Post, Reply
from bot.core.interface import InterfaceLanguage, speak
from bot.core.team import Team as Settings
from bot.features.overview.flows.settings import SETTINGS
from bot.features.overview.flows.settings_form import SettingsForm
from bot.features.overview.rules.settings import CHANGES, as_typed
from tests.unit.conftest import BEN, VIK, Team, asked, notice


def _buttons(replies: list[Reply]) -> list[str]:
    [post] = replies
    assert isinstance(post, Post)
    return [each.label for each in post.card.buttons]


async def _opened(team: Team) -> Ask:
    return asked(await team.press("change-settings", ""))


def _as_it_is(ask: Ask) -> Answers:
    return {each.name: each.initial for each in ask.form.inputs if isinstance(each, Text | Choice)}


async def _answered(team: Team, **changes: str) -> Ask:
    """Go through the form up to its last page."""
    ask = await _opened(team)
    for _ in range(3):
        known = _as_it_is(ask)
        given = {name: value for name, value in changes.items() if name in known}
        ask = asked(await team.submit(ask, {**known, **given}))
    return ask


async def test_only_those_who_may_change_them_get_the_button(team: Team) -> None:
    assert _buttons(await team.type("/settings")) == ["Change settings"]
    for who in (BEN, VIK):
        assert _buttons(await team.type("/settings", who)) == []
    assert "admin" in notice(await team.press("change-settings", "", who=BEN)).lower()


async def test_it_is_filled_in_with_the_settings_and_changes_nothing_by_itself(team: Team) -> None:
    await team.type("/settings zone Europe/Berlin")
    await team.type("/settings quiet 22-7")
    await team.type("/settings margin 30%")
    before = await team.app.team()
    ask = await _opened(team)
    assert (ask.number, ask.of) == (1, 3)
    assert _as_it_is(ask) == {
        "zone": "Europe/Berlin",
        "digest": "9",
        "language": "en",
        "quiet_from": "22",
        "quiet_to": "7",
    }
    for _ in range(2):
        ask = asked(await team.submit(ask, _as_it_is(ask)))
    assert notice(await team.submit(ask, _as_it_is(ask))) == "No settings were changed."
    assert await team.app.team() == before


async def test_the_last_page_says_what_changes_and_saves_it(team: Team) -> None:
    ask = await _answered(team, zone="Asia/Tokyo", quiet_from="22", quiet_to="7", calls="5")
    assert ask.form.title == "Save settings?"
    assert ask.form.intro.splitlines() == [
        "Time zone: Asia/Tokyo. Before: UTC.",
        "Quiet hours: 22:00 to 07:00, except critical alerts. Before: none.",
        "Mentions a night: at most 5. Before: at most 3.",
        "Each change is posted in the channel, where it can be undone.",
    ]
    assert await team.app.team() == Settings()
    assert notice(await team.submit(ask, _as_it_is(ask))) == "Changed 3 settings."
    team_now = await team.app.team()
    assert (team_now.zone, team_now.quiet_from, team_now.quiet_to) == ("Asia/Tokyo", 22, 7)
    assert team_now.calls_a_night == 5
    assert "Ana changed a setting. Mentions a night: at most 5." in team.announced()[-1]
    await team.undo()
    assert (await team.app.team()).calls_a_night == 3


async def test_nothing_changes_where_that_is_chosen(team: Team) -> None:
    ask = await _answered(team, digest="8")
    assert notice(await team.submit(ask, {"saved": "discard"})) == "No settings were changed."
    assert await team.app.team() == Settings()


async def test_deleting_evidence_is_asked_about_and_never_chosen_already(team: Team) -> None:
    ask = await _answered(team, keep="365", digest="8")
    when = (team.clock() + timedelta(days=7)).strftime("%d").lstrip("0")
    assert "evidence of cases closed more than 365 days ago is deleted" in ask.form.intro
    assert f"Starting {when} " in ask.form.intro
    [choice] = ask.form.inputs
    assert isinstance(choice, Choice)
    assert choice.initial == ""
    assert [each.value for each in choice.options] == ["save", "rest", "discard"]
    again = asked(await team.submit(ask, {"saved": ""}))
    assert again.errors == {"saved": "Please choose one."}
    assert notice(await team.submit(again, {"saved": "rest"})) == "Changed 1 setting."
    kept = await team.app.team()
    assert (kept.keep_next, kept.digest_hour) == (None, 8)


async def test_deleting_evidence_takes_effect_as_when_it_is_typed(team: Team) -> None:
    ask = await _answered(team, keep="365")
    await team.submit(ask, {"saved": "save"})
    kept = await team.app.team()
    assert (kept.keep_days, kept.keep_next) == (None, 365)
    assert kept.keep_next_from == team.clock() + timedelta(days=7)
    # What is announced already is not asked about again, and to keep more is no deleting.
    more = await _answered(team, keep="730")
    [choice] = more.form.inputs
    assert isinstance(choice, Choice)
    assert choice.initial == "save"


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"zone": "Mars"}, {"zone": "'Mars' is not a time zone. Type one like Europe/Berlin."}),
        (
            {"quiet_from": "7", "quiet_to": "7"},
            {
                "quiet_to": "Quiet hours must start and end at different hours. "
                "To turn them off, type off."
            },
        ),
    ],
)
async def test_what_cannot_be_is_said_where_it_is_answered(
    team: Team, answers: dict[str, str], wrong: dict[str, str]
) -> None:
    ask = await _opened(team)
    assert asked(await team.submit(ask, {**_as_it_is(ask), **answers})).errors == wrong


async def test_a_quiet_hour_without_its_end_is_said_so(team: Team) -> None:
    ask = await _opened(team)
    wrong = asked(await team.submit(ask, {**_as_it_is(ask), "quiet_from": "22"})).errors
    assert list(wrong) == ["quiet_to"]


def _hours() -> st.SearchStrategy[tuple[int | None, int | None]]:
    pairs = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda p: p[0] != p[1])
    return st.one_of(st.just((None, None)), pairs)


@given(
    quiet=_hours(),
    days=st.one_of(st.none(), st.integers(30, 999_999)),
    margin=st.one_of(st.none(), st.integers(1, 99)),
    minutes=st.one_of(st.none(), st.just(0), st.integers(5, 1440)),
    severity=st.sampled_from([None, *Severity]),
    persons=st.sampled_from([None, True, False]),
    language=st.sampled_from(list(InterfaceLanguage)),
)
def test_typing_settings_as_they_are_makes_them_what_they_are(
    quiet: tuple[int | None, int | None],
    days: int | None,
    margin: int | None,
    minutes: int | None,
    severity: Severity | None,
    persons: bool | None,
    language: InterfaceLanguage,
) -> None:
    team = Settings(
        quiet_from=quiet[0],
        quiet_to=quiet[1],
        keep_days=days,
        margin=margin,
        escalate=minutes,
        calls_from=severity,
        two_persons=persons,
        language=language,
    )
    made = Settings()
    for name, typed in as_typed(team).items():
        made = CHANGES[name](made, typed) if typed else made
    assert made == team
    # Every page fits every chat, in each language, and offers what is set.
    form = SettingsForm.of(team, "1 Jan 2027")
    assert form.changes == {}
    with speak(language):
        for step in SETTINGS.steps[:-1]:
            for each in step.form(form).inputs:
                if isinstance(each, Choice) and (now := getattr(form, each.name)):
                    assert now in {option.value for option in each.options}
        other = {"zone": "UTC", "digest": "8", "confirm": "one", "keep": "30", "calls": "9"}
        changed = msgspec.structs.replace(form, **other, mention="off", escalate="60", remind="6")
        SETTINGS.steps[-1].form(changed)


def test_what_is_announced_already_counts_as_set() -> None:
    soon = datetime(2027, 1, 1, tzinfo=UTC)
    team = Settings(keep_next=365, keep_next_from=soon)
    assert as_typed(team)["keep"] == "365"
