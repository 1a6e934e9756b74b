"""Print dossiers and take pictures of their pages: ``python -m tests.pictures.pdf``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import typst

from adapters.rendering import typesetter
from adapters.rendering.pdf import gather, lay_out, print_dossier
from bot.features.reports.models.claims import Claim
from tests.unit.adapters.packets.dossiers import (
    Shelf,
    by_nobody_known,
    copied,
    heavy,
    light,
    taken_over,
    used_as_new,
    written,
)

FOLDER = Path("build/pictures/pdf")
DENSITY = 80.0
"""Pixels per inch."""


async def take_all() -> None:
    """Write each dossier's PDF and a picture of each of its pages."""
    shelf = Shelf()
    dossiers = {
        "light": light(shelf),
        "german": written(shelf, Claim.COUNTERFEIT, {}, language="de"),
        "copyright": copied(shelf),
        "copyright-german": copied(shelf, language="de"),
        "no-original": copied(shelf, photos=()),
        "used-as-new": used_as_new(shelf),
        "page": taken_over(shelf),
        "nobody": by_nobody_known(shelf),
        "heavy": heavy(shelf),
    }
    for name, dossier in dossiers.items():
        content = await print_dossier(dossier, shelf.read)
        await asyncio.to_thread((FOLDER / f"{name}.pdf").write_bytes, content)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            lay_out(dossier, await gather(dossier, shelf.read, folder), folder)
            typesetter.main(folder, 0)
            target = FOLDER / f"{name}-{{0p}}.png"
            typst.compile(
                folder / typesetter.TEMPLATE, output=target, root=folder, format="png", ppi=DENSITY
            )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.p*"):
        old.unlink()
    asyncio.run(take_all())
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pages in {FOLDER}\n")
