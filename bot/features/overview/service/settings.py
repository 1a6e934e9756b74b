"""Changing the team's settings."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.core.clock_watch import confirmed_time
from bot.core.collections import TEAMS
from bot.core.context import AppContext
from bot.core.interface import speak
from bot.core.mentions import ME, ONCALL, Mention
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.team import Team
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image
from bot.features.cases.service.calling import colleagues
from bot.features.overview.rules.settings import CHANGES
from bot.features.overview.views.settings import ANNOUNCED, setting_act


async def change_setting(
    app: AppContext, tx: Transaction, who: Person, name: str, value: str
) -> Team:
    """Change the setting of that name, one of ``CHANGES``, to what is written, and announce it.

    To keep evidence for less time takes effect after ``ANNOUNCED``.

    Raises:
        UserError: what is written cannot be read.
    """
    now, before = app.clock(), await app.team(tx)
    team = CHANGES[name](before, value)
    if name == "keep":
        # A clock that is behind must not make it sooner.
        soonest = max(now, await confirmed_time(tx)) + ANNOUNCED
        team = before.keeping(team.keep_days, now, soonest)
    return await _change(app, tx, who, name, team)


async def change_settings(
    app: AppContext, tx: Transaction, who: Person, changes: Mapping[str, str]
) -> int:
    """Change several settings, by name, and announce each: each can be undone alone.

    Returns how many were to be changed.

    Raises:
        UserError: one of them cannot be read; nothing is changed then.
    """
    for name, value in changes.items():
        await change_setting(app, tx, who, name, value)
    return len(changes)


async def set_oncall(app: AppContext, tx: Transaction, who: Person, named: Mention) -> Team:
    """Put a person on call in the chat that knows them, and announce it."""
    before = await app.team(tx)
    others = tuple(each for each in before.oncall if each.chat != named.chat)
    team = msgspec.structs.replace(before, oncall=(*others, named))
    return await _change(app, tx, who, ONCALL, team)


async def find_oncall(
    app: AppContext, tx: Transaction, who: Person, chat: str, text: str
) -> Mention | None:
    """Return who is meant by a name or an id of the team's, as the chats know them.

    None: nobody, or several.
    """
    wanted = text.strip().removeprefix("@").casefold()
    known = await colleagues(app, tx)
    if wanted == ME:
        return Mention(chat=chat, id=who.id, name=who.name)
    found = [each for each in known if wanted in (each.id.casefold(), each.name.casefold())]
    here = [each for each in found if each.chat == chat] or found
    if len(here) != 1:
        return None
    [one] = here
    return Mention(chat=one.chat, id=one.id, name=one.name)


async def _change(app: AppContext, tx: Transaction, who: Person, name: str, team: Team) -> Team:
    before = await app.team(tx)
    if team != before:
        tx.put(TEAMS, team)
        with speak(team.language):
            act = setting_act(who, name, before, team, Image.of(TEAMS, before, team))
            await announce(app, tx, who, app.clock(), act)
    return team
