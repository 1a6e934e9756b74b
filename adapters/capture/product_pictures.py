"""A small cache of product pictures on the disk: fetched once, by the server alone."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path

import httpx
import structlog
from PIL import Image

from adapters.capture.pictures import decoded
from bot.core.links import is_picture
from bot.core.network import unreached
from bot.errors import UserError

log = structlog.get_logger(__name__)

SIDE = 320
"""Pixels of the longer side of a copy: twice what the page shows, for fine screens."""
QUALITY = 82
LARGEST = 10 * 1024 * 1024
"""Bytes of a picture that is fetched."""
KEPT_BYTES = 64 * 1024 * 1024
"""Bytes of all copies; those not shown for the longest go first."""
SECONDS = 8.0
WAITING = 200
"""Pictures that wait to be fetched; more are asked for the next time they are shown."""
AGAIN = 3600.0
"""Seconds until a picture that could not be had is tried again."""
FAILURES = 10_000
TAKEN = "image/jpeg,image/png,image/webp"
SUFFIX = ".jpg"
HALF = ".half"


class CachedPictures:
    """Keeps pictures from Amazon's hosts alone, or from a simulation on this machine.

    They are fetched one after the other, in the background.
    """

    def __init__(
        self,
        folder: Path,
        http: httpx.AsyncClient,
        agent: str,
        *,
        simulated: bool,
        most: int = KEPT_BYTES,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep at most so many bytes in the folder. The client has no cookies and no login."""
        self._folder = folder
        self._http = http
        self._agent = agent
        self._simulated = simulated
        self._most = most
        self._monotonic = monotonic
        self._wanted: dict[str, None] = {}
        self._failed: dict[str, float] = {}
        self._fetching: asyncio.Task[None] | None = None

    async def at_hand(self, link: str) -> bytes:
        """Return the copy; empty: it is not there, and is fetched unless that failed lately."""
        if not is_picture(link, simulated=self._simulated):
            return b""
        path = self._path(link)
        if content := await asyncio.to_thread(_read, path):
            return content
        if self._may_try(link) and len(self._wanted) < WAITING:
            self._wanted[link] = None
            if self._fetching is None or self._fetching.done():
                self._fetching = asyncio.create_task(self._fetch_all())
        return b""

    async def keep_only(self, links: Iterable[str]) -> None:
        """Forget all copies but those. Raises OSError."""
        kept = {self._path(link).name for link in links}
        await asyncio.to_thread(_drop_others, self._folder, kept)

    async def close(self) -> None:
        """Fetch nothing more."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until nothing is fetched."""
        if self._fetching is not None:
            await self._fetching

    def _may_try(self, link: str) -> bool:
        failed = self._failed.get(link)
        return failed is None or self._monotonic() - failed >= AGAIN

    def _path(self, link: str) -> Path:
        return self._folder / f"{hashlib.sha256(link.encode()).hexdigest()}{SUFFIX}"

    async def _fetch_all(self) -> None:
        while self._wanted:
            link = next(iter(self._wanted))
            try:
                await self._fetch(link)
            finally:
                self._wanted.pop(link, None)

    async def _fetch(self, link: str) -> None:
        self._failed.pop(link, None)
        try:
            async with asyncio.timeout(SECONDS):
                content = await self._ask(link)
            copy = await asyncio.to_thread(_copy_of, content)
            await asyncio.to_thread(_keep, self._path(link), copy, self._most)
        except TimeoutError:
            self._give_up(link, "it took too long")
        except httpx.HTTPError as error:
            self._give_up(link, unreached("The picture", error))
        except (UserError, OSError) as error:
            self._give_up(link, str(error))

    async def _ask(self, link: str) -> bytes:
        headers = {"User-Agent": self._agent, "Accept": TAKEN}
        # What an earlier answer set would tell Amazon which pictures one and the same asks for.
        self._http.cookies.clear()
        # No redirect is followed: it could lead anywhere.
        async with self._http.stream("GET", link, headers=headers, timeout=SECONDS) as answer:
            if answer.status_code != HTTPStatus.OK:
                message = f"The picture was answered with {answer.status_code}."
                raise UserError(message)
            found = bytearray()
            async for part in answer.aiter_bytes():
                found += part
                if len(found) > LARGEST:
                    raise UserError("The picture is too large.")
            return bytes(found)

    def _give_up(self, link: str, why: str) -> None:
        log.info("product picture not kept", link=link, why=why)
        if len(self._failed) >= FAILURES:
            del self._failed[next(iter(self._failed))]
        self._failed[link] = self._monotonic()


def _copy_of(content: bytes) -> bytes:
    """Return a small JPEG of pixels alone. Raises UserError: it is no picture that is taken."""
    picture = decoded(content)[1]
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        return b""
    return content


def _keep(path: Path, copy: bytes, most: int) -> None:
    """Write a copy, whole or not at all, and make room for it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(HALF)
    try:
        half.write_bytes(copy)
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    kept = [(each.stat(), each) for each in path.parent.glob(f"*{SUFFIX}")]
    size = sum(stat.st_size for stat, _ in kept)
    for stat, each in sorted(kept, key=lambda one: one[0].st_mtime_ns):
        if size <= most:
            return
        each.unlink(missing_ok=True)
        size -= stat.st_size


def _drop_others(folder: Path, kept: set[str]) -> None:
    for each in folder.glob("*") if folder.is_dir() else ():
        if each.name not in kept:
            each.unlink(missing_ok=True)
