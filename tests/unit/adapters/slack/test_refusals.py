"""What each of Slack's refusals means for a message, its thread, the channel and the whole chat."""

from __future__ import annotations

import msgspec
import pytest

from adapters.slack.calls import LONGEST_PAUSE, PAUSE, seconds_asked
from adapters.slack.refusals import ANY, EDITS, FILES, LISTENING, READING
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.files import Upload
from bot.errors import ChatError, Refusal
from tests.fakes import found
from tests.files import PICTURE
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

POST, EDIT, READ = "chat.postMessage", "chat.update", "conversations.history"
ANNOUNCE, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"

WORDS = {
    Refusal.LATER: {
        POST: "ratelimited rate_limited internal_error fatal_error request_timeout "
        "message_limit_exceeded external_channel_migrating",
        EDIT: "ratelimited update_failed internal_error",
        COMPLETE: "ratelimited internal_error file_not_found file_update_failed",
        READ: "ratelimited internal_error",
    },
    Refusal.UNLISTED: {
        POST: "brand_new",
        EDIT: "brand_new",
        COMPLETE: "brand_new",
        READ: "missing_scope",
    },
    Refusal.GONE: {POST: "thread_not_found", EDIT: "message_not_found"},
    Refusal.FORM: {
        POST: "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text "
        "too_many_attachments attachment_payload_limit_exceeded invalid_attachments "
        "invalid_arguments metadata_too_large",
        EDIT: "invalid_blocks msg_too_long msg_blocks_too_long invalid_attachments",
    },
    Refusal.FILE: {
        ANNOUNCE: "file_uploads_disabled storage_limit_reached file_upload_size_restricted "
        "alt_txt_too_large missing_scope invalid_arguments",
        COMPLETE: "file_uploads_disabled file_uploads_except_images_disabled blocked_file_type "
        "malware_detected slack_connect_file_upload_sharing_blocked storage_limit_reached",
    },
    Refusal.EDIT: {EDIT: "cant_update_message edit_window_closed is_inactive block_mismatch"},
    Refusal.THREAD: {
        POST: "cannot_reply_to_message restricted_action_thread_locked "
        "restricted_action_non_threadable_channel"
    },
    Refusal.ROOM: {
        POST: "not_in_channel channel_not_found is_archived restricted_action ekm_access_denied "
        "restricted_action_read_only_channel restricted_action_thread_only_channel",
        EDIT: "not_in_channel channel_not_found",
        COMPLETE: "not_in_channel is_archived invalid_channel posting_to_channel_denied",
        READ: "not_in_channel channel_not_found",
    },
    Refusal.CHAT: {
        POST: "invalid_auth not_authed account_inactive token_revoked token_expired missing_scope "
        "no_permission access_denied not_allowed_token_type org_login_required team_added_to_org "
        "enterprise_is_restricted team_access_not_granted two_factor_setup_required "
        "service_unavailable accesslimited",
        EDIT: "invalid_auth token_revoked",
        ANNOUNCE: "invalid_auth token_revoked",
        READ: "invalid_auth token_revoked account_inactive",
    },
}
"""By what it means and what was asked, Slack's words."""
CASES = [
    (refusal, method, word)
    for refusal, methods in WORDS.items()
    for method, words in methods.items()
    for word in words.split()
]
BY_TIME = {
    *("internal_error", "fatal_error", "request_timeout", "service_unavailable", "accesslimited"),
    "external_channel_migrating",
}
"""What passes by itself, though it concerns the chat or the channel as a whole."""


async def with_file(at_work: SlackTeam, key: str) -> Outgoing:
    content = await at_work.team.app.evidence.keep(PICTURE[2], {"at": "now"})
    file = Upload(PICTURE[0], PICTURE[1], len(PICTURE[2]), content)
    return Outgoing(key=key, channel=ALERTS, card=Card(title=key), files=(file,))


async def asked(at_work: SlackTeam, method: str, key: str) -> None:
    """Do what calls the method."""
    chat = at_work.slack.chat
    message = Outgoing(key=key, channel=ALERTS, card=Card(title=key))
    if method == POST:
        await chat.post(message)
    elif method == EDIT:
        head = at_work.channel.history[0]
        await chat.edit(MessageRef(ALERTS, head.ts), Card(title=key))
    elif method == READ:
        await chat.find([message])
    else:
        await chat.post(await with_file(at_work, key))


async def test_every_word_has_its_class_and_the_next_message_goes(at_work: SlackTeam) -> None:
    chat = at_work.slack.chat
    await chat.post(Outgoing(key="head", channel=ALERTS, card=Card(title="head")))
    for number, (refusal, method, word) in enumerate(CASES):
        at_work.fake.faults.error(method, word)
        with pytest.raises(ChatError) as caught:
            await asked(at_work, method, f"C-{number}")
        assert (caught.value.refusal, method, word) == (refusal, method, word)
        assert refusal is Refusal.GONE or word in str(caught.value)
        await chat.post(Outgoing(key=f"next-{number}", channel=ALERTS, card=Card(title="next")))
        assert at_work.channel.history[-1].metadata is not None
    assert len({word for _, _, word in CASES}) > 50
    assert at_work.fake.faults.waiting == []


