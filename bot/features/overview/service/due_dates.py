"""All that is due: for the card of /todo calendar, and for the calendar file."""

from __future__ import annotations

from bot.core.calendar_file import CalendarFile, Due, write_calendar
from bot.core.context import AppContext
from bot.core.interface import speak, tr
from bot.core.store import Transaction


async def all_due(app: AppContext, tx: Transaction) -> list[Due]:
    """Return what is due in all features, in their order."""
    return [each for provide in app.features.due for each in await provide(app, tx)]


async def calendar_file(app: AppContext, tx: Transaction, _: CalendarFile) -> str:
    """Return the calendar file, in the language of the interface."""
    with speak(await app.language()):
        name = tr("{brand}: due dates", brand=app.brand.name)
        if app.brand.simulated:
            name = tr("{name} (simulated)", name=name)
        return write_calendar(name, await all_due(app, tx), app.clock())
