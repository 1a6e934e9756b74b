"""Words that are removed from a case leave the messages that showed them, in every chat."""

from __future__ import annotations

from bot.features.cases.collections import ENTRIES
from tests.contracts.chat.rig import Rig

WHY = "Why?"
TEAM_KNOWS = "What should the team know?"
WORDS = "Jane Roe of Elm Street called"


async def test_removed_words_are_changed_where_they_stand(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Add a note", alert)
    await rig.until(lambda: rig.form)
    await rig.fills_in({TEAM_KNOWS: WORDS})
    await rig.hands_in()
    await rig.until(lambda: "Added to C-1" in rig.private[-1].text)
    await rig.sends()
    before = [each.text for each in await rig.replies(alert)]
    assert any(WORDS in each for each in before), before
    number = len(await rig.replies(alert))
    entry = (await rig.team.app.store.page(ENTRIES))[-1]
    await rig.types(f"redact 1 {entry.place}")
    await rig.until(lambda: rig.form)
    await rig.fills_in({WHY: "A buyer is named"})
    await rig.hands_in()
    await rig.until(lambda: "Removed the text" in rig.private[-1].text)
    await rig.sends()
    shown = await rig.replies(alert)
    assert len(shown) == number + 1
    assert not any("Elm Street" in each.text for each in shown)
    assert any("[removed]" in each.text for each in shown)
