"""Items of a checklist on every chat: one person sees one, in the place of the one before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.chat import MessageRef
from bot.core.collections import POSTED, PostedMessage
from bot.features.checklists.collections import DECISIONS
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.service.posting import post
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import Point, Review
from bot.features.reviews.service.reviewing import head
from bot.features.reviews.views import point_card
from tests.contracts.chat.rig import Rig
from tests.unit.conftest import Team
from tests.unit.features.checklists.guarding import KEYS, MAIL, SECURITY, USERS, checklist_run

WHICH = "List all users"


@pytest.fixture
def team(team: Team) -> Team:
    """The team has a checklist."""
    resources = team.app.resources.having(CHECKLISTS, (SECURITY,))
    object.__setattr__(team.app, "resources", resources)
    return team


async def posted(rig: Rig, message: str) -> MessageRef:
    """Send what waits, and return where the message stands."""
    await rig.sends()
    found = await rig.team.app.store.get(POSTED, PostedMessage.key_of(rig.name, message))
    assert found is not None
    return found.ref


async def begun(rig: Rig) -> int:
    """Begin a checklist, and return how many cards the person has then."""
    await rig.moves_in()
    async with rig.team.app.store.transaction() as tx:
        await post(rig.team.app, tx, checklist_run(rig.team.clock.now))
    await rig.presses("Begin", await posted(rig, "K-1"))
    await rig.until(lambda: USERS.title in rig.private[-1].text)
    return len(rig.private)


async def test_an_item_stands_in_the_place_of_the_one_before(rig: Rig) -> None:
    cards = await begun(rig)
    for button, shown in (("Skip", KEYS), ("Done", MAIL), ("Back", KEYS)):
        await rig.presses(button)
        await rig.until(lambda: shown.title in rig.private[-1].text)  # noqa: B023
    assert len(rig.private) == cards


async def test_who_goes_on_at_the_end_has_one_card_as_before(rig: Rig) -> None:
    cards = await begun(rig)
    for button, shown in (
        *(("Skip", KEYS.title), ("Skip", MAIL.title), ("Skip", "3 items left for later")),
        ("Continue", USERS.title),
    ):
        await rig.presses(button)
        await rig.until(lambda: shown in rig.private[-1].text)  # noqa: B023
    assert len(rig.private) == cards


async def test_what_a_form_brings_stands_in_the_place_of_the_card_that_asked(rig: Rig) -> None:
    cards = await begun(rig)
    await rig.presses("Done")
    await rig.until(lambda: rig.form)
    await rig.fills_in({WHICH: "ana\nben\n- temp-va"})
    await rig.hands_in()
    await rig.until(lambda: KEYS.title in rig.private[-1].text)
    assert "First time, so nothing to compare." in rig.private[-1].text
    assert (len(rig.private), rig.form) == (cards, None)


async def test_what_looks_like_a_secret_is_refused_beside_its_field(rig: Rig) -> None:
    await begun(rig)
    await rig.presses("Done")
    await rig.until(lambda: rig.form)
    await rig.fills_in({WHICH: "ana\npassword: hunter2hunter2"})
    await rig.hands_in()
    assert rig.form is not None
    assert "Line 2 looks like" in rig.form.errors[WHICH]


async def test_the_only_option_can_be_chosen(rig: Rig) -> None:
    """Nobody has a duty yet, so whoever decides is the only one who can do it."""
    await rig.moves_in()
    today = rig.team.clock.now.date()
    point = Point(heading="1 unsolved problem", says="Users.", propose="Solve it.")
    review = Review(
        number=1,
        quarter="2026 Q4",
        since=today - timedelta(days=50),
        until=today,
        points=(point,),
        numbers=(),
        made_at=rig.team.clock.now,
    )
    async with rig.team.app.store.transaction() as tx:
        tx.put(REVIEWS, review)
        rig.team.app.outbox.post(tx, head(review), point_card(review, 0, None))
    await rig.presses("Decide", await posted(rig, head(review)))
    await rig.until(lambda: rig.form)
    await rig.fills_in({"Who will do it?": "Me", "What will be done?": "Remove temp-va."})
    await rig.hands_in()
    await rig.until(lambda: rig.private and "Decision saved: Ana" in rig.private[-1].text)
    [decided] = await rig.team.app.store.page(DECISIONS)
    assert (decided.text, decided.owner.name) == ("Remove temp-va.", "Ana")
