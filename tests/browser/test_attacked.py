"""From 'somebody was in my account' to a request that Amazon's support can use; a buyer is told.

Every screen is kept as a picture in ``build/pictures/guard``, wide and as a phone shows it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.demo import demo
from tests.browser.entering import enter
from tests.browser.guard_walk import WIDE, Guard
from tests.browser.report_walk import ORDER
from tests.browser.test_journey import WAIT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CASE = "Intruder in our account"
TICKET = "16872213344"
DRAWN = ("How we are attacked", "Who attacks us", "Attacks( and unknown sellers)? by week")


async def test_the_way_from_an_attack_to_its_analysis(page: Page, tmp_path: Path) -> None:
    expect.set_options(timeout=PATIENCE)
    async with demo(tmp_path) as running:
        await page.set_viewport_size(WIDE)
        await enter(page, await running.start())
        walk = Guard(page, "attack")
        await _it_is_logged(walk)
        await _support_is_asked(walk)
        await _it_is_sent(walk)
        await _the_attacks_are_analysed(walk)
        await _a_buyer_is_told(walk)
        await walk.be("Vik")
        await _a_viewer_may_only_look(walk)


async def _it_is_logged(walk: Guard) -> None:
    box = walk.channel.get_by_role("combobox")
    await box.fill("/atack")
    await walk.page.keyboard.press("Escape")
    await box.press("Enter")
    await walk.told("Unknown command '/atack'. Did you mean '/attack'? Try '/help'.")
    needs = await walk.type("/help")
    await walk.picture("help", needs)
    await walk.press(needs, "Someone got into my account")
    await walk.picture("what-happened", walk.dialog)
    await walk.dialog.get_by_label("What was the damage?").fill("Two refunds to a stranger's card.")
    await walk.press(walk.dialog, "Continue")
    await expect(walk.dialog).to_contain_text("Step 2 of 2")
    await walk.picture("who-did-it", walk.dialog)
    await walk.send("Log it")
    await walk.told("The playbook is in its thread")
    case = walk.public(CASE)
    await expect(case).to_contain_text("Two refunds to a stranger's card.")
    await walk.picture("case", case)
    await walk.open(CASE)
    playbook = walk.reply("Possible intruder in our account")
    await expect(playbook).to_contain_text("Lock them out")
    await walk.picture("playbook", playbook)
    await walk.picture("playbook", playbook, dark=True)


async def _support_is_asked(walk: Guard) -> None:
    await walk.press(walk.public(CASE), "Ask Amazon's support")
    await expect(walk.dialog.get_by_label("Someone got into our account")).to_be_checked()
    await walk.picture("what-is-it-about", walk.dialog)
    await walk.press(walk.dialog, "Continue")
    happened = "On Monday we found a user that we do not know, and two refunds."
    await walk.dialog.get_by_label("What happened?").fill(happened)
    await walk.dialog.get_by_label("We have changed the passwords").check()
    await walk.dialog.get_by_label("Other steps").fill("We have removed the strange user.")
    await walk.picture("what-was-done", walk.dialog)
    await walk.press(walk.dialog, "Continue")
    text = walk.dialog.get_by_label("Text")
    draft = await text.input_value()
    assert "an unauthorized person accessed our selling account." in draft
    threat = f"{draft}\n\nAnswer today, or our lawyer will write to you."
    rule = "Courteous and professional"
    await walk.refused("Text", threat, "Ready", rule)
    await walk.picture("text-refused", walk.dialog)
    await text.fill(draft)
    await walk.send("Ready")


async def _it_is_sent(walk: Guard) -> None:
    letter = walk.reply("L-1 is ready to send")
    await expect(letter).to_contain_text("We have removed the strange user.")
    await expect(letter).to_contain_text("If you are locked out")
    await walk.picture("letter", letter)
    await walk.press(letter, "I sent it")
    await walk.dialog.get_by_label("Amazon's case ID").fill(TICKET)
    await walk.picture("i-sent-it", walk.dialog)
    await walk.send("Save")
    sent = walk.reply("L-1 was sent to Amazon's support")
    await expect(sent).to_contain_text(TICKET)
    await walk.picture("with-support", sent)
    await walk.leave()


async def _the_attacks_are_analysed(walk: Guard) -> None:
    shown = await walk.type("/attacks")
    for told in ("Intruder in our account", "comes back", "in the 28 days before"):
        await expect(shown).to_contain_text(told)
    await walk.picture("attacks", shown)
    await walk.press(shown, "Post charts to channel")
    drawn = walk.public("Attacks: ")
    for title in DRAWN:
        chart = drawn.get_by_role("img", name=re.compile(f"^{title}"))
        await expect(chart).to_be_visible(timeout=WAIT)
        await expect(chart).not_to_have_js_property("naturalWidth", 0)
    await walk.picture("attacks-drawn", drawn)
    await walk.picture("attacks-drawn", drawn.get_by_role("img").nth(1), dark=True)
    await walk.press(shown, "List attacks")
    await walk.picture("list", walk.private("Attacks and unknown sellers"))


async def _a_buyer_is_told(walk: Guard) -> None:
    await walk.ask("/buyer")
    situation = walk.dialog.get_by_label("What happened?")
    await situation.select_option(label="They received the wrong item")
    await walk.dialog.get_by_label("No, we write first").check()
    await walk.dialog.get_by_label("We ship it ourselves").check()
    await walk.dialog.get_by_label("A replacement").check()
    await walk.picture("buyer", walk.dialog)
    await walk.press(walk.dialog, "Continue")
    await walk.dialog.get_by_label("Order ID").fill(ORDER)
    await walk.refused("When was it ordered?", _days_ago(-1), "Continue", "in the future")
    await walk.picture("not-yet-ordered", walk.dialog)
    await walk.dialog.get_by_label("When was it ordered?").fill(_days_ago(3))
    await walk.press(walk.dialog, "Continue")
    text = walk.dialog.get_by_label("Text")
    draft = await text.input_value()
    assert ORDER in draft
    rule = "Doesn't ask to change or remove a review"
    await walk.refused("Text", f"{draft}\nPlease change your review.", "Ready", rule)
    await walk.picture("message-refused", walk.dialog)
    await text.fill(draft)
    await walk.send("Ready")
    letter = walk.private("L-2 is ready to send")
    await expect(letter).to_contain_text("Brandwarden sends nothing to buyers")
    await walk.picture("message", letter)
    await walk.press(letter, "I sent it")
    await expect(walk.private("L-2 was sent to the buyer")).to_be_visible()
    await expect(await walk.type("/letters")).to_contain_text("2 letters")
    await walk.picture("letters", walk.private("2 letters"))


async def _a_viewer_may_only_look(walk: Guard) -> None:
    await walk.open(CASE)
    await walk.may_only_look(
        (walk.public(CASE), "Ask Amazon's support"),
        (walk.reply("Possible intruder in our account"), "Begin"),
        (walk.reply("L-1 was sent to Amazon's support"), "Amazon answered"),
    )
    await walk.picture("viewer", walk.reply("L-1 was sent to Amazon's support"))
    await walk.leave()
    await walk.ask("/buyer")
    await walk.told("Your role is viewer")


def _days_ago(days: int) -> str:
    day: date = datetime.now(UTC).date() - timedelta(days=days)
    return day.isoformat()
