"""What evidence and packets are made with: the browser, pictures, the packet's files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

from adapters.capture.files import FileEvidence
from adapters.capture.looks import HttpPictureLooks
from adapters.capture.pages import ChromiumCapture, check_available
from adapters.capture.pictures import PillowPictures
from adapters.capture.product_pictures import CachedPictures
from adapters.capture.seller_pages import CapturedSellerPages
from adapters.capture.simulated_sellers import SimulatedSellerPages
from adapters.packets.archive import write_archive
from adapters.rendering.pdf import print_dossier
from adapters.rendering.printer import TypstPrinter
from bot import __version__
from bot.core.charts import CHART_PRINTER
from bot.core.clocks import utc_now
from bot.core.files import Upload
from bot.core.picture_looks import PICTURE_LOOKS
from bot.core.product_pictures import PRODUCT_PICTURES
from bot.core.resources import Resources
from bot.core.vault import TimestampAuthority
from bot.errors import UserError
from bot.features.cases.resources import SELLER_PAGES
from bot.features.evidence.resources import AUTHORITIES, CAMERA, NO_CAMERA, PICTURES
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.models.packets import Archived, Bundle
from bot.features.reports.resources import PACKER
from bot.features.reviews.resources import REVIEW_PRINTER

SHOWN = "pictures"
"""The folder of what the page shows of products; all of it can be fetched again."""
PACKETS = "packets"
"""Folder of the data in which packets are written before the vault takes them."""
AGENT = f"Brandwarden/{__version__}"
"""Who fetches pictures from Amazon: automated software names itself (facts: accounts)."""
ZIP = "application/zip"


class Packets:
    """Makes the files of packets beside the vault that keeps them."""

    def __init__(self, folder: Path, vault: FileEvidence) -> None:
        """Write in the folder, which is made with the first packet."""
        self._folder = folder
        self._vault = vault

    async def archive(self, bundle: Bundle) -> Archived:
        """Write the sealed archive and keep it as evidence. Raises StoreError."""
        name = f"{bundle.case}-{bundle.report}.zip"
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / name
        written = await asyncio.to_thread(write_archive, bundle, path, self._vault.locate)
        facts = {"kind": "packet", "at": bundle.made_at.isoformat(), "seal": written.seal}
        await self._vault.adopt(path, written.sha256, facts)
        return Archived(file=Upload(name, ZIP, written.size, written.sha256), seal=written.seal)

    def clear(self) -> None:
        """Remove what a crash left half done: it holds originals. Blocks; raises OSError."""
        for left in self._folder.iterdir() if self._folder.is_dir() else ():
            left.unlink()

    async def print(self, dossier: Dossier) -> bytes:
        """Return the PDF."""
        return await print_dossier(dossier, self._vault.read)


@asynccontextmanager
async def open_resources(
    data: Path,
    vault: FileEvidence,
    simulated: str,
    authorities: Sequence[str] = (),
    *,
    without_sandbox: bool = False,
) -> AsyncIterator[Resources]:
    """Open what can be had here; ``simulated`` is the base address of a simulated marketplace.

    ``authorities`` are the addresses of time-stamp authorities. Without Playwright or a Chromium no
    page is captured, it is not offered, and the resources say what is missing. ``without_sandbox``
    lets Chromium run without one where it has none.
    """
    packer = Packets(data / PACKETS, vault)
    await asyncio.to_thread(packer.clear)
    printer = TypstPrinter(simulated=bool(simulated))
    resources = (
        Resources()
        .having(PICTURES, PillowPictures())
        .having(PACKER, packer)
        .having(CHART_PRINTER, printer)
        .having(REVIEW_PRINTER, printer)
    )
    async with AsyncExitStack() as stack:
        pictures = await stack.enter_async_context(httpx.AsyncClient())
        looks = HttpPictureLooks(pictures, AGENT, simulated=bool(simulated))
        resources = resources.having(PICTURE_LOOKS, looks)
        shown = await stack.enter_async_context(httpx.AsyncClient())
        cache = CachedPictures(data / SHOWN, shown, AGENT, simulated=bool(simulated))
        stack.push_async_callback(cache.close)
        resources = resources.having(PRODUCT_PICTURES, cache)
        if authorities:
            http = await stack.enter_async_context(httpx.AsyncClient())
            resources = resources.having(AUTHORITIES, _authorities(authorities, http))
        if simulated:
            client = await stack.enter_async_context(httpx.AsyncClient())
            resources = resources.having(SELLER_PAGES, SimulatedSellerPages(client))
        try:
            sandbox = await check_available(
                without_sandbox=without_sandbox, simulated=bool(simulated)
            )
        except UserError as error:
            resources = resources.having(NO_CAMERA, str(error))
        else:
            camera = await stack.enter_async_context(ChromiumCapture(simulated, sandbox=sandbox))
            resources = resources.having(CAMERA, camera)
            if not simulated:
                resources = resources.having(SELLER_PAGES, CapturedSellerPages(camera))
        yield resources


def _authorities(addresses: Sequence[str], http: httpx.AsyncClient) -> list[TimestampAuthority]:
    """Return the authorities; what reads their answers is loaded only where there are any."""
    from adapters.capture.signatures import known_roots
    from adapters.capture.timestamps import Rfc3161Authority

    roots = known_roots()
    return [Rfc3161Authority(address, http, utc_now, roots) for address in addresses]
