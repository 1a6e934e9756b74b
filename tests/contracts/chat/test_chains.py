"""One flow after another: its end may begin the next one, whose form follows on every chat."""

from __future__ import annotations

from bot.core.collections import SESSIONS
from bot.features.letters.collections import LETTERS
from tests.contracts.chat.rig import Rig, ShownForm

ORDER = "123-1234567-1234567"


async def opened(rig: Rig) -> None:
    """Go through the forms of /buyer."""
    await rig.moves_in()
    await rig.types("buyer")
    await rig.until(lambda: rig.form)
    await rig.fills_in(
        {
            "What happened?": "The order is late",
            "Did the buyer write first?": "Yes, this is our reply",
            "Who ships the order?": "We ship it ourselves",
            "The buyer's language": "English",
            "What do you offer?": "Information only",
        }
    )
    await rig.hands_in()
    await rig.fills_in({"Order ID": ORDER, "When was it ordered?": "2026-11-20"})
    await rig.hands_in()


def form_of(rig: Rig) -> ShownForm:
    """Return the form that is open."""
    assert rig.form is not None
    return rig.form


async def test_the_end_of_a_wizard_begins_the_next(rig: Rig) -> None:
    await opened(rig)
    assert "Message to the buyer" in form_of(rig).text
    await rig.hands_in()
    await rig.until(lambda: rig.form is None)
    [letter] = await rig.team.app.store.page(LETTERS)
    assert ORDER in letter.text
    assert await rig.team.app.store.count(SESSIONS) == 0


async def test_what_the_next_one_refuses_stands_beside_its_field(rig: Rig) -> None:
    await opened(rig)
    await rig.fills_in({"Text": f"Order {ORDER} is late, and we are sorry. Call us."})
    await rig.hands_in()
    assert "No contact details" in form_of(rig).errors["Text"]
    assert await rig.team.app.store.count(LETTERS) == 0


async def test_what_only_the_store_can_refuse_stands_beside_its_field(rig: Rig) -> None:
    await opened(rig)
    await rig.hands_in()
    await rig.until(lambda: rig.form is None)
    await opened(rig)
    assert "No repeat requests" in form_of(rig).errors["Order ID"]
