"""Whom a setting names, as Slack knows them: a person or a user group, by id or handle."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT
from adapters.slack.block_kit import Json
from adapters.slack.calling import GROUP, PERSON
from adapters.slack.calls import TROUBLE, UNREADABLE
from adapters.slack.people import NAME, People, Workspace
from bot.core.mentions import Mention, MentionKind
from bot.core.text import one_line
from bot.errors import UserError

SILENT = "Slack did not say who that is, so nothing was changed. Try again in a minute."


@dataclass(frozen=True)
class Targets:
    """Looks up who may be called."""

    client: AsyncWebClient
    people: People
    workspace: Workspace

    async def find(self, typed: str) -> Mention | None:
        """Return whom the words name; None if no one in Slack has that id or handle.

        Raises:
            UserError: Slack did not answer.
        """
        word = typed.strip().lstrip("@")
        if PERSON.fullmatch(word):
            return await self._person(word)
        for group in await self._groups():
            if word and word in (group.get("id"), group.get("handle")):
                return _group(group)
        return None

    async def _person(self, id: str) -> Mention | None:
        known = await self.people.who(id)
        if not known.told:
            raise UserError(SILENT)
        if known.bot or not await self.workspace.includes(known.teams):
            return None
        return Mention(chat=CHAT, id=id, name=known.person.name)

    async def _groups(self) -> list[Json]:
        try:
            told = await self.client.usergroups_list()
            found = told.get("usergroups") or []
        except (*TROUBLE, *UNREADABLE) as error:
            raise UserError(SILENT) from error
        return [each for each in found if isinstance(each, dict)]


def _group(found: Json) -> Mention | None:
    id, name = str(found.get("id") or ""), one_line(str(found.get("handle") or ""), NAME)
    if not GROUP.fullmatch(id) or found.get("date_delete"):
        return None
    return Mention(chat=CHAT, id=id, name=f"@{name}", kind=MentionKind.GROUP)