def test_whatever_a_person_can_mend_says_how() -> None:
    for table in (ANY, EDITS, FILES, READING, LISTENING):
        for word, (refusal, cause, remedy) in table.items():
            assert cause.endswith("."), word
            assert not remedy or remedy.endswith("."), word
            if refusal in (Refusal.CHAT, Refusal.ROOM) and word not in BY_TIME:
                assert remedy, word


@pytest.mark.parametrize(
    ("status", "text", "kind", "headers", "refusal", "pause"),
    [
        (429, "<h1>1015</h1>", "text/html", {"Retry-After": "600"}, Refusal.CHAT, 600),
        (429, "slow down", "text/plain", {"Retry-After": "12.5"}, Refusal.CHAT, 12.5),
        (429, "{}", "application/json", {"Retry-After": "7"}, Refusal.CHAT, 7),
        (429, "{", "application/json", {"retry-after": "7"}, Refusal.CHAT, 7),
        (429, '{"ok":false,"error":"ratelimited"}', "application/json", {}, Refusal.LATER, PAUSE),
        (429, "", "text/html", {}, Refusal.CHAT, PAUSE),
        (429, "", "text/html", {"Retry-After": "99999999999"}, Refusal.CHAT, LONGEST_PAUSE),
        (429, "", "text/html", {"Retry-After": "-5"}, Refusal.CHAT, PAUSE),
        (429, "", "text/html", {"Retry-After": "nan"}, Refusal.CHAT, PAUSE),
        (429, "", "text/html", {"Retry-After": "soon"}, Refusal.CHAT, PAUSE),
        (503, "down", "text/html", {"Retry-After": "120"}, Refusal.CHAT, 120),
        (500, "down", "text/html", {}, Refusal.CHAT, None),
        (500, '{"ok":false,"error":"fatal_error"}', "application/json", {}, Refusal.CHAT, None),
        (502, "{", "application/json", {}, Refusal.CHAT, None),
        (403, "<h1>Forbidden</h1>", "text/html", {}, Refusal.CHAT, None),
        (401, "{}", "application/json", {}, Refusal.CHAT, None),
        (200, "<h1>Sign in</h1>", "text/html", {}, Refusal.CHAT, None),
        (200, "hello", "text/plain", {}, Refusal.LATER, None),
        (200, "[1]", "application/json", {}, Refusal.LATER, None),
        (200, '{"ok":true}', "application/json", {}, Refusal.LATER, None),
    ],
)
async def test_what_is_no_answer_of_slacks_stops_the_chat_for_as_long_as_it_says(
    at_work: SlackTeam,
    status: int,
    text: str,
    kind: str,
    headers: dict[str, str],
    refusal: Refusal,
    pause: float | None,
) -> None:
    at_work.fake.faults.answer(POST, status, text, kind, headers)
    with pytest.raises(ChatError) as caught:
        await asked(at_work, POST, "C-1")
    assert (caught.value.refusal, caught.value.retry_after) == (refusal, pause)


def test_a_pause_may_be_given_as_a_date_by_slacks_clock() -> None:
    headers = {
        "Retry-After": "Sun, 29 Nov 2026 03:10:00 GMT",
        "Date": "Sun, 29 Nov 2026 03:08:30 GMT",
    }
    assert seconds_asked(headers) == 90
    assert seconds_asked({"Retry-After": headers["Date"]}) in (None, LONGEST_PAUSE)


async def test_who_cannot_be_reached_stops_the_chat(at_work: SlackTeam) -> None:
    at_work.fake.faults.abort_before(POST)
    with pytest.raises(ChatError) as caught:
        await asked(at_work, POST, "C-1")
    assert caught.value.refusal is Refusal.CHAT


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(413, Refusal.FILE), (403, Refusal.FILE), (429, Refusal.LATER), (503, Refusal.LATER)],
)
async def test_the_server_of_files_is_not_the_chat(
    at_work: SlackTeam, status: int, refusal: Refusal
) -> None:
    at_work.fake.faults.status("upload", status)
    with pytest.raises(ChatError) as caught:
        await asked(at_work, COMPLETE, "C-1")
    assert caught.value.refusal is refusal
    assert (caught.value.retry_after is not None) == (status == 429)


async def test_text_whose_file_is_refused_is_recognised_without_it(at_work: SlackTeam) -> None:
    wanted = await with_file(at_work, "C-1")
    at_work.fake.faults.error(ANNOUNCE, "file_uploads_disabled", times=2)
    for ask in (at_work.slack.chat.post(wanted), found(at_work.slack.chat, wanted)):
        with pytest.raises(ChatError) as caught:
            await ask
        assert caught.value.refusal is Refusal.FILE
        assert "Ask an admin" in caught.value.remedy
    without = msgspec.structs.replace(wanted, files=())
    posted = at_work.channel.history[-1]
    assert await found(at_work.slack.chat, without) == MessageRef(ALERTS, posted.ts)
    assert len(at_work.channel.history) == 1
