"""The fake, driven by the real SDK over real sockets: what people do, and what goes wrong."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from tests.platforms.slack.echo_app import TEAM, Echo, note_form, refused, section
from tests.platforms.slack.people import Person
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import View


def open_modal(person: Person) -> View:
    assert person.modal is not None
    return person.modal


async def test_a_command_is_acked_and_answered_to_its_author_alone(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    act = await ana.command("/echo", "a < b", TEAM)
    assert act.acked
    await slack.until(lambda: ana.ephemerals)
    answer = seen(ana.ephemerals[-1])
    assert answer.lines == ("Echo", "a < b")
    assert answer.title == "Echo"
    assert answer.buttons == ("Again & again",)
    assert slack.channel(TEAM).messages == []
    assert slack.violations == slack.mentions == []

    await ana.press(ana.ephemerals[-1], "Again & again")
    await slack.until(lambda: ana.ephemerals[-1].text == "pressed")
    assert len(ana.ephemerals) == 1
    assert not ana.ephemerals[-1].blocks
    assert echo.heard[-1]["actions"][0]["value"] == "7"
    with pytest.raises(AssertionError, match="there are"):
        await ana.press(ana.ephemerals[-1], "Again & again")


async def test_a_response_url_works_five_times(slack: FakeSlack, ana: Person, echo: Echo) -> None:
    await ana.command("/echo", "x", TEAM)
    await slack.until(lambda: ana.ephemerals)
    url = echo.heard[0]["response_url"]
    async with aiohttp.ClientSession() as session:
        body = {"text": "more", "response_type": "in_channel"}
        statuses = [(await session.post(url, json=body)).status for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 404]
    assert len(slack.channel(TEAM).messages) == 4


async def test_a_modal_shows_errors_then_changes_then_closes(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    await ana.command("/form", "", TEAM)
    await slack.until(lambda: ana.modal)
    with pytest.raises(AssertionError, match="required"):
        await ana.submit()
    with pytest.raises(AssertionError, match="at most 20"):
        await ana.fill_in({"Your note": "x" * 21})
    with pytest.raises(AssertionError, match="there are"):
        await ana.fill_in({"Kind": "Ugly"})
    await ana.fill_in({"Your note": "<b>", "Kind": "Bad"})

    echo.answer = {"response_action": "errors", "errors": {"note": "Too short"}}
    assert (await ana.submit()).acked
    assert open_modal(ana).errors == {"Your note": "Too short"}
    values = echo.heard[-1]["view"]["state"]["values"]
    assert next(iter(values["note"].values()))["value"] == "<b>"
    assert next(iter(values["kind"].values()))["selected_option"]["value"] == "bad"

    echo.answer = {"response_action": "update", "view": note_form("Step 2")}
    await ana.submit()
    assert open_modal(ana).title == "Step 2"
    assert open_modal(ana).errors == {}
    echo.answer = {"response_action": "push", "view": note_form("Step 3")}
    await ana.fill_in({"Your note": "b", "Kind": "Good"})
    await ana.submit()
    assert len(slack.modals["UANA"]) == 2
    await ana.close_modal()
    echo.answer = {"response_action": "clear"}
    await ana.submit()
    assert ana.modal is None
    assert slack.violations == []


async def test_files_go_in_through_a_form_and_out_through_an_upload(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    await ana.command("/form", "", TEAM)
    await slack.until(lambda: ana.modal)
    await ana.fill_in(
        {"Your note": "a", "Kind": "Good", "Proof": [("shot.png", "image/png", b"\x89PNG")]}
    )
    await ana.submit()
    proof = next(iter(echo.heard[-1]["view"]["state"]["values"]["proof"].values()))
    url = proof["files"][0]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        async with session.get(url, headers=headers) as answer:
            assert await answer.read() == b"\x89PNG"
        async with session.get(url) as answer:
            assert answer.content_type == "text/html"

    await echo.client.files_upload_v2(
        channel=TEAM, filename="r.txt", content="report", initial_comment="Here"
    )
    posted = slack.channel(TEAM).messages[-1]
    assert seen(posted).lines == ("Here",)
    assert seen(posted).files == ("r.txt",)
    assert posted.files[0].data == b"report"
    assert slack.violations == []


async def test_a_trigger_expires_and_works_once(slack: FakeSlack, ana: Person, echo: Echo) -> None:
    await ana.command("/form", "", TEAM)
    await slack.until(lambda: ana.modal)
    used = echo.heard[-1]["trigger_id"]
    again = echo.client.views_open(trigger_id=used, view=note_form())
    assert await refused(again) == "exchanged_trigger_id"
    slack.faults.error("views.open", "internal_error")
    slack.trigger_seconds = -1
    # The program fails so soon after its ack that the SDK never sends it.
    slack.patience = 0.1
    await ana.command("/form", "", TEAM)
    late = echo.client.views_open(trigger_id=echo.heard[-1]["trigger_id"], view=note_form())
    assert await refused(late) == "expired_trigger_id"


async def test_the_program_comes_back_after_a_disconnect_and_after_an_abort(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    await slack.disconnect("refresh_requested")
    assert slack.connected == 0
    assert not (await ana.command("/echo", "lost", TEAM)).delivered
    await slack.until(lambda: slack.connected == 1)
    assert (await ana.command("/echo", "here", TEAM)).acked
    slack.faults.error("apps.connections.open", "internal_error")
    slack.abort_sockets()
    await slack.until(lambda: not slack.connected)
    await slack.until(lambda: slack.connected)
    assert (await ana.command("/echo", "there", TEAM)).acked
    assert slack.injected == {
        "disconnect refresh_requested": 1,
        "socket abort": 1,
        "apps.connections.open internal_error": 1,
    }


async def test_an_event_comes_again_and_two_come_in_the_other_order(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    act = await ana.mention(TEAM, "help")
    again = await slack.redeliver(act)
    assert act.acked
    assert again.acked
    assert echo.heard[0] == echo.heard[1]
    assert echo.heard[0]["event"]["text"] == "<@UBOT> help"
    echo.heard.clear()
    slack.swap_next_envelopes()
    await asyncio.gather(ana.command("/echo", "1", TEAM), ana.command("/echo", "2", TEAM))
    await slack.until(lambda: len(ana.ephemerals) == 2)
    assert [heard["text"] for heard in echo.heard] == ["2", "1"]


async def test_a_home_opens_and_the_bot_joins_a_channel(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    assert (await ana.open_home()).acked
    home = {"type": "home", "blocks": [section("*Home*")]}
    await echo.client.views_publish(user_id="UANA", view=home)
    assert ana.home is not None
    assert seen(ana.home).text == "Home"
    slack.add_channel("C2", "other", [ana], bot=False)
    assert await refused(echo.client.chat_postMessage(channel="C2", text="x")) == "not_in_channel"
    await ana.invite_bot("C2")
    await echo.client.chat_postMessage(channel="C2", text="x")
    assert [heard["event"]["type"] for heard in echo.heard] == [
        "app_home_opened",
        "member_joined_channel",
    ]


async def test_the_same_acts_come_by_signed_http(slack: FakeSlack, ana: Person) -> None:
    echo = Echo(slack)

    async def receive(request: web.Request) -> web.Response:
        answer = await echo.app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    app = web.Application()
    app.router.add_post("/slack", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
    slack.use_http(url, "secret")
    assert (await ana.command("/echo", "x", TEAM)).acked
    await slack.until(lambda: ana.ephemerals)
    assert (await ana.press(ana.ephemerals[-1], "Again & again")).acked
    assert (await ana.mention(TEAM, "hello")).acked
    slack.use_http(url, "another secret")
    assert not (await ana.command("/echo", "x", TEAM)).acked
    await runner.cleanup()


async def test_a_submission_that_is_not_acked_leaves_the_modal_in_trouble(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    await ana.command("/form", "", TEAM)
    await slack.until(lambda: ana.modal)
    await ana.fill_in({"Your note": "a", "Kind": "Good"})
    slack.patience = 0.05
    echo.deaf = True
    act = await ana.submit()
    assert not act.acked
    assert open_modal(ana).trouble
    echo.deaf = False
    slack.patience = 3
    assert (await ana.submit()).acked
    assert ana.modal is None
