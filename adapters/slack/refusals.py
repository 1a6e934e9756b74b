"""What Slack's words for a refusal mean, as data: for the message, its thread, channel and chat.

A new word is a new line here. One that is not listed counts as ``Refusal.UNLISTED``.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.errors import Refusal


class Act(enum.Enum):
    """What was asked of Slack; the same word may mean different things."""

    POST = "post"
    EDIT = "edit"
    FILE = "file"
    READ = "read"
    LISTEN = "listen"


class Meaning(NamedTuple):
    """What a refusal means: its class, what happened, and what a person can do about it."""

    refusal: Refusal
    cause: str
    remedy: str = ""


MOVE = "type /brand settings channel here in another channel"
INVITE = f"Type /invite @Brandwarden there, or {MOVE}."
SETTINGS = f"Let Brandwarden post there in the channel's settings, or {MOVE}."
SITE = "api.slack.com/apps"
RESTART = "copy the new token into BRANDWARDEN_SLACK_BOT_TOKEN, and restart Brandwarden"
REINSTALL = f"Reinstall the app ({SITE} > Install App), {RESTART}."
UPDATE = (
    "Paste what '.venv/bin/python -m bot slack-manifest' prints at "
    f"{SITE} > App Manifest, then reinstall the app."
)
COPY = f"Copy the app's tokens from {SITE} again, then restart Brandwarden."
ADMIN = "Ask an admin of your workspace to allow the app."
SOCKET = f"Turn Socket Mode on ({SITE} > your app > Socket Mode)."
LACKS = "The app is missing a permission."
BUSY = "Slack is limiting our requests."
FAILED = "Slack had an error."
FORM = "Slack rejected the message's format."
NO_EDIT = "Slack no longer allows edits to this message."
NO_THREAD = "Slack does not accept replies there."
UNABLE = "Slack is not available."
SHARED = "Slack does not share this kind of file with the other company in this channel."

_GONE = ("message_not_found", "thread_not_found")
_FORMS = (
    *("invalid_blocks", "invalid_blocks_format", "invalid_attachments", "invalid_arguments"),
    *("msg_too_long", "msg_blocks_too_long", "too_many_attachments", "no_text"),
    *("attachment_payload_limit_exceeded", "markdown_text_conflict", "invalid_arg_name"),
    *("invalid_array_arg", "invalid_form_data", "invalid_charset", "invalid_post_type"),
    *("invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large"),
)
_THREADS = (
    *("cannot_reply_to_message", "restricted_action_thread_locked"),
    "restricted_action_non_threadable_channel",
)
_READ_ONLY = (
    *("restricted_action", "restricted_action_read_only_channel", "posting_to_channel_denied"),
    "posting_to_general_channel_denied",
)
_CONNECTED = (
    *("slack_connect_file_upload_sharing_blocked", "slack_connect_blocked_file_type"),
    "slack_connect_file_link_sharing_blocked",
)


def _all(words: Iterable[str], meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(words, meaning)


ANY: Mapping[str, Meaning] = {
    **_all(_GONE, Meaning(Refusal.GONE, "The message was deleted.")),
    **_all(_FORMS, Meaning(Refusal.FORM, FORM)),
    **_all(_THREADS, Meaning(Refusal.THREAD, NO_THREAD)),
    **_all(
        _READ_ONLY, Meaning(Refusal.ROOM, "Only some people may post in the channel.", SETTINGS)
    ),
    **_all(("ratelimited", "rate_limited"), Meaning(Refusal.LATER, BUSY)),
    **_all(("internal_error", "fatal_error", "request_timeout"), Meaning(Refusal.LATER, FAILED)),
    **_all(("service_unavailable", "accesslimited"), Meaning(Refusal.CHAT, UNABLE)),
    "message_limit_exceeded": Meaning(Refusal.LATER, "The workspace is sending too many messages."),
    "external_channel_migrating": Meaning(Refusal.LATER, "Slack is moving the channel."),
    "not_in_channel": Meaning(Refusal.ROOM, "I am not in the channel.", INVITE),
    "channel_not_found": Meaning(Refusal.ROOM, "I cannot see the channel.", INVITE),
    "is_archived": Meaning(Refusal.ROOM, "The channel is archived.", f"Unarchive it, or {MOVE}."),
    "restricted_action_thread_only_channel": Meaning(
        Refusal.ROOM, "The channel accepts only replies in threads.", f"For alerts, {MOVE}."
    ),
    "messages_tab_disabled": Meaning(
        Refusal.ROOM, "The app does not accept direct messages.", UPDATE
    ),
    "ekm_access_denied": Meaning(
        *(Refusal.ROOM, "An admin has suspended messages (Enterprise Key Management)."),
        "Ask an admin of your organization to allow them again.",
    ),
    "account_inactive": Meaning(Refusal.CHAT, "The app was removed or turned off.", REINSTALL),
    "token_revoked": Meaning(Refusal.CHAT, "The token was revoked.", REINSTALL),
    "token_expired": Meaning(
        *(Refusal.CHAT, "The token has expired."),
        f"Turn token rotation off ({SITE} > OAuth & Permissions), reinstall the app, {RESTART}.",
    ),
    "invalid_auth": Meaning(Refusal.CHAT, "Slack rejected the token.", COPY),
    "not_authed": Meaning(Refusal.CHAT, "Slack did not receive a token.", COPY),
    "not_allowed_token_type": Meaning(Refusal.CHAT, "This is the wrong kind of token.", COPY),
    "missing_scope": Meaning(Refusal.CHAT, LACKS, UPDATE),
    "no_permission": Meaning(Refusal.CHAT, LACKS, UPDATE),
    "access_denied": Meaning(Refusal.CHAT, "The workspace does not allow the app.", ADMIN),
    "app_not_allowed": Meaning(Refusal.CHAT, "The workspace does not allow the app.", ADMIN),
    "enterprise_is_restricted": Meaning(Refusal.CHAT, "The organization restricts the app.", ADMIN),
    "team_access_not_granted": Meaning(
        *(Refusal.CHAT, "The app is not allowed in this workspace."),
        "Ask an admin of your organization to add the app to the workspace.",
    ),
    "org_login_required": Meaning(
        Refusal.CHAT, "The workspace has moved into an organization.", REINSTALL
    ),
    "team_added_to_org": Meaning(
        *(Refusal.CHAT, "The workspace is moving into an organization."),
        f"Wait until the move is complete. If it still fails: {REINSTALL}",
    ),
    "two_factor_setup_required": Meaning(
        *(Refusal.CHAT, "The workspace requires two-factor authentication."),
        "Ask an admin of your workspace to exempt the app.",
    ),
}
"""What a word means, whatever was asked."""

EDITS: Mapping[str, Meaning] = {
    **_all(
        ("cant_update_message", "edit_window_closed", "is_inactive", "block_mismatch"),
        Meaning(Refusal.EDIT, NO_EDIT),
    ),
    "cant_broadcast_message": Meaning(Refusal.EDIT, NO_EDIT),
    "update_failed": Meaning(Refusal.LATER, FAILED),
}
"""Of chat.update."""

FILES: Mapping[str, Meaning] = {
    **_all(
        ("file_uploads_disabled", "file_uploads_except_images_disabled"),
        Meaning(
            *(Refusal.FILE, "The workspace does not accept this kind of file."),
            "Ask an admin of your workspace to allow file uploads.",
        ),
    ),
    **_all(
        ("storage_limit_reached", "over_file_storage_limit"),
        Meaning(
            *(Refusal.FILE, "The workspace has no storage left for files."),
            "Delete files in Slack, or upgrade its plan.",
        ),
    ),
    **_all(_CONNECTED, Meaning(Refusal.FILE, SHARED)),
    **_all(
        ("blocked_file_type", "malware_detected", "file_upload_size_restricted"),
        Meaning(Refusal.FILE, "The workspace does not accept this file."),
    ),
    **_all(
        ("alt_txt_too_large", "snippet_too_large", "unknown_snippet_type", "invalid_arguments"),
        Meaning(Refusal.FILE, "Slack does not accept this file."),
    ),
    **_all(("missing_scope", "no_permission"), Meaning(Refusal.FILE, LACKS, UPDATE)),
    "invalid_channel": ANY["channel_not_found"],
    "file_not_found": Meaning(Refusal.LATER, "Slack lost the file."),
    "file_update_failed": Meaning(Refusal.LATER, "Slack lost the file."),
}
"""Of the three steps in which a file is shared; its message stands there already."""

READING: Mapping[str, Meaning] = {
    # To post works all the same, and must not wait for it.
    **_all(("missing_scope", "no_permission"), Meaning(Refusal.UNLISTED, LACKS, UPDATE)),
}
"""Of reading a channel's or a thread's messages."""

LISTENING: Mapping[str, Meaning] = {
    "link_disabled": Meaning(Refusal.CHAT, "Socket Mode is off for the app.", SOCKET),
    "socket_mode_disabled": Meaning(Refusal.CHAT, "Socket Mode is off for the app.", SOCKET),
    "forbidden_team": Meaning(Refusal.CHAT, "The workspace does not let the app connect.", ADMIN),
    "missing_scope": Meaning(
        *(Refusal.CHAT, "The app-level token is missing connections:write."),
        f"Create one with connections:write ({SITE} > Basic Information > App-Level Tokens).",
    ),
    "too_many_websockets": Meaning(
        Refusal.LATER, "The app has too many connections.", "Stop other copies of Brandwarden."
    ),
}
"""Of the way in: auth.test and apps.connections.open."""

_OF: Mapping[Act, Mapping[str, Meaning]] = {
    Act.POST: {},
    Act.EDIT: EDITS,
    Act.FILE: FILES,
    Act.READ: READING,
    Act.LISTEN: LISTENING,
}


def meaning(act: Act, word: str) -> Meaning | None:
    """Return what Slack's word means for what was asked; None if nobody wrote it down."""
    return _OF[act].get(word) or ANY.get(word)
