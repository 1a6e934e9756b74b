"""A false complaint is appealed in Account Health: both chats say so under its case."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import opened, seen_in_both
from tests.journeys.hands import Answers
from tests.journeys.office import SLACK_ALERTS, Office

TEXT, COMPLAINT = "Text", "16872213344"
WHAT: Answers = {
    "What happened?": "False complaint against us",
    "How often?": "Once",
    "What was the damage?": "The pan is off the shelf since Tuesday.",
}
WHO: Answers = {"Who did it?": "Unknown", "Which products?": "B0ALDER001"}
DISPUTED: Answers = {"Complaint ID": COMPLAINT, "Who complained?": "Pan Rights Ltd"}
STORY: Answers = {
    "What happened?": "The patent that it names expired in 2024.",
    "Other steps": "We have printed the register's page.",
}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_a_false_complaint_is_appealed_in_account_health(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "Watching" in await ana.types("watch", "B0ALDER001")
    await ben.command("attack")
    await ben.answer(WHAT)
    assert "Logged A-1 in C-1." in await ben.says(WHO)
    await ana.press("C-1 ·", "Ask Amazon's support")
    await ana.answer({"Language of the request": "English"}, DISPUTED, STORY)
    draft = await ana.typed(TEXT)
    assert f"We dispute complaint {COMPLAINT} of " in draft
    assert "by Pan Rights Ltd, which led to the removal" in draft
    assert "Ana wrote L-1 to Amazon's support" in await ana.says({TEXT: draft})
    door = "open Performance, Account Health, and find the complaint"
    await seen_in_both(office, "L-1 is ready to send", door, under="C-1 ·")
