"""Nothing of a buyer is kept: it is planted in order reports, and every byte is searched for it."""

from __future__ import annotations

import io
import json
import logging
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from adapters.capture.pictures import PillowPictures
from adapters.web.outbound import WebChat
from bot.bootstrap.application import (
    WEB,
    WEB_CHANNEL,
    Application,
    build_application,
    open_store,
    vault_of,
)
from bot.bootstrap.capabilities import PACKETS, Packets
from bot.cli.logs import set_up_logs
from bot.cli.serving import OWNER
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.collections import JOBS
from bot.core.files import Upload
from bot.core.interactions import Ask, Click, Notice, Place, Reply, Submission
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.resources import Resources
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.resources import CAMERA, PICTURES
from bot.features.reports.collections import REPORTS
from bot.features.reports.resources import PACKER
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.rights.models import BrandRight, BrandRightKind
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from tests.journeys.at_the_page import Person, at_the_page
from tests.journeys.evidence_victim import OWN, Camera, Invaded
from tests.journeys.traces import (
    ASIN,
    BUYER,
    ENCODINGS,
    LETTER,
    TRACES,
    all_reports,
    layers,
    order_report,
    streams,
    traces,
    traces_under,
)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the program logs, of whatever level."""
    written, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", written)
    set_up_logs("debug")
    yield written
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
async def application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Application]:
    """A house whose case is open, with all that it works with under one folder."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    settings = Settings(_env_file=None).model_copy(
        update={
            "brand": "Alder & Finch",
            "own_sellers": frozenset({OWN}),
            "home": "US",
            "data_dir": tmp_path,
            "check_every": timedelta(days=1),
        }
    )
    async with open_store(settings, simulated=True) as store:
        packer = Packets(tmp_path / PACKETS, vault_of(settings))
        resources = Resources().having(CAMERA, Camera()).having(PICTURES, PillowPictures())
        resources = resources.having(PACKER, packer)
        chats = {WEB: WebChat(store, utc_now)}
        source = Invaded(simulated=True)
        application = build_application(settings, store, source, Links(), chats, resources)
        await open_room(store, WEB, "", WEB_CHANNEL)
        watch = Watch(asin=ASIN, marketplace="US", title="Pan", added_at=utc_now())
        async with store.transaction() as tx:
            tx.put(WATCHES, watch)
            right = BrandRight(
                number=1,
                kind=BrandRightKind.TRADEMARK,
                name="ALDER & FINCH",
                registration="7123456",
                country="US",
            )
            tx.put(BRAND_RIGHTS, right)
        await application.monitor.check([watch])
        yield application


async def through_the_front(
    application: Application, case: str, *reports: tuple[str, bytes]
) -> None:
    """Hand reports in as an adapter of a chat does."""
    [who, role] = OWNER["you"]
    where = Place(chat=WEB, channel=WEB_CHANNEL)
    intake = application.gateway.intake()

    async def sent(id: str, ask: Ask, answers: dict[str, str | tuple[Upload, ...]]) -> Reply:
        submission = Submission(
            id=id,
            who=who,
            role=role,
            where=where,
            at=utc_now(),
            session=ask.session,
            step=ask.step,
            answers={**answers},
        )
        [reply] = (await application.gateway.handle(submission, files=intake)).replies
        return reply

    click = Click(
        id="f-1", who=who, role=role, where=where, at=utc_now(), action="collect", ref=case
    )
    [ask] = (await application.gateway.handle(click)).replies
    assert isinstance(ask, Ask)
    files = tuple([await intake.take(*report) for report in reports])
    ask = await sent("f-2", ask, {"what": "orders"})
    assert isinstance(ask, Ask)
    reply = await sent("f-3", ask, {"files": files, "typed": "", "none": ""})
    assert isinstance(reply, Notice)
    assert "Added to" in reply.text


async def through_the_page(person: Person, case: str, *reports: tuple[str, bytes]) -> str:
    form = await person.fill(await person.press("collect", case), {"what": "orders"})
    return await person.fill(form, {"typed": "", "none": ""}, *reports)


