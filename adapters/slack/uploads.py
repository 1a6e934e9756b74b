"""Files that people hand in to Slack, fetched while they can be had."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT
from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, reason
from adapters.slack.origin import is_slacks
from adapters.slack.quotes import EMAIL
from bot.core import forms
from bot.core.files import Upload
from bot.core.intake import Intake
from bot.core.text import one_line
from bot.core.uploads import IngestedFiles, refusal, sort_out
from bot.errors import StoreError, UserError

log = structlog.get_logger(__name__)

WHERE = 40
"""Characters of what Slack calls the kind of a file."""
PAGE = "text/html"
WHOLE = "check_file_info"
"""Says that Slack told only the file's id."""
REASONS: Mapping[str, str] = {
    "external": "It is a link to {where}. Download it there, then attach the file.",
    EMAIL: "It is an email. Export it as a PDF, then attach that.",
    "tombstone": "It was deleted.",
    "hidden_by_limit": "Slack hides it because your plan's limit is reached.",
    **dict.fromkeys(
        ("canvas", "quip", "docs", "list", "space", "post"),
        "It is a Slack {where}. Export it as a PDF, then attach that.",
    ),
    "access_denied": "Slack does not give the app access to it.",
    "file_not_found": "It was deleted.",
}
"""Why there are no bytes, by the file's mode or access."""
LOST = "It did not arrive. Attach it again."
TOO_LARGE = f"It is larger than {forms.FILE_BYTES // 1_000_000} MB."
TOO_MANY = f"Attach at most {forms.FILES} files at once."


@dataclass(frozen=True)
class Uploads:
    """Takes files over from Slack, or from who stands in for it, with the client's token."""

    client: AsyncWebClient
    session: aiohttp.ClientSession

    async def known(self, sent: Sequence[Json], seconds: float) -> list[Json]:
        """Return the files as Slack knows them: of some it tells more only if it is asked."""
        first = await asyncio.gather(*(self._whole(each, seconds) for each in sent[: forms.FILES]))
        return [*first, *sent[forms.FILES :]]

    async def take(self, sent: Sequence[Json], seconds: float, files: Intake) -> IngestedFiles:
        """Take in the files that arrive within so many seconds."""
        sent = await self.known(sent, seconds)
        some = sent[: forms.FILES]
        found = await asyncio.gather(*(self._one(each, seconds, files) for each in some))
        more = [refusal(_name(each), TOO_MANY) for each in sent[forms.FILES :]]
        return sort_out([*found, *more])

    async def _one(self, sent: Json, seconds: float, files: Intake) -> Upload | UserError:
        try:
            async with asyncio.timeout(seconds):
                return await files.take(_name(sent), await self._fetch(sent))
        except UserError as error:
            return error
        except (aiohttp.ClientError, OSError, StoreError) as error:
            log.warning("file not taken over", chat=CHAT, error=type(error).__name__)
            return refusal(_name(sent), LOST)

    async def _whole(self, sent: Json, seconds: float) -> Json:
        if sent.get("file_access") != WHOLE:
            return sent
        try:
            async with asyncio.timeout(seconds):
                told = await self.client.files_info(file=str(sent.get("id") or ""))
        except SlackApiError as error:
            return {**sent, "mode": reason(error), "file_access": ""}
        except TROUBLE:
            return sent
        return {**sent, "file_access": "", **(told.get("file") or {})}

    async def _fetch(self, sent: Json) -> bytes:
        """Return the bytes.

        Raises:
            UserError: it is too large, elsewhere, or what came is Slack's page for strangers.
        """
        if why := _why_not(sent):
            raise refusal(_name(sent), why)
        url = str(sent.get("url_private_download") or sent.get("url_private") or "")
        if not is_slacks(url, self.client.base_url):
            raise refusal(_name(sent), LOST)
        content = bytearray()
        token = {"Authorization": f"Bearer {self.client.token}"}
        async with self.session.get(
            url, headers=token, allow_redirects=False, raise_for_status=True
        ) as answer:
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > forms.FILE_BYTES:
                    raise refusal(_name(sent), TOO_LARGE)
        # Without the permission Slack answers any file with a page on which to log in.
        login = answer.content_type == PAGE and len(content) != sent.get("size")
        if login or answer.status != HTTPStatus.OK:
            raise refusal(_name(sent), LOST)
        return bytes(content)


def _why_not(sent: Json) -> str:
    """Return why a file has no bytes to be taken over; empty if it should have some."""
    kinds = (str(sent.get("file_access") or ""), str(sent.get("mode") or ""))
    why = next((REASONS[kind] for kind in kinds if kind in REASONS), "")
    where = one_line(str(sent.get("pretty_type") or ""), WHERE) or "another service"
    return why.replace("{where}", where)


def _name(sent: Json) -> str:
    return str(sent.get("name") or sent.get("title") or "")
