"""A product that handles evidence, born again and again on one folder, to be killed.

``python -m tests.journeys.evidence_victim FOLDER``: ``live [REAL] [POINT NTH]`` works for ever,
and dies by its own hand where it reaches the point so often; ``drain`` works until all is done.
With ``REAL`` 1 its packets have real PDFs.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import msgspec

from adapters.capture.pictures import PillowPictures
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import WEB, Application, build_application, running, vault_of
from bot.bootstrap.capabilities import PACKETS, Packets
from bot.bootstrap.features import COLLECTIONS
from bot.core.chat import Outgoing
from bot.core.clocks import utc_now
from bot.core.collections import MEMBERS, Member
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from bot.core.monitoring import Reading
from bot.core.resources import Resources
from bot.features.evidence.models.capture import Capture
from bot.features.evidence.resources import CAMERA, PICTURES
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.resources import PACKER
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.rights.models import BrandRight, BrandRightKind
from bot.settings import Settings
from tests.fakes import FakeCamera, FakeSource
from tests.journeys.evidence_team import ANA, BEN, EvidenceTeam
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.lives import obey
from tests.journeys.mortality import AFTER_POST, BEFORE_POST, POINTS, UNHEARD, Fate

LEDGER = "ledger.jsonl"
SCRATCH = "scratch"
"""Folder for what the typesetter works with."""
TICK = timedelta(milliseconds=50)
OWN = "A3ALDERFINCH01"


class Invaded(FakeSource):
    """A marketplace on which every product has a stranger of its own."""

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        return [self._seen(watch) for watch in watches]

    def _seen(self, watch: Watch) -> Reading:
        stranger = f"A{watch.asin[2:]}THIEF"
        return seen(watch, {OWN: "24.99", stranger: "18.70"}, f"answer of {watch.asin}")


def seen(watch: Watch, prices: Mapping[str, str], answer: str) -> Reading:
    """Return a reading of the product: what each seller asks for, and Amazon's own words."""
    offers = [
        Offer(seller=seller, price=_usd(price), shipping=_usd("0"), fba=True)
        for seller, price in prices.items()
    ]
    raw = answer.encode()
    snapshot = Snapshot(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=utc_now(),
        offers=tuple(offers),
        total=len(offers),
        holders=(OWN,),
        digest=hashlib.sha256(raw).hexdigest(),
    )
    return Reading(watch, snapshot, raw)


class Camera(FakeCamera):
    """Takes another picture of every page."""

    async def take(self, url: str) -> Capture:
        capture = await super().take(url)
        picture = capture.picture + url.encode()
        return msgspec.structs.replace(
            capture,
            picture=picture,
            sha256=hashlib.sha256(picture).hexdigest(),
            copy=picture + b"strip",
            text=f"Sold by a stranger. {url}",
            at=utc_now(),
        )


class PlainPackets(Packets):
    """Writes real archives, and PDFs that are no work."""

    async def print(self, dossier: Dossier) -> bytes:
        return b"%PDF-1.7\n" + dossier.seal.encode() + b"\n%%EOF\n"


async def live(word: str, life: int) -> None:
    """Work on the folder: until killed, or until nothing is left to do."""
    folder = Path(sys.argv[1])
    what, real, point, nth = (*word.split(), "", "", "")[:4]
    fate = Fate(POINTS[int(point)] if point else "", int(nth or 0))
    (folder / SCRATCH).mkdir(exist_ok=True)
    tempfile.tempdir = str(folder / SCRATCH)
    ledger = Ledger(folder / LEDGER)
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    with ExitStack() as stack:
        stack.enter_context(patch("bot.bootstrap.timetable.SENT_AGAIN", TICK))
        stack.enter_context(patch("bot.core.job_queues.FIRST_PAUSE", TICK))
        stack.enter_context(fate.awaited())
        application = await _open_house(folder, store, ledger, fate, real=real == "1")
        team = EvidenceTeam(application, ledger, life, lambda: fate.reached(UNHEARD))
        async with running(application):
            await (team.finish() if what == "drain" else team.work_for_ever())
    await store.close()
    ledger.close()


async def _open_house(
    folder: Path, store: TinyStore, ledger: Ledger, fate: Fate, *, real: bool
) -> Application:
    settings = Settings(_env_file=None).model_copy(
        update={
            "brand": "Alder & Finch",
            "own_sellers": frozenset({OWN}),
            "home": "US",
            "data_dir": folder,
            "check_every": timedelta(days=1),
        }
    )
    vault = vault_of(settings)

    def passing(message: Outgoing, posted: bool) -> None:
        if any(file.kind == "application/zip" for file in message.files):
            fate.reached(AFTER_POST if posted else BEFORE_POST)

    packer = (Packets if real else PlainPackets)(folder / PACKETS, vault)
    resources = Resources().having(CAMERA, Camera()).having(PICTURES, PillowPictures())
    resources = resources.having(PACKER, packer)
    chat = LedgerChat(ledger, vault.read, passing)
    source = Invaded(simulated=True)
    await _seed(store)
    return build_application(settings, store, source, Links(), {WEB: chat}, resources)


async def _seed(store: TinyStore) -> None:
    """Give the team its mark and its two members."""
    if await store.count(BRAND_RIGHTS):
        return
    async with store.transaction() as tx:
        for person, _ in (ANA, BEN):
            tx.put(MEMBERS, Member(person.id))
        tx.put(
            BRAND_RIGHTS,
            BrandRight(
                number=1,
                kind=BrandRightKind.TRADEMARK,
                name="ALDER & FINCH",
                registration="7123456",
                country="US",
            ),
        )


def _usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


if __name__ == "__main__":
    obey(live)
