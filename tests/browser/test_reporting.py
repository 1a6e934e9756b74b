"""From the red card to a report that Amazon accepts, and to the seller's return, as people walk it.

Every screen is kept as a picture in ``build/pictures/reporting``, wide and as a phone shows it.
"""

from __future__ import annotations

import asyncio
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.cli.serving import DEMO
from tests.browser.collecting import collect_everything, take_the_case
from tests.browser.conftest import PATIENCE
from tests.browser.demo import ROOT, Demo, demo
from tests.browser.entering import enter
from tests.browser.props import begin_at, days_pass, one_byte_changed, traces
from tests.browser.report_walk import ORDER, PICTURES, SAUCEPAN, WIDE, Report
from tests.browser.test_journey import THIEF, WAIT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

STRANGER = "A3V8MN2RT6YB0L"
COMPLAINT = "SIM-10223344551"
THERE, LEFT, BACK = 400.0, 2000.0, 3250.0
"""Seconds of the demo's story: he is on two products; he has left both; he is on one again."""


async def test_the_way_to_a_report(page: Page, tmp_path: Path) -> None:
    folder, brought = tmp_path / DEMO, tmp_path / "brought"
    brought.mkdir()
    expect.set_options(timeout=PATIENCE)
    async with demo(tmp_path) as running:
        begin_at(folder, THERE, port=8643)
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.emulate_media(reduced_motion="reduce")
        await page.set_viewport_size(WIDE)
        await enter(page, await running.start())
        walk = Report(page)
        await take_the_case(walk)
        await walk.be("Ben")
        await walk.open(THIEF)
        await collect_everything(walk, brought)
        await _questions_lead_to_a_draft(walk)
        await _the_text_is_changed(walk)
        await _a_second_person_confirms(walk)
        archive = await _the_packet_is_taken_and_verified(walk, tmp_path)
        await _one_changed_byte_is_found(archive)
        await _the_text_is_pasted_into_the_form(walk)
        await _it_is_filed_and_accepted(walk)
        await _what_is_no_report_gets_advice(walk)
        await _the_offer_is_gone(walk, running, folder)
        await _he_is_recognised(walk, running, folder)
        await running.kill()
        assert list(traces(folder)) == []
        assert list(traces(brought)) != []


async def _later(
    walk: Report, running: Demo, folder: Path, length: timedelta, seconds: float
) -> None:
    await running.kill()
    await days_pass(folder, length, seconds)
    await enter(walk.page, await running.start())


async def _questions_lead_to_a_draft(walk: Report) -> None:
    await walk.press(walk.case(THIEF), "File a report")
    await expect(walk.dialog).to_contain_text("What is it about?")
    await walk.picture("what-is-it-about")
    await walk.dialog.get_by_label("A product that may not be ours").check()
    await walk.press(walk.dialog, "Continue")
    await walk.dialog.get_by_label("A copy we did not make").check()
    await expect(walk.dialog.get_by_label("We bought one")).to_be_checked()
    await walk.picture("what-do-you-see")
    await walk.press(walk.dialog, "Continue")
    await expect(walk.dialog).to_contain_text("Which products?")
    await walk.picture("which-products")
    await walk.press(walk.dialog, "Continue")
    await expect(walk.dialog).to_contain_text("Draft this report?")
    await expect(walk.dialog).to_contain_text("Claim: Counterfeit")
    await walk.picture("draft-this-report")
    await walk.dialog.get_by_label("Draft it", exact=True).check()
    await walk.press(walk.dialog, "Continue")
    draft = walk.reply("R-1 Draft: Counterfeit")
    await expect(draft).to_contain_text("No issues found")
    for fact in (ORDER, THIEF, SAUCEPAN, "SIM-7123456"):
        await expect(draft).to_contain_text(fact)
    await draft.scroll_into_view_if_needed()
    await walk.picture("draft")


async def _the_text_is_changed(walk: Report) -> None:
    await walk.press(walk.reply("R-1 Draft"), "Edit text")
    text = walk.dialog.get_by_label("Report text")
    before = await text.input_value()
    await text.fill(before.replace("is missing", "is missing on the base"))
    await walk.picture("change-the-text")
    await walk.press(walk.dialog, "Save")
    await expect(walk.reply("Ben changed the text")).to_contain_text("missing on the base")
    await walk.picture("changed")


async def _a_second_person_confirms(walk: Report) -> None:
    await walk.press(walk.reply("R-1 Draft"), "Confirm")
    await expect(walk.page.get_by_role("alert").last).to_contain_text("someone else must")
    await walk.picture("not-your-own")
    await walk.be("Ana")
    await walk.open(THIEF)
    await walk.press(walk.reply("R-1 Draft"), "Confirm")
    ready = walk.reply("R-1 is ready to file")
    await expect(ready).to_be_visible(timeout=WAIT)
    await ready.scroll_into_view_if_needed()
    await walk.picture("ready")


async def _the_packet_is_taken_and_verified(walk: Report, folder: Path) -> Path:
    ready = walk.reply("R-1 is ready to file")
    packet = PICTURES / "packet.pdf", folder / "packet.zip"
    for path in packet:
        await walk.save(ready.get_by_role("link", name=re.compile(rf"R-1\{path.suffix}")), path)
    seal = re.search(r"\b[0-9a-f]{64}\b", await ready.inner_text())
    assert seal is not None
    (code, said), (other, _) = await asyncio.gather(
        _verify(packet[1], seal[0]), _verify(packet[1], "0" * 64)
    )
    assert (code, other) == (0, 1), said
    return packet[1]


async def _one_changed_byte_is_found(archive: Path) -> None:
    code, said = await _verify(one_byte_changed(archive), "")
    assert code == 1
    assert ".png" in said


