"""What /health says of pages: which nobody approved, and which parts could not be checked."""

from __future__ import annotations

from bot.core.cards import Button, Field
from bot.core.views.context import field
from bot.core.views.lists import counted
from bot.features.pages.models import FIELD_NAMES, PageHealth
from bot.features.pages.views.approval import REVIEW

ASKED = "health"
"""What the button refers to on the card of /health."""


def page_fields(health: PageHealth) -> list[Field]:
    """Say what of pages needs a person, or could not be checked; nothing where all is well."""
    fields = []
    if health.waiting:
        told = f"{health.waiting:,}"
        if health.differing:
            told = f"{told}: {health.differing:,} unlike your own data"
        fields.append(field("Pages not approved yet", told))
    if health.partly:
        parts = ", ".join(FIELD_NAMES.get(part, part).lower() for part, _ in health.parts)
        told = f"Could not check on {counted(health.partly, 'page')}: {parts}"
        fields.append(field("Parts of pages", told, wide=True))
    return fields


def page_buttons(health: PageHealth) -> tuple[Button, ...]:
    """Lead to the pages that a person has to look at."""
    if not health.waiting:
        return ()
    return (Button(label="Review pages", action=REVIEW, ref=ASKED),)
