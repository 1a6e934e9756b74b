"""A checklist from post to done, as people walk it: drift, a problem, who is late, the score.

Every screen is kept as a picture in ``build/pictures/guard``, wide and as a phone shows it. Days do
not pass: the stopped demo's moments are made older. People are reminded only at work, so the team
is moved to a zone in which it is a work hour now; at a weekend there is none, and what needs one is
left out here (``tests/journeys/test_year_of_rounds.py`` has it for every day of a year).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from adapters.web.messages import WEB_MESSAGES
from bot.cli.demo_past import COMES_AFTER, USERS
from bot.cli.serving import DEMO
from bot.core.collections import CHECKLIST_SCHEDULES
from bot.features.checklists.collections import RUNS
from tests.browser.conftest import PATIENCE
from tests.browser.demo import Demo, demo
from tests.browser.entering import enter
from tests.browser.guard_walk import WIDE, Guard, later, until_reminded, work_zone
from tests.browser.test_journey import WAIT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CHECKLIST = r"Account security, week \d+"
STRANGER = "temp-va-77 (everything)"


async def test_a_checklist_from_post_to_done(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / DEMO
    expect.set_options(timeout=PATIENCE)
    async with demo(tmp_path) as running:
        await page.set_viewport_size(WIDE)
        await enter(page, await running.start())
        walk = Guard(page, "checklist")
        await later(walk, running, folder, COMES_AFTER, [CHECKLIST_SCHEDULES])
        await _it_is_posted(walk)
        await _a_viewer_may_only_look(walk)
        await walk.be("Ana")
        await _items_are_answered(walk)
        await _a_secret_is_refused_and_a_stranger_named(walk)
        await _the_stranger_becomes_a_case(walk)
        zone = work_zone(datetime.now(UTC))
        if zone:
            await _who_is_late_is_reminded(walk, running, folder, zone)
        await walk.be("Ana")
        await _the_rest_is_answered(walk)
        await _the_score_is_shown(walk)


async def _it_is_posted(walk: Guard) -> None:
    card = walk.public(CHECKLIST)
    await expect(card).to_contain_text("6 items, about 12 minutes", timeout=WAIT)
    await expect(card).to_contain_text("for Ana")
    await walk.picture("posted", card)


async def _a_viewer_may_only_look(walk: Guard) -> None:
    await walk.be("Vik")
    shown = await walk.type("/security")
    await walk.may_only_look((walk.public(CHECKLIST), "Begin"))
    await walk.lacks(shown, "Post charts to channel")


async def _items_are_answered(walk: Guard) -> None:
    await walk.press(walk.public(CHECKLIST), "Begin")
    await walk.picture("item", walk.private())
    await walk.press(walk.private("two-step"), "Explain")
    await expect(walk.private("two-step")).to_contain_text("Part of")
    await walk.picture("explained", walk.private())
    await walk.press(walk.private("two-step"), "Not for us")
    await expect(walk.public(CHECKLIST)).to_contain_text("– We control two-step")  # noqa: RUF001


async def _a_secret_is_refused_and_a_stranger_named(walk: Guard) -> None:
    await walk.press(walk.private("We know every user"), "Done")
    users = "\n".join([*USERS, STRANGER])
    await walk.refused("List all users", f"{users}\npassword: Hunter2!xy", "Done", "looks like")
    await walk.picture("secret", walk.dialog)
    await walk.dialog.get_by_label("List all users").fill(users)
    await walk.send("Done")
    item = walk.private("All sign-ins")
    await expect(item).to_contain_text(f"1 user new since the last review: {STRANGER}")
    await walk.picture("next-item", item)


async def _the_stranger_becomes_a_case(walk: Guard) -> None:
    await walk.home()
    changed = walk.public("1 unknown user")
    await expect(changed).to_contain_text("Critical")
    await expect(changed).to_contain_text(STRANGER)
    await walk.picture("changed", changed, dark=True)
    await walk.press(changed, "Explain the changes")
    await expect(walk.dialog).to_contain_text(STRANGER)
    await walk.picture("explain", walk.dialog)
    await walk.send("Save")
    await walk.told("is open")
    case = walk.public("Problem: We know every user")
    await expect(case).to_contain_text("Critical")
    await expect(case).to_contain_text(f"Unknown users: {STRANGER}.")
    await walk.picture("case", case)


async def _who_is_late_is_reminded(walk: Guard, running: Demo, folder: Path, zone: str) -> None:
    await walk.be("Ana")
    await walk.type(f"/settings zone {zone}")
    for number in (1, 2):
        await running.kill()
        await until_reminded(folder, (RUNS, WEB_MESSAGES))
        await enter(walk.page, await running.start())
        await walk.open(CHECKLIST)
        reminder = walk.reply("4 items not answered").filter(has_text=f"Reminder {number} of 3")
        await expect(reminder).to_contain_text("Ana: All sign-ins", timeout=WAIT)
        asked = re.compile("Ben, please follow up")
        await expect(reminder.get_by_text(asked)).to_have_count(number - 1)
        await walk.picture(f"reminder-{number}", reminder)
        await walk.leave()


async def _the_rest_is_answered(walk: Guard) -> None:
    await walk.press(walk.public(CHECKLIST), "Continue")
    for title in ("All sign-ins", "No password is shared", "Orders, refunds", "We check messages"):
        await walk.press(walk.private(title), "Done")
    await expect(walk.private("All answered")).to_contain_text("✓ We check messages")
    await walk.picture("that-was-all", walk.private())
    over = walk.public(f"{CHECKLIST}: all answered")
    await expect(over).to_contain_text("4 done, 1 problem, 1 not for us")
    await walk.picture("all-answered", over)


async def _the_score_is_shown(walk: Guard) -> None:
    shown = await walk.type("/security")
    await expect(shown).to_contain_text(re.compile(r"Security score: \d+/100"))
    await expect(shown).to_contain_text("Biggest gaps")
    await walk.picture("security", shown)
    await walk.picture("security", shown, dark=True)
    await walk.press(shown, "Post charts to channel")
    drawn = walk.public("Security score:")
    course = drawn.get_by_role("img", name=re.compile("^Security score over time"))
    await expect(course).to_be_visible(timeout=WAIT)
    await expect(course).not_to_have_js_property("naturalWidth", 0)
    await walk.picture("course", drawn)
    await walk.picture("course", drawn, dark=True)
    await walk.press(shown, "All items")
    await walk.picture("all-parts", walk.private("All items"))
