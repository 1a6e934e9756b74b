"""From the red card to a case with all the evidence that a report wants."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import expect

from tests.browser.props import order_report, photos, tells_where
from tests.browser.report_walk import ORDER, PICTURES, SAUCEPAN, Report
from tests.browser.test_journey import THIEF, WAIT


async def take_the_case(walk: Report) -> None:
    """Wait for the red card, and acknowledge it."""
    card = walk.case(THIEF)
    await expect(card).to_contain_text("Critical", timeout=WAIT)
    await expect(card).to_contain_text("2 products", timeout=WAIT)
    await walk.picture("red-card")
    await walk.press(card, "Acknowledge")
    await expect(card).to_contain_text("Acknowledged by Ana")


async def collect_everything(walk: Report, folder: Path) -> None:
    """Collect all that a report wants; what is handed in lies in the folder."""
    await _the_page_is_captured(walk)
    await _a_test_buy_is_noted(walk)
    await _photos_and_orders_are_handed_in(walk, folder)


async def _the_page_is_captured(walk: Report) -> None:
    await walk.press(walk.case(THIEF), "Collect evidence")
    for missing in (
        "✗ Screenshot of the offer page",
        "✗ Photos next to",
        "✗ Our order records",
        "✗ A test buy",
    ):
        await expect(walk.dialog).to_contain_text(missing)
    await walk.picture("collect")
    await walk.press(walk.dialog, "Continue")
    await expect(walk.dialog).to_have_count(0)
    await walk.picture("capturing")
    taken = walk.reply("added evidence: E-1")
    await expect(taken).to_contain_text("Screenshot of the offer page", timeout=WAIT)
    await expect(taken.get_by_role("link", name=re.compile(r"\.png"))).to_be_visible()
    await walk.picture("captured")
    await walk.save(taken.get_by_role("link", name=re.compile(r"\.png")), PICTURES / "capture.png")
    await expect(walk.case(THIEF)).to_contain_text("✓ Screenshot of the offer page")


async def _a_test_buy_is_noted(walk: Report) -> None:
    await walk.collect("A test buy")
    today = datetime.now(UTC).date()
    await walk.dialog.get_by_label("Order ID").fill("12345")
    await expect(walk.dialog.get_by_label("Seller ID")).to_have_value(THIEF)
    await walk.dialog.get_by_label("Price of one unit").fill("34.90")
    await walk.press(walk.dialog, "Continue")
    await expect(walk.dialog).to_contain_text("An order ID looks like")
    await walk.picture("test-buy")
    await walk.dialog.get_by_label("Order ID").fill(ORDER)
    await walk.press(walk.dialog, "Continue")
    await walk.dialog.get_by_label("Ordered on").fill(str(today))
    await walk.dialog.get_by_label("Arrived on").fill(str(today))
    await walk.dialog.get_by_label("Not what it should be").check()
    await walk.press(walk.dialog, "Continue")
    await walk.dialog.get_by_label("How does it differ").fill(
        "The logo is printed; on the genuine pan it is embossed. The batch mark is missing."
    )
    await walk.dialog.get_by_label("How did you find out?").fill(
        "Compared side by side under a lens; every genuine pan has a batch mark."
    )
    await walk.add()
    await expect(walk.case(THIEF)).to_contain_text("✓ A test buy")


async def _photos_and_orders_are_handed_in(walk: Report, folder: Path) -> None:
    theirs, genuine = photos(folder)
    for what, photo, caption in (
        ("Photos of the seller's product", theirs, "Logo printed, no batch mark"),
        ("Photos of the genuine product", genuine, "Logo embossed, batch mark 7731"),
    ):
        await walk.collect(what)
        await walk.dialog.get_by_label("Photos", exact=True).set_input_files(photo)
        await walk.dialog.get_by_label("What do the files show?").fill(caption)
        await walk.picture("photos")
        if photo == theirs:
            await walk.press(walk.dialog, "Add")
            await expect(walk.dialog).to_contain_text("contains the place where it was taken")
            await walk.picture("place")
        await walk.add()
    await expect(walk.case(THIEF)).to_contain_text("✓ Photos next to the genuine product")
    shared = walk.reply("added evidence: E-5").get_by_role("link", name="C-1-E-5.jpg")
    assert tells_where(theirs)
    assert not tells_where(await walk.save(shared, folder / "shared.jpg"))
    await walk.collect("Our order records")
    await walk.dialog.locator("input[type=file]").set_input_files(order_report(folder, SAUCEPAN))
    await walk.picture("orders")
    await walk.add()
    await expect(walk.case(THIEF)).to_contain_text("✓ Our order records")
    await walk.picture("evidence")
    shown = await walk.type("/evidence 1")
    await walk.picture("evidence-list")
    await expect(shown).to_contain_text("Test buy")
    await walk.open(THIEF)
