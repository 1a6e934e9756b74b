"""The same work in either chat: a button is pressed, a form of several steps is filled in."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from PIL import ExifTags, Image

from adapters.slack.listener import WAIT
from bot.core.store import Collection
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.reports.collections import REPORTS
from bot.features.watchlist.collections import HISTORIES
from tests.files import File
from tests.journeys.ageing import Moved, days_pass
from tests.journeys.lives import ROOT
from tests.journeys.office import ALERTS, SLACK_ALERTS, Office, discord_text, slack_text
from tests.platforms.discord.seen import seen as seen_in_discord
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.state import Message as SlackMessage

Answers = Mapping[str, str | Sequence[File]]
"""By the labels that people read."""
MOVED: tuple[Collection[Any], ...] = (CASES, ENTRIES, HISTORIES, REPORTS)
"""What grows older when days pass. The custody log does not: its entries are chained."""


class Hands(Protocol):
    """What a person does in a chat, in the words that she reads there."""

    name: str

    async def command(self, name: str, word: str = "") -> None:
        """Type a command with one word behind it."""
        ...

    async def press(self, words: str, button: str) -> None:
        """Press a button of the newest message that has the words and the button."""
        ...

    async def refused(self, words: str, button: str) -> str:
        """Press it, and return what she alone is told."""
        ...

    async def answer(self, *steps: Answers) -> None:
        """Fill in the form that opens, and those that follow it."""
        ...


class InSlack:
    """Ana's hands."""

    name = "Ana"

    def __init__(self, office: Office) -> None:
        self._office = office
        self._ana = office.ana

    async def command(self, name: str, word: str = "") -> None:
        await self._closes()
        assert (await self._ana.command(f"/{name}", word, SLACK_ALERTS)).acked

    async def press(self, words: str, button: str) -> None:
        await self._closes()
        message = await self._office.in_slack(lambda: self._offering(words, button))
        assert message is not None
        assert (await self._ana.press(message, button)).acked

    async def refused(self, words: str, button: str) -> str:
        before = len(self._ana.ephemerals)
        await self.press(words, button)
        await self._office.in_slack(lambda: len(self._ana.ephemerals) > before)
        return slack_text(self._ana.ephemerals[-1])

    async def _closes(self) -> None:
        """Close what a form says that took long, as nothing else can be pressed before."""
        if self._ana.said:
            await self._ana.close_modal()

    async def answer(self, *steps: Answers) -> None:
        for step in steps:
            await self._office.in_slack(lambda: self._asked() >= {*step})  # noqa: B023
            await self._ana.fill_in(step)
            assert (await self._ana.submit()).acked
            assert self._ana.modal is None or not self._ana.modal.errors
        await self._office.in_slack(lambda: not self._waits())

    def _waits(self) -> bool:
        return self._ana.modal is not None and WAIT in seen_in_slack(self._ana.modal).text

    def _asked(self) -> set[str]:
        """Return what the form asks for that is open now."""
        return {*seen_in_slack(self._ana.modal).inputs} if self._ana.modal else set()

    def _offering(self, words: str, button: str) -> SlackMessage | None:
        shown = [*self._office.slack_alerts(), *self._office.slack_thread()]
        for message in reversed(shown):
            if words in slack_text(message) and button in seen_in_slack(message).buttons:
                return message
        return None


class InDiscord:
    """Ben's hands."""

    name = "Ben"

    def __init__(self, office: Office) -> None:
        self._office = office
        self._ben = office.ben

    async def command(self, name: str, word: str = "") -> None:
        options = {"do": word} if word else None
        assert (await self._ben.command(name, options, ALERTS)).answered

    async def press(self, words: str, button: str) -> None:
        message = await self._office.in_discord(lambda: self._offering(words, button))
        assert message is not None
        assert (await self._ben.press(message, button)).answered

    async def refused(self, words: str, button: str) -> str:
        before = len(self._ben.ephemerals)
        await self.press(words, button)
        await self._office.in_discord(lambda: len(self._ben.ephemerals) > before)
        return discord_text(self._ben.ephemerals[-1])

    async def answer(self, *steps: Answers) -> None:
        for step in steps:
            await self._office.in_discord(lambda: self._ben.modal or self._goes_on())
            if self._ben.modal is None:
                assert (await self._ben.press(self._ben.ephemerals[-1], "Continue")).answered
            await self._ben.fill_in(step)
            assert (await self._ben.submit()).answered

    def _goes_on(self) -> bool:
        """Tell whether the form's next step waits behind a button."""
        told = self._ben.ephemerals
        return bool(told) and "Continue" in seen_in_discord(told[-1]).buttons

    def _offering(self, words: str, button: str) -> DiscordMessage | None:
        shown = [*self._office.discord_alerts(), *self._office.discord_thread()]
        for message in reversed(shown):
            if words in discord_text(message) and button in seen_in_discord(message).buttons:
                return message
        return None


async def files_in_both(office: Office, *endings: str) -> list[bytes]:
    """Wait until files with these endings of their names are in both threads, the same in both."""
    found = []
    for ending in endings:
        slack = await office.in_slack(lambda: _ending(_in_slack(office), ending))  # noqa: B023
        discord = await office.in_discord(lambda: _ending(_in_discord(office), ending))  # noqa: B023
        assert slack is not None
        assert slack == discord
        found.append(slack)
    return found


def _ending(files: Mapping[str, bytes], ending: str) -> bytes | None:
    return next((content for name, content in files.items() if name.endswith(ending)), None)


def _in_slack(office: Office) -> dict[str, bytes]:
    shared = [file for message in office.slack_thread() for file in message.files]
    return {file.name: file.data for file in shared if file.data is not None}


def _in_discord(office: Office) -> dict[str, bytes]:
    shared = [file for message in office.discord_thread() for file in message.attachments]
    return {file.name: file.content for file in shared}


async def verify(path: Path, seal: str) -> tuple[int | None, str]:
    """Return the exit code of ``python -m bot verify``, and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "verify", str(path), "--seal", seal),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def time_passes(office: Office, length: timedelta, seconds: float) -> None:
    """Stop the program, let so much time pass and the world go on, and start it again."""
    moved = [Moved(collection, length) for collection in MOVED]
    await days_pass(office, *moved, seconds=seconds)


def photo() -> bytes:
    """Return a photo that tells where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)
    return picture("JPEG", exif=exif)


def picture(kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((640, 480), 80).save(written, kind, **options)
    return written.getvalue()


def tells_where(photo: bytes) -> bool:
    with Image.open(io.BytesIO(photo)) as shown:
        return bool(shown.getexif().get_ifd(ExifTags.IFD.GPSInfo))