async def to_the_packet(person: Person, application: Application, case: str) -> None:
    """Take the case to a packet in the thread."""
    today = utc_now().date().isoformat()
    ordered = {
        "order": "123-1234567-1234567",
        "seller": f"A{ASIN[2:]}THIEF",
        "sold_by": "",
        "asin": ASIN,
        "price": "18.70",
    }
    arrived = {"ordered": today, "arrived": today, "result": "different"}
    bought = {
        "observed": "The logo is printed; on the genuine pan it is embossed.",
        "verified": "Compared side by side.",
    }
    await person.fill(await person.press("collect", case), {"what": "capture"})
    form = await person.fill(await person.press("collect", case), {"what": "test-buy"})
    form = await person.fill(form, ordered)
    form = await person.fill(form, arrived)
    await person.fill(form, bought)
    form = await person.fill(await person.press("report", case), {"matter": "doubt"})
    form = await person.fill(form, {"seen": "copy", "grounds": "test-buy"})
    await person.fill(form, {"draft": "yes"})
    [report] = await application.app.store.page(REPORTS)
    assert "Confirmed" in await person.press("confirm-report", report.key)
    await person.work()
    [report] = await application.app.store.page(REPORTS)
    assert report.packet is not None
    read = application.app.evidence.read
    archive, printed = report.packet.archive.content, report.packet.pdf.content
    assert any(b"302-0000001-0000002" in layer for layer in layers(await read(archive)))
    assert any(b"embossed" in layer for layer in layers(await read(printed)))


async def delete_orders(person: Person, application: Application, case: str) -> None:
    for piece in await application.app.store.find(EVIDENCE_ITEMS, "case", case):
        if piece.kind is EvidenceKind.ORDERS:
            form = await person.press("delete-evidence", piece.key)
            assert "Deleted " in await person.fill(form, {"why": "Not needed any more."})
    assert await application.app.store.count(JOBS) == 0


async def test_no_byte_anywhere_tells_of_a_buyer(
    application: Application, tmp_path: Path, log: io.StringIO
) -> None:
    [case] = await application.app.store.page(CASES)
    reports = all_reports()
    async with at_the_page(application) as person:
        await through_the_front(application, case.key, *reports[:3])
        assert "Added to" in await through_the_page(person, case.key, *reports[3:])
        await to_the_packet(person, application, case.key)
        await person.look()
        pieces = await application.app.store.find(EVIDENCE_ITEMS, "case", case.key)
        kept = [piece for piece in pieces if piece.kind is EvidenceKind.ORDERS]
        contents = [
            await application.app.evidence.read(each.file.content) for each in kept if each.file
        ]
        assert [b"302-%07d-0000002" % n in each for n, each in enumerate(contents, 1)] == [True] * 6
        assert traces_under(tmp_path) == {}
        await delete_orders(person, application, case.key)
        await person.look()
        assert traces("".join(person.seen).encode()) == set()
    assert traces_under(tmp_path) == {}
    assert traces(log.getvalue().encode()) == set()


async def test_what_is_refused_leaves_nothing_behind(
    application: Application, tmp_path: Path, log: io.StringIO
) -> None:
    [case] = await application.app.store.page(CASES)
    headless = order_report(1, "\t", "utf-8").partition(b"\r\n")[2]
    orderless = order_report(1, ",", "utf-8").replace(b"302-0000001-", b"no order ")
    async with at_the_page(application) as person:
        for content in (headless, orderless, LETTER):
            with pytest.raises(UserError) as refused:
                await application.gateway.intake().take("1.txt", content)
            assert traces(str(refused.value).encode()) == set()
            told = await through_the_page(person, case.key, ("1.txt", content))
            assert "Added to" not in told
        assert traces("".join(person.seen).encode()) == set()
    assert traces_under(tmp_path) == {}
    assert traces(log.getvalue().encode()) == set()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_finds_what_it_looks_for(tmp_path: Path, encoding: str) -> None:
    report = order_report(1, "\t", encoding)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("orders.txt", report)
    printed = b"%PDF-1.7\nstream\n" + zlib.compress(report) + b"\nendstream\n"
    assert traces(report) == traces(packed.getvalue()) == set(TRACES)
    assert traces(json.dumps(BUYER).encode()) == set(TRACES)
    assert [*streams(printed)] == [report]
    (tmp_path / "kept").write_bytes(report)
    assert traces_under(tmp_path) == {"kept": set(TRACES)}
