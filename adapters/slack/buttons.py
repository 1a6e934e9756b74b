"""What people press on a card, as Slack's elements: buttons, links and the menu. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack.block_kit import ADDRESS, Json, plain_text, rich_text
from bot.core.cards import Button, Confirm, Menu, Style
from bot.core.interface import tr
from bot.core.text import plain

LABEL = 75
"""Slack's own limit: characters on a button."""
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_LABEL = 100, 300, 30
"""Slack's own limits: characters of a confirmation's title, of its text, and on its buttons."""
LINK = "link"
"""The action of a button that leads elsewhere: Slack tells of it, and there is nothing to do."""
MENU = "menu"
"""The action of the menu, whose options carry the ids of what they do: no button's is like it."""


def links_line(links: Sequence[Button]) -> list[Json]:
    """Return a line of links in our own words, where text from outside can open none."""
    parts: list[Json] = []
    for link in links:
        if not ADDRESS.fullmatch(link.url):
            continue
        parts += [{"type": "text", "text": " · "}] if parts else []
        parts.append({"type": "link", "url": link.url, "text": plain(link.label)})
    return [rich_text(parts)] if parts else []


def actions(buttons: Sequence[Button], menu: Menu | None = None) -> list[Json]:
    """Return a row of buttons, with a menu behind them; nothing where there are none."""
    shown = [_button(button, index) for index, button in enumerate(buttons)]
    shown += [_overflow(menu)] if menu else []
    return [{"type": "actions", "elements": shown}] if shown else []


def _button(button: Button, index: int) -> Json:
    shown = {"type": "button", "text": plain_text(button.label, LABEL), "action_id": button.id}
    if button.url:
        return {**shown, "action_id": f"{LINK}:{index}", "url": button.url}
    if button.confirm is not None:
        shown |= {"confirm": _confirm(button.confirm), "value": button.confirm.mark}
    return shown if button.style is Style.PLAIN else {**shown, "style": button.style.value}


def _confirm(confirm: Confirm) -> Json:
    """Return what Slack asks before it tells of the press; the button's value says that it did."""
    return {
        "title": plain_text(confirm.title, CONFIRM_TITLE),
        "text": plain_text(confirm.text, CONFIRM_TEXT),
        "confirm": plain_text(confirm.yes, CONFIRM_LABEL),
        "deny": plain_text(tr("Cancel"), CONFIRM_LABEL),
    }


def _overflow(menu: Menu) -> Json:
    """Return the three dots, which have no words of their own to say what the menu is called."""
    options = [{"text": plain_text(each.label, LABEL), "value": each.id} for each in menu.items]
    return {"type": "overflow", "action_id": MENU, "options": options}
