"""One person alone at the page: a test buy from plan to packet, and a false complaint."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from adapters.capture.files import FileEvidence
from adapters.capture.pictures import PillowPictures
from bot.bootstrap.capabilities import Packets
from bot.core.clocks import utc_now
from bot.core.resources import Resources
from bot.features.cases.collections import CASES
from bot.features.evidence.resources import PICTURES
from bot.features.letters.collections import LETTERS
from bot.features.reports.collections import REPORTS
from bot.features.reports.resources import PACKER
from tests.journeys.at_the_page import Person, invaded_house
from tests.journeys.hands import picture

PAN = "B0ALDER001"
STRANGER = "AALDER001THIEF"
ORDER = "114-1234567-1234567"
DIFFERS = "The logo is printed, not embossed."


async def test_a_test_buy_is_planned_unpacked_and_reported_at_the_page(tmp_path: Path) -> None:
    vault = FileEvidence(tmp_path / "evidence")
    resources = Resources().having(PICTURES, PillowPictures())
    resources = resources.having(PACKER, Packets(tmp_path / "packets", vault))
    async with invaded_house(tmp_path, "US", PAN, resources) as (house, person):
        [case] = await house.app.store.page(CASES)
        await _owns_the_mark(person)
        await _suspects(person, case.key)
        await person.look()
        assert f"{case.label}: buy one first" in "".join(person.seen)
        await _plans_and_buys(person, case.key)
        await _records(person, case.key)
        form = await person.press("report", case.key)
        for answers in (
            {"matter": "doubt"},
            {"seen": "copy", "grounds": "test-buy"},
            {"draft": "yes"},
        ):
            form = await person.fill(form, answers)
        [report] = await house.app.store.page(REPORTS)
        assert ORDER in report.text
        assert DIFFERS in report.text
        await person.press("confirm-report", report.key)
        await person.work()
        [packed] = await house.app.store.page(REPORTS)
        assert packed.packet is not None
        pdf = await house.app.evidence.read(packed.packet.pdf.content)
        assert pdf.startswith(b"%PDF-")


async def _owns_the_mark(person: Person) -> None:
    form = await person.type("/rights add")
    for answers in (
        {"kind": "trademark", "name": "ALDER & FINCH"},
        {"country": "US", "registration": "7123456", "status": "registered"},
        {"owner": "Alder & Finch Ltd", "classes": "21", "expires": "2034-05-14"},
    ):
        form = await person.fill(form, answers)


async def _suspects(person: Person, case: str) -> None:
    form = await person.press("report", case)
    for answers in ({"matter": "doubt"}, {"seen": "copy", "grounds": "suspicion"}):
        form = await person.fill(form, answers)


async def _plans_and_buys(person: Person, case: str) -> None:
    soon = (utc_now() + timedelta(days=2)).date().isoformat()
    form = await person.press("plan-test-buy", case)
    await person.fill(form, {"place": "Our warehouse", "budget": "40", "remind": soon})
    form = await person.press("test-buy-ordered", case)
    ordered = {"order": ORDER, "ordered": utc_now().date().isoformat(), "price": "34.90"}
    await person.fill(form, ordered)
    form = await person.press("test-buy-arrived", case)
    photo = ("theirs.png", picture("PNG"))
    await person.fill(form, {"caption": "The box"}, photo)


async def _records(person: Person, case: str) -> None:
    today = utc_now().date().isoformat()
    form = await person.press("record-test-buy", case)
    for answers in (
        {"what": "test-buy"},
        {"order": ORDER, "seller": STRANGER, "asin": PAN, "price": "34.90"},
        {"ordered": today, "arrived": today, "result": "different"},
        {"observed": DIFFERS, "verified": "Compared side by side under a lens."},
    ):
        form = await person.fill(form, answers)
    form = await person.press("collect", case)
    form = await person.fill(form, {"what": "genuine"})
    await person.fill(form, {"caption": "The logo"}, ("ours.png", picture("PNG")))


async def test_a_false_complaint_is_appealed_in_account_health_at_the_page(tmp_path: Path) -> None:
    async with invaded_house(tmp_path, "US", PAN) as (house, person):
        form = await person.type("/attack")
        since = utc_now().date().isoformat()
        for answers in (
            {"kind": "false-complaint", "day": since, "often": "once", "damage": "Off the shelf."},
            {"source_kind": "unknown", "source": "", "products": PAN},
        ):
            form = await person.fill(form, answers)
        case = max(await house.app.store.page(CASES), key=lambda each: each.number)
        form = await person.press("support", case.key)
        for answers in (
            {"need": "false-complaint", "about": PAN, "since": since, "language": "en"},
            {"complaint": "16872213344", "complainant": "Pan Rights Ltd"},
            {
                "happened": "The patent that it names expired in 2024.",
                "done": "We have kept a copy of the notice.",
                "wish": "Please withdraw the complaint and list the product again.",
            },
        ):
            form = await person.fill(form, answers)
        await person.fill(form, {"text": _shown(form)})
        [letter] = await house.app.store.page(LETTERS)
        assert "We dispute complaint 16872213344" in letter.text
        await person.look()
        assert "open Performance, Account Health, and find the complaint" in "".join(person.seen)


def _shown(form: str) -> str:
    """Return the draft in the form that asks for its last changes."""
    return form.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip()