async def _verify(archive: Path, seal: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "verify", str(archive)),
        *(("--seal", seal) if seal else ()),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def _the_text_is_pasted_into_the_form(walk: Report) -> None:
    ready = walk.reply("R-1 is ready to file")
    await ready.get_by_role("button", name="Copy Description").click()
    copied = await walk.page.evaluate("navigator.clipboard.readText()")
    assert ORDER in copied
    assert "missing on the base" in copied
    async with walk.page.expect_popup() as popup:
        await ready.get_by_role("link", name="Simulated form").click()
    form = await popup.value
    await expect(form.get_by_text("Simulated marketplace").first).to_be_visible()
    await expect(form.get_by_text("nothing is sent")).to_be_visible()
    await expect(form.locator("input, textarea, select, form, button")).to_have_count(0)
    await expect(form.get_by_text(COMPLAINT)).to_be_visible()
    await walk.picture("simulated-form", form)
    await form.close()


async def _it_is_filed_and_accepted(walk: Report) -> None:
    await walk.press(walk.reply("R-1 is ready to file"), "I filed it")
    await walk.dialog.get_by_label("Complaint ID").fill(COMPLAINT)
    await walk.picture("i-filed-it")
    await walk.press(walk.dialog, "Save")
    await expect(walk.reply("R-1 Filed")).to_contain_text(COMPLAINT)
    await walk.reply("R-1 Filed").scroll_into_view_if_needed()
    await walk.picture("filed")
    for before, outcome, after in (
        ("Filed", "Under review", "Under review"),
        ("Under review", "Accepted", "Accepted"),
    ):
        await walk.press(walk.reply(f"R-1 {before}:"), "Amazon answered")
        await walk.dialog.get_by_label(outcome, exact=True).check()
        await walk.picture("answer")
        await walk.press(walk.dialog, "Continue")
        await expect(walk.reply(f"R-1 {after}:")).to_be_visible()
    await walk.reply("R-1 Accepted").scroll_into_view_if_needed()
    await walk.picture("accepted")


async def _what_is_no_report_gets_advice(walk: Report) -> None:
    await walk.page.keyboard.press("Escape")
    await walk.open(STRANGER)
    await walk.press(walk.case(STRANGER), "File a report")
    await walk.dialog.get_by_label("Our product, new and genuine").check()
    await walk.press(walk.dialog, "Continue")
    await walk.dialog.get_by_label("Sold without our permission").check()
    await walk.dialog.get_by_label("Our own records show it").check()
    await walk.press(walk.dialog, "Continue")
    await _all_products(walk, "Where were the goods first sold?")
    await expect(walk.dialog).to_contain_text("Where were the goods first sold?")
    await walk.picture("where-first-sold")
    await walk.dialog.get_by_label("In the US", exact=True).check()
    await walk.press(walk.dialog, "Continue")
    await expect(walk.reply("Lawful reseller")).to_contain_text("first sale")
    await walk.picture("lawful-reseller")
    await walk.press(walk.case(STRANGER), "File a report")
    await walk.dialog.get_by_label("A product that may not be ours").check()
    await walk.press(walk.dialog, "Continue")
    await walk.dialog.get_by_label("We only know that an unknown seller offers it").check()
    await walk.dialog.get_by_label("We bought one and inspected it").check()
    await walk.press(walk.dialog, "Continue")
    await _all_products(walk, "letter to the seller")
    letter = walk.reply("letter to the seller")
    await expect(letter).to_contain_text("an invoice")
    assert "counterfeit" not in (await letter.inner_text()).lower()
    await letter.scroll_into_view_if_needed()
    await walk.picture("letter")
    assert "1 report" in await (await walk.type("/reports")).inner_text()
    await walk.picture("reports")


async def _all_products(walk: Report, following: str) -> None:
    """Go on with all products, where the seller has come to a second one by now."""
    asked = "Which products?"
    either = re.compile(f"{re.escape(asked)}|{re.escape(following)}")
    await expect(walk.page.locator("body")).to_contain_text(either)
    if asked in await walk.page.locator("body").inner_text():
        await walk.press(walk.dialog, "Continue")


async def _the_offer_is_gone(walk: Report, running: Demo, folder: Path) -> None:
    await _later(walk, running, folder, timedelta(days=2, hours=4), LEFT)
    await walk.open(THIEF)
    report = walk.reply("R-1 Accepted")
    await expect(report).to_contain_text("removed after 2 d 4 h", timeout=WAIT)
    await report.scroll_into_view_if_needed()
    await walk.picture("removed")
    await walk.press(report, "Close report")
    await expect(walk.reply("R-1 Closed")).to_be_visible()
    await walk.press(walk.case(THIEF), "Close")
    await walk.dialog.get_by_label("Reported, and Amazon acted").check()
    await walk.press(walk.dialog, "Close the case")
    await expect(walk.case(THIEF)).to_contain_text("Reported, and Amazon acted")
    await walk.picture("closed")


async def _he_is_recognised(walk: Report, running: Demo, folder: Path) -> None:
    await _later(walk, running, folder, timedelta(days=3), BACK)
    public = walk.channel.locator("li.message:not(.private)").filter(has_text=THIEF)
    back = public.filter(has_text="Back after removal")
    await expect(back).to_contain_text("stayed away for 3 d", timeout=WAIT)
    await expect(back).to_have_count(1)
    # Much came at once after the stop: his case may be one of a wave, in the wave's thread.
    [number] = re.findall(r"· C-(\d+)", await back.inner_text())
    linked = await walk.type(f"/case {number}")
    await expect(linked).to_contain_text(re.compile(r"seen before in C-\d+"))
    await linked.scroll_into_view_if_needed()
    await walk.picture("seen-before")
    await walk.press(back, "File a new report")
    await expect(back).to_contain_text("R-2 was drafted")
