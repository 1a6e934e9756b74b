"""Pressing a button by its name, wherever its card has it."""

from __future__ import annotations

from playwright.async_api import Locator


async def aim(button: Locator) -> None:
    """Press a button as people do: they see it, move there, and press.

    A pointer that rests where it pressed before has aimed at nothing that came there since.
    """
    await button.wait_for()
    await button.page.mouse.move(0, 0)
    await button.click()


async def press(place: Locator, name: str) -> None:
    """Press the one button in the place that is called exactly so; a menu is opened for it."""
    wanted = place.page.get_by_role("button", name=name, exact=True, include_hidden=True)
    await place.filter(has=wanted).first.wait_for(state="attached")
    folded = place.locator("details.more:not([open])").filter(has=wanted)
    if await folded.count():
        await aim(folded.locator("summary"))
    await aim(place.get_by_role("button", name=name, exact=True))
