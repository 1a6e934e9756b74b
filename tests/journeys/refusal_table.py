"""What each refusal does to a message, by chat, by what was asked, and by the chat's own code.

Written down by hand from what people must see, not from what the adapters make of it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple


class Asked(enum.StrEnum):
    POST = "post"
    EDIT = "edit"
    FILE = "file"
    THREAD = "thread"


class End(enum.StrEnum):
    """What people see in the end."""

    WAITS = "waits, and arrives when that has passed"
    CHAT_OUT = "waits with all of the chat; the other one is told; arrives when it is over"
    ROOM_OUT = "waits with all of the channel; the other chat is told; arrives when it is mended"
    PLAIN = "arrives at once, as text"
    WITHOUT_FILE = "arrives at once without the file, which it names"
    IN_THREAD = "is shown in the thread of what cannot be edited"
    IN_CHANNEL = "arrives at once in the channel"
    DROPPED = "is dropped: what it changes was deleted"
    GIVEN_UP = "is tried twenty times, then given up; the other chat is told"


class Code(NamedTuple):
    """One refusal."""

    chat: str
    asked: Asked
    status: int
    word: str
    end: End


_SLACK: dict[Asked, dict[End, str]] = {
    Asked.POST: {
        End.WAITS: "ratelimited internal_error fatal_error message_limit_exceeded request_timeout",
        End.CHAT_OUT: "account_inactive token_revoked token_expired invalid_auth not_authed "
        "missing_scope access_denied team_access_not_granted enterprise_is_restricted "
        "org_login_required two_factor_setup_required service_unavailable 500 502 503 403",
        End.ROOM_OUT: "not_in_channel channel_not_found is_archived restricted_action "
        "restricted_action_read_only_channel restricted_action_thread_only_channel "
        "ekm_access_denied",
        End.PLAIN: "invalid_blocks invalid_attachments msg_too_long msg_blocks_too_long "
        "too_many_attachments metadata_too_large",
        End.GIVEN_UP: "as_never_seen_before",
    },
    Asked.EDIT: {
        End.WAITS: "update_failed internal_error",
        End.CHAT_OUT: "token_revoked 502",
        End.PLAIN: "invalid_blocks msg_too_long",
        End.IN_THREAD: "cant_update_message edit_window_closed is_inactive block_mismatch",
        End.DROPPED: "message_not_found",
        End.GIVEN_UP: "as_never_seen_before",
    },
    Asked.FILE: {
        End.WAITS: "file_not_found internal_error",
        End.CHAT_OUT: "token_revoked 503",
        End.WITHOUT_FILE: "file_uploads_disabled storage_limit_reached blocked_file_type "
        "malware_detected slack_connect_file_upload_sharing_blocked missing_scope",
    },
    Asked.THREAD: {
        End.IN_CHANNEL: "cannot_reply_to_message restricted_action_thread_locked "
        "restricted_action_non_threadable_channel thread_not_found message_not_found",
        End.CHAT_OUT: "account_inactive",
    },
}
_DISCORD: dict[Asked, dict[End, str]] = {
    Asked.POST: {
        End.WAITS: "429/20016 429/20028 429/20029 503/40006 429/40062 429/0",
        End.CHAT_OUT: "401/40001 401/0 401/50014 403/40002 400/40004 403/40333 403/0 503/130000 "
        "408/0 500/0 502/0 503/0 504/0 524/0",
        End.ROOM_OUT: "404/10003 404/10004 403/40007 400/40058 403/50001 400/50008 403/50013 "
        "400/50024",
        End.PLAIN: "400/50006 400/50035 400/50109 400/200000 400/240000 413/40005",
        End.GIVEN_UP: "400/0 418/99999",
    },
    Asked.EDIT: {
        End.WAITS: "429/30046 429/20022",
        End.CHAT_OUT: "401/0 502/0",
        End.PLAIN: "400/50035",
        End.IN_THREAD: "403/50001 403/50005 403/50013 400/50021 400/160005 400/160006 403/520003",
        End.DROPPED: "404/10003 404/10004 404/10008",
        End.GIVEN_UP: "400/0",
    },
    Asked.FILE: {
        End.CHAT_OUT: "401/0 502/0",
        End.WITHOUT_FILE: "400/20009 400/30015 413/40005 413/0 400/50045 400/50046 400/50146",
    },
    Asked.THREAD: {
        End.IN_CHANNEL: "400/30033 400/50024 400/160006 400/160007 400/200001 400/99999 403/50001 "
        "403/50013 404/10003 404/10008",
        End.CHAT_OUT: "401/0 503/0",
    },
}


def codes() -> Iterator[Code]:
    """Give every refusal that is tried."""
    for asked, ends in _SLACK.items():
        for end, words in ends.items():
            for word in words.split():
                status = int(word) if word.isdigit() else 0
                yield Code("slack", asked, status, "" if status else word, end)
    for asked, ends in _DISCORD.items():
        for end, pairs in ends.items():
            for pair in pairs.split():
                given, _, word = pair.partition("/")
                yield Code("discord", asked, int(given), word, end)
