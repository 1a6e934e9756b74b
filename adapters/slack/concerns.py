"""What of Slack's deliveries is for us: in a busy channel, most is not. Pure."""

from __future__ import annotations

from adapters.slack.render import LINK
from adapters.slack.shapes import Json


def concerns(body: Json, own: str) -> bool:
    """Tell whether it is for us, whose user id is ``own``."""
    match body:
        case {"type": "block_actions", "actions": [{"action_id": str(id)}, *_]}:
            # A link is opened by Slack itself, which tells of it all the same.
            return not id.startswith(f"{LINK}:")
        case {"event": {"type": "message"} as event}:
            return _is_dropped(event, own)
        case {"event": {"type": "app_mention"} as event}:
            return not event.get("bot_id")
        case {"event": {"type": "app_home_opened"} as event}:
            return bool(event.get("tab") == "home")
        case {"event": {"type": "member_joined_channel"} as event}:
            # Slack tells of everybody who joins, and not always who invited us.
            return event.get("user") == own and bool(event.get("inviter"))
    return "event" not in body


def _is_dropped(event: Json, own: str) -> bool:
    """Tell whether somebody put files into a thread that we head, and did not call us.

    Of a message that calls us, Slack tells once more as a mention.
    """
    if event.get("subtype") != "file_share" or not event.get("files"):
        return False
    heads = event.get("thread_ts") and event.get("parent_user_id", own) == own
    ours = event.get("bot_id") or event.get("user") == own
    return bool(heads and not ours) and f"<@{own}" not in str(event.get("text", ""))
