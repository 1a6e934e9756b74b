"""A form as the browser sends it, turned into answers; files are handed on one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import msgspec
from aiohttp import BodyPartReader, web

from adapters.web.site import Limits
from bot.core.files import Upload
from bot.core.forms import Answers, File
from bot.core.intake import Intake
from bot.core.uploads import refusal
from bot.core.views.lists import counted
from bot.errors import UserError

PARTS: Final = 300
"""Inputs of a form, each option that is chosen and each file counted."""

_CHUNK: Final = 65_536


class Sent(msgspec.Struct):
    """What a form brought: its own fields by name, and the person's answers."""

    fields: dict[str, str] = {}
    texts: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    files: dict[str, tuple[Upload, ...]] = {}
    refused: dict[str, str] = {}
    """Why the form as a whole is not taken: a sentence for each file that is not, and its input."""

    @property
    def answers(self) -> Answers:
        """All answers by the name of their input."""
        return {**self.texts, **self.chosen, **self.files}


Admit = Callable[[Sent, str], File]
"""Gives the input that a file is for, by what came before the file, or raises UserError."""


async def read_form(request: web.Request, files: Intake, limits: Limits, admit: Admit) -> Sent:
    """Read the parts of a form as they come, so that no more than one file is in memory.

    A file comes into ``files`` only if ``admit`` lets it in.

    Raises:
        UserError: it has too many files, or one that is too large.
        web.HTTPException: it is no form, or much larger than any form.
    """
    sent = Sent()
    async with in_time(limits):
        async for part in _parts(request):
            await _take(sent, part, limits, admit, files)
    return sent


@asynccontextmanager
async def in_time(limits: Limits) -> AsyncIterator[None]:
    """Give up on a body that never ends. Raises web.HTTPRequestTimeout."""
    try:
        async with asyncio.timeout(limits.sending):
            yield
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


async def _parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    if request.content_type != "multipart/form-data":
        raise web.HTTPBadRequest
    number = 0
    try:
        async for part in await request.multipart():
            number += 1
            if number > PARTS:
                raise web.HTTPRequestEntityTooLarge(PARTS, number)
            if isinstance(part, BodyPartReader):
                yield part
    except ValueError as error:
        raise web.HTTPBadRequest from error


async def _take(
    sent: Sent, part: BodyPartReader, limits: Limits, admit: Admit, files: Intake
) -> None:
    kind, dot, name = (part.name or "").partition(".")
    if kind == "file":
        before = sent.files.setdefault(name, ())
        if part.filename and _admitted(sent, name, limits, admit):
            sent.files[name] = (*before, *await _uploaded(sent, name, part, limits, files))
        elif part.filename:
            # The rest of the form is read all the same: a browser that is cut off reads no answer.
            await _text(part, limits.file)
        return
    text = await _text(part, limits.text)
    if kind == "one":
        sent.texts[name] = text
    elif kind == "many":
        # An empty one is always sent, because no box that is ticked would send nothing at all.
        sent.chosen[name] = (*sent.chosen.get(name, ()), *((text,) if text else ()))
    elif not dot:
        sent.fields[kind] = text


def _admitted(sent: Sent, name: str, limits: Limits, admit: Admit) -> bool:
    if sum(map(len, sent.files.values())) >= limits.files:
        message = f"Attach at most {limits.files} files at once."
        raise UserError(message)
    try:
        asked = admit(sent, name)
        if len(sent.files[name]) >= asked.most:
            message = f"Attach at most {counted(asked.most, 'file')} there."
            raise UserError(message)
    except UserError as error:
        sent.refused.setdefault(str(error), name)
        return False
    return True


async def _uploaded(
    sent: Sent, asked: str, part: BodyPartReader, limits: Limits, files: Intake
) -> tuple[Upload, ...]:
    """Return the file; none if it is refused, so that the others are looked at all the same."""
    name = part.filename or ""
    content = await _bytes(part, limits.file)
    if content is None:
        raise refusal(name, f"It is larger than {limits.file // 1_000_000} MB.")
    try:
        return (await files.take(name, content),)
    except UserError as error:
        sent.refused.setdefault(str(error), asked)
        return ()


async def _text(part: BodyPartReader, most: int) -> str:
    content = await _bytes(part, most)
    if content is None:
        raise web.HTTPRequestEntityTooLarge(most, most)
    # A browser sends line breaks as the network once wrote them, whatever was typed.
    return content.decode(errors="replace").replace("\r\n", "\n")


async def _bytes(part: BodyPartReader, most: int) -> bytes | None:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)
