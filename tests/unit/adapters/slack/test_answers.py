"""Answers that Slack refuses to show find another way, and everything is acked."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.slack.inbound import STRANGE
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import shortcut, submitted
from tests.platforms.slack.seen import seen
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, eventually

OPEN, EPHEMERAL, URL = "views.open", "chat.postEphemeral", "response_url"


@pytest.mark.parametrize(
    "word",
    [
        *("internal_error", "invalid_arguments", "view_too_large", "invalid_trigger_id"),
        *("expired_trigger_id", "fatal_error", "account_inactive", "brand_new"),
    ],
)
async def test_a_form_that_slack_does_not_open_opens_behind_a_button(
    at_work: SlackTeam, word: str
) -> None:
    at_work.fake.faults.error(OPEN, word)
    await at_work.ana.command("/watch", "", ALERTS)
    told = await at_work.told()
    assert "Press the button to open it" in seen(told).text
    await at_work.ana.press(told, "Continue")
    await at_work.fake.until(lambda: at_work.ana.modal)


@pytest.mark.parametrize("fault", ["500", "cut", "html", "text", "429"])
async def test_a_form_opens_behind_a_button_whatever_the_network_does(
    at_work: SlackTeam, fault: str
) -> None:
    faults = at_work.fake.faults
    match fault:
        case "500":
            faults.status(OPEN, 500)
        case "cut":
            faults.abort_before(OPEN)
        case "html":
            faults.answer(OPEN, 200, "<h1>Sign in</h1>")
        case "text":
            faults.answer(OPEN, 200, "hello", "text/plain")
        case _:
            wrong = {"Retry-After": "Sun, 29 Nov 2026 03:10:00 GMT"}
            faults.answer(OPEN, 429, "<h1>1015</h1>", headers=wrong, times=2)
    await at_work.ana.command("/watch", "", ALERTS)
    assert seen(await at_work.told()).buttons == ("Continue",)


async def test_a_modal_and_a_home_that_slack_does_not_show_are_told_as_messages(
    at_work: SlackTeam,
) -> None:
    await at_work.alert()
    direct = at_work.fake.direct("UANA").history
    at_work.fake.faults.error("views.publish", "internal_error")
    await at_work.ana.open_home()
    await at_work.fake.until(lambda: direct)
    assert "1 case to work on" in seen(direct[0]).text


@pytest.mark.parametrize("word", ["thread_not_found", "channel_not_found", "user_not_in_channel"])
async def test_an_answer_that_is_refused_in_the_thread_goes_beside_it(
    at_work: SlackTeam, word: str
) -> None:
    alert = await at_work.alert()
    at_work.fake.faults.error(EPHEMERAL, word)
    await at_work.ana.mention(ALERTS, "cases", alert.ts)
    told = await at_work.told(2)
    assert told.thread_ts is None
    assert "C-1" in seen(told).text


async def test_an_answer_that_is_refused_in_the_channel_goes_to_the_person(
    at_work: SlackTeam,
) -> None:
    at_work.fake.faults.error(URL, "used_url")
    at_work.fake.faults.error(EPHEMERAL, "user_not_in_channel")
    await at_work.ana.command("/brand", "help", ALERTS)
    direct = at_work.fake.direct("UANA").history
    await at_work.fake.until(lambda: direct)
    assert "What do you need?" in seen(direct[0]).text


async def test_where_nothing_is_left_it_is_logged_once(at_work: SlackTeam) -> None:
    with capture_logs() as logged:
        at_work.fake.faults.error(URL, "used_url")
        at_work.fake.faults.error(EPHEMERAL, "channel_not_found")
        at_work.fake.faults.error("chat.postMessage", "messages_tab_disabled")
        await at_work.ana.command("/brand", "help", ALERTS)
        await at_work.fake.until(lambda: not at_work.fake.faults.waiting)
        await eventually(lambda: [e for e in logged if e["event"] == "answer not shown"])
    assert [each["event"] for each in logged].count("answer not shown") == 1


async def _note_form(at_work: SlackTeam) -> dict[str, Any]:
    await at_work.alert()
    await at_work.ana.command("/brand", "note 1", ALERTS)
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    return submitted(at_work.fake, at_work.ana.user, modal)


@pytest.mark.parametrize(
    "change",
    [
        *({"state": None}, {"state": {"values": None}}, {"state": []}, {"blocks": None}),
        *({"blocks": [{}]}, {"private_metadata": None}, {"state": {"values": {"note/note": None}}}),
    ],
)
async def test_a_form_that_comes_back_without_its_parts_is_acked_and_answered(
    at_work: SlackTeam, change: dict[str, object]
) -> None:
    told = await _note_form(at_work)
    told["view"] |= change
    act = await at_work.fake.deliver("interactive", told, lambda _: None)
    assert act.acked
    assert act.answer


@pytest.mark.parametrize(
    "change",
    [
        *({"channel": None}, {"channel": "C0ALERTS"}, {"message": None}, {"user": None}),
        *({"team": None}, {"container": None}, {"message": {"files": 7, "text": []}}),
    ],
)
async def test_what_is_built_in_another_way_is_acked(
    at_work: SlackTeam, change: dict[str, object]
) -> None:
    said = await at_work.ana.post(ALERTS, "Look")
    told = shortcut(at_work.fake, at_work.ana.user, "add-to-case", said) | change
    assert (await at_work.fake.deliver("interactive", told, only_ack(at_work.fake))).acked


async def test_what_cannot_be_read_is_said(at_work: SlackTeam) -> None:
    said = await at_work.ana.post(ALERTS, "Look")
    told = shortcut(at_work.fake, at_work.ana.user, "add-to-case", said)
    told["message"] = [said.ts]
    assert (await at_work.fake.deliver("interactive", told, only_ack(at_work.fake))).acked
    assert STRANGE in seen(await at_work.told()).text
