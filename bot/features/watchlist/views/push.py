"""What /health says of Amazon's notifications."""

from __future__ import annotations

from bot.core.cards import Field
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import counted
from bot.core.when import ago
from bot.features.watchlist.models.push import PushHealth

WHY = 160
LABEL = "Amazon's notifications"
GOES_ON = "Products are checked without them."


def push_fields(push: PushHealth | None, view: ViewContext) -> list[Field]:
    """Say since when none can be read, or when the last one came; nothing where none is read."""
    return [field(LABEL, _told(push, view), wide=True)] if push else []


def _told(push: PushHealth, view: ViewContext) -> str:
    state = push.state
    if push.missing:
        return f"Not read. {one_line(push.missing, WHY)} {GOES_ON}"
    if state.failing_since is not None:
        since = view.clock(state.failing_since)
        return f"Out since {since}: {one_line(state.why, WHY)} {GOES_ON}"
    last = f"Last one {ago(state.heard_at, view.now)}" if state.heard_at else "None yet"
    if not state.unreadable:
        return last
    return f"{last}. Could not read {counted(state.unreadable, 'message')} in all"
