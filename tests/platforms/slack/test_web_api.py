"""The fake's Web API, driven by the real SDK: messages, limits, tokens, faults."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.platforms.slack.echo_app import TEAM, Echo, button, note_form, refused, section
from tests.platforms.slack.people import Person
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack


async def test_a_post_whose_answer_is_lost_is_found_by_its_metadata(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    echo.client.retry_handlers.clear()
    slack.faults.abort_after("chat.postMessage")
    key = {"event_type": "alert", "event_payload": {"key": "k1"}}
    with pytest.raises(aiohttp.ClientError):
        await echo.client.chat_postMessage(channel=TEAM, text="x", metadata=key)
    bare = await echo.client.conversations_history(channel=TEAM)
    assert "metadata" not in bare["messages"][0]
    full = await echo.client.conversations_history(channel=TEAM, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == key
    slack.faults.abort_before("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await echo.client.chat_postMessage(channel=TEAM, text="y")
    assert len(slack.channel(TEAM).messages) == 1
    assert slack.injected["chat.postMessage abort after"] == 1


async def test_threads_edits_and_pages_of_history(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    first = await ana.post(TEAM, "begin <!here>")
    for number in range(3):
        await echo.client.chat_postMessage(channel=TEAM, text=str(number), thread_ts=first.ts)
    assert [m.text for m in slack.channel(TEAM).thread(first.ts)] == ["0", "1", "2"]
    assert slack.channel(TEAM).messages == [first]
    page = await echo.client.conversations_replies(channel=TEAM, ts=first.ts, limit=2)
    assert [m["text"] for m in page["messages"]] == ["begin &lt;!here&gt;", "0"]
    reply = slack.channel(TEAM).thread(first.ts)[0]
    await echo.client.chat_update(channel=TEAM, ts=reply.ts, text="changed")
    assert reply.edited
    other = echo.client.chat_update(channel=TEAM, ts=first.ts, text="mine")
    assert await refused(other) == "cant_update_message"
    await echo.client.chat_delete(channel=TEAM, ts=reply.ts)
    assert len(slack.channel(TEAM).thread(first.ts)) == 2


async def test_too_many_posts_are_refused_with_a_time_to_wait(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    slack.enforced_gap = 1.0
    await echo.client.chat_postMessage(channel=TEAM, text="x")
    with pytest.raises(SlackApiError) as caught:
        await echo.client.chat_postMessage(channel=TEAM, text="y")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert len(slack.too_fast()) == 1
    assert len(slack.channel(TEAM).messages) == 1


BROKEN = [
    [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
    [section("x" * 3001)],
    [section("x")] * 51,
    [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}],
    [{"type": "actions", "elements": [button("a", "same"), button("b", "same")]}],
    [{"type": "actions", "elements": [button("a" * 76, "a")]}],
    [{"type": "actions", "elements": [button("a", "a", url="nowhere")]}],
    [{"type": "nonsense"}],
    [{"type": "section", "text": {"type": "mrkdwn"}}],
    [section("x") | {"colour": "red"}],
    [section("")],
    [{"type": "image", "image_url": "https://x.test/a.png"}],
    [section("x") | {"block_id": "b"}, section("y") | {"block_id": "b"}],
]


@pytest.mark.parametrize("blocks", BROKEN)
async def test_what_slack_refuses_is_refused_and_noted(
    slack: FakeSlack, ana: Person, echo: Echo, blocks: list[dict[str, object]]
) -> None:
    call = echo.client.chat_postMessage(channel=TEAM, text="x", blocks=blocks)
    assert await refused(call) == "invalid_blocks"
    assert slack.violations
    slack.violations.clear()
    inside = [{"color": "#ff0000", "blocks": blocks, "fallback": "x"}]
    call = echo.client.chat_postMessage(channel=TEAM, text="x", attachments=inside)
    assert await refused(call) == "invalid_blocks"
    assert slack.violations


def without_submit() -> dict[str, object]:
    return {key: value for key, value in note_form().items() if key != "submit"}


def with_element(number: int, **changes: object) -> dict[str, object]:
    view = note_form()
    view["blocks"][number]["element"] |= changes
    return view


@pytest.mark.parametrize(
    "view",
    [
        without_submit(),
        note_form("x" * 25),
        with_element(0, max_length=3001),
        with_element(
            1, options=[{"text": {"type": "plain_text", "text": "x"}, "value": "v" * 151}]
        ),
        with_element(2, max_files=11),
        note_form() | {"private_metadata": "x" * 3001},
        note_form() | {"unknown": 1},
    ],
)
async def test_a_view_that_slack_refuses_is_refused_and_noted(
    slack: FakeSlack, ana: Person, echo: Echo, view: dict[str, object]
) -> None:
    call = echo.client.views_publish(user_id="UANA", view=view)
    assert await refused(call) == "invalid_arguments"
    assert slack.violations


async def test_mentions_and_labelled_links_are_noted_unless_escaped(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    await echo.client.chat_postMessage(channel=TEAM, text="&lt;!here&gt; a&amp;b <https://x.test>")
    assert slack.mentions == []
    assert seen(slack.channel(TEAM).messages[0]).text == "<!here> a&b https://x.test"
    await echo.client.chat_postMessage(
        channel=TEAM, text="<!channel> <@UANA>", blocks=[section("<https://evil.test|Amazon>")]
    )
    assert slack.mentions == ["<!channel>", "<@UANA>", "<https://evil.test|Amazon>"]
    assert seen(slack.channel(TEAM).messages[1]).links == ("https://evil.test",)


async def test_tokens_scopes_methods_and_arguments_are_checked(
    slack: FakeSlack, ana: Person, echo: Echo
) -> None:
    client = echo.client
    assert await refused(client.auth_test(token="xoxb-other")) == "invalid_auth"
    assert await refused(client.api_call("chat.nothing")) == "unknown_method"
    wrong = client.api_call("chat.getPermalink", params={"channel": TEAM, "ts": "1"})
    assert await refused(wrong) == "invalid_arguments"
    slack.scopes.discard("users:read")
    assert await refused(client.users_info(user="UANA")) == "missing_scope"
    assert len(slack.violations) == 3
    assert slack.calls("users.info") == [{"user": "UANA"}]


async def test_servers_fail_and_answer_slowly(slack: FakeSlack, ana: Person, echo: Echo) -> None:
    echo.client.retry_handlers.clear()
    slack.faults.status("auth.test", 503)
    slack.faults.rate_limit("auth.test", retry_after=7)
    slack.faults.slow("auth.test", 0.05)
    with pytest.raises(SlackApiError) as failed:
        await echo.client.auth_test()
    assert failed.value.response.status_code == 503
    with pytest.raises(SlackApiError) as limited:
        await echo.client.auth_test()
    assert limited.value.response.headers["Retry-After"] == "7"
    assert (await echo.client.auth_test())["team_id"] == slack.team_id
    assert sum(slack.injected.values()) == 3


async def test_a_card_reads_as_a_person_reads_it(slack: FakeSlack, ana: Person, echo: Echo) -> None:
    fields = [{"type": "mrkdwn", "text": "*_Price_*\n5*3*2"}]
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "A & B"}},
        {"type": "section", "fields": fields},
        {"type": "image", "image_url": "https://x.test/a.png", "alt_text": "A"},
        {"type": "actions", "elements": [button("Open", "open", url="https://x.test/b")]},
    ]
    card = {"color": "#c00", "fallback": "A", "blocks": blocks}
    await echo.client.chat_postMessage(channel=TEAM, text="", attachments=[card])
    read = seen(slack.channel(TEAM).messages[0])
    assert read.lines == ("A & B", "Price", "5*3*2")
    assert (read.colour, read.buttons, read.links) == ("#c00", ("Open",), ("https://x.test/b",))
    assert read.images == ("https://x.test/a.png",)
    assert slack.violations == slack.mentions == []
