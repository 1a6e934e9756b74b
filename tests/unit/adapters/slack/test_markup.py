"""What people write in Slack is read without Slack's markup, however they call us."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.markup import called, known, named, worded
from bot.features.cases.collections import ENTRIES
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import command, event
from tests.platforms.slack.seen import seen
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

IS_COMMAND = known(["cases", "note", "watch"])


async def says(at_work: SlackTeam, text: str, **more: object) -> str:
    """Call the bot with exactly this text, and return what it answers."""
    before = len(at_work.ana.ephemerals)
    body = {"type": "app_mention", "text": text, "user": "UANA", "channel": ALERTS, **more}
    told = event(at_work.fake, at_work.ana.user, body)
    assert (await at_work.fake.deliver("events_api", told, only_ack(at_work.fake))).acked
    return seen(await at_work.told(before + 1)).text


@pytest.mark.parametrize(
    "text",
    [
        *("<@UBOT> cases", "<@UBOT>, cases", "<@UBOT>: cases", "<@UBOT> - cases", "<@UBOT>cases"),
        *("<@UANA> <@UBOT> cases", "<@UBOT|brandwarden> cases", "<@UBOT>\tcases\tall"),
        *("<@UBOT>\u00a0cases", "<@UBOT> \u200bcases\u200b", "<@UBOT> Cases.", "<@UBOT> /cases"),
        *("hey <@UBOT> cases", "cases <@UBOT>", "please, <@UBOT>: cases!", "<@UBOT> *cases*"),
        *("<@UBOT> “cases”", "<@UBOT>\ncases\nall", "cases all <@UBOT> thanks"),
    ],
)
async def test_a_command_is_understood_however_it_is_written(at_work: SlackTeam, text: str) -> None:
    assert "Unknown" not in (told := await says(at_work, text))
    assert "case" in told.lower()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@UBOT> note 1 <@UANA> called", "note 1 <@UANA> called"),
        ("note 1 as <@UBOT> said, wait", "note 1 as said, wait"),
        ("<@UANA> thinks <@UBOT> note it", "note it"),
        ("<@UBOT>", ""),
        ("", ""),
        (" <@UBOT> , ", ""),
        ("<@UANA>", ""),
    ],
)
def test_what_is_said_to_us_is_told_from_what_stands_around_it(text: str, said: str) -> None:
    assert " ".join(called(text, "UBOT", IS_COMMAND).split()) == said


async def test_a_misspelled_word_is_answered_with_words_to_say(at_work: SlackTeam) -> None:
    told = await says(at_work, "<@UBOT> wtach B0ALDER009")
    assert "Unknown command 'wtach'. Did you mean 'watch'? Try 'help'." in told


MARKUP = (
    "<@UANA> called <tel:+49301|+49 301>, wrote to <mailto:legal@shop.com|legal@shop.com> in "
    "<#C0ALERTS|brand-alerts> and <#C0ALERTS> <!here> <!subteam^S1|@legal> "
    "on <!date^1795000000^{date}|18 Nov> &lt;see&gt; <https://shop.com/a?b=1&amp;c=2|shop>"
)
WORDS = (
    "@Ana called +49 301, wrote to legal@shop.com in #brand-alerts and #brand-alerts @here @legal "
    "on 18 Nov <see> https://shop.com/a?b=1&c=2"
)


async def test_a_note_keeps_words_and_no_markup(at_work: SlackTeam) -> None:
    await at_work.alert()
    assert "This looks like an email address" in await says(at_work, f"<@UBOT> note #1 {MARKUP}")
    again = {"ts": "9.2"}
    assert "Added to C-1" in await says(at_work, f"<@UBOT> note #1 {MARKUP}", **again)
    entry = (await at_work.team.app.store.page(ENTRIES))[-1]
    assert entry.text == f"Ana: {WORDS}"


async def test_names_that_slack_does_not_tell_stay_ids(at_work: SlackTeam) -> None:
    await at_work.alert()
    await says(at_work, "<@UBOT> note 1 <@UNOBODY> in <#C404>")
    entry = (await at_work.team.app.store.page(ENTRIES))[-1]
    assert entry.text == "Ana: @UNOBODY in #C404"


def test_a_link_may_keep_what_was_written_in_its_place() -> None:
    assert worded("<https://a.de/x|here>", {}, labels=True) == "here (https://a.de/x)"
    assert worded("<https://a.de/x|a.de/x>", {}, labels=True) == "https://a.de/x"
    assert worded("1 < 2 &lt;!here&gt;", {}) == "1 < 2 <!here>"
    assert worded("<!date^1^{date}> <!everyone>", {}) == "@date @everyone"


@given(st.text(alphabet="<>@#!|^UBOTC01 cases:,&;amplt\u200b"))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert isinstance(worded(text, dict.fromkeys(named(text), "x")), str)
    assert isinstance(called(text, "UBOT", IS_COMMAND), str)


@pytest.mark.parametrize("change", [{"text": None}, {"text": 7}, {"channel_name": None}])
async def test_a_command_without_text_is_answered(
    at_work: SlackTeam, change: dict[str, object]
) -> None:
    told = command(at_work.fake, at_work.ana.user, ("/brand", ""), at_work.channel) | change
    assert (await at_work.fake.deliver("slash_commands", told, only_ack(at_work.fake))).acked
    assert "What do you need?" in seen(await at_work.told()).text


@pytest.mark.parametrize(
    "typed", ["“B0ALDER001” US", "*B0ALDER001* US", "`B0ALDER001`, US,", "\u200bB0ALDER001\u200b"]
)
async def test_an_asin_is_read_as_it_was_pasted(at_work: SlackTeam, typed: str) -> None:
    await at_work.ana.command("/watch", typed, ALERTS)
    assert "Already watching Pan 1" in seen(await at_work.told()).text


@pytest.mark.parametrize(
    "typed",
    [
        'B0ALDER009 DE "OAK & block 1" 20 EUR',
        "B0ALDER009 “OAK & block 1” floor 20,00 € DE",
        "<https://www.amazon.de/dp/B0ALDER009> 20 € sku OAK & block 1",
    ],
)
async def test_floor_and_sku_are_read_as_they_were_typed(at_work: SlackTeam, typed: str) -> None:
    await at_work.ana.command("/watch", typed, ALERTS)
    said = seen(await at_work.told()).text
    assert "on amazon.de. Price floor: EUR 20.00. SKU: OAK & block 1." in said
