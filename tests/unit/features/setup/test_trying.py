"""A test alert: it says that it is one, is acknowledged like any other, and counts for nothing."""

from __future__ import annotations

from bot.core.collections import OUTBOX, TEAMS
from bot.core.findings import Severity
from bot.core.mentions import Mention
from bot.core.team import Team as Settings
from bot.errors import ChatError
from bot.features.cases.collections import CASES
from bot.features.setup.collections import TRIAL_ALERTS
from bot.features.setup.models import LASTS
from bot.features.setup.service.following import SetupFollowing
from tests.unit.conftest import BEN, Team, notice

ONCALL = Mention(chat="web", id="ben", name="Ben")


async def sent(team: Team, ref: str = "") -> str:
    """Send one, and return its id."""
    await team.press("send-test-alert", ref)
    [alert] = await team.app.store.page(TRIAL_ALERTS)
    return alert.id


async def call_ben(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(oncall=(ONCALL,), calls_from=Severity.CRITICAL))


async def test_it_says_that_it_is_a_test_and_has_a_thread(team: Team) -> None:
    message = f"test-alert-{await sent(team)}"
    card = team.chat.cards[message]
    assert card.notification == "Test · Test alert: nothing has happened · Alerts arrive here"
    assert "about no seller and no product" in card.body
    assert card.simulated
    assert team.chat.cards[f"{message}/thread"].title == "This is a test alert's thread"


async def test_it_is_no_case(team: Team) -> None:
    await sent(team)
    assert await team.app.store.count(CASES) == 0
    assert "Test alert" not in str(await team.type("/todo")) + str(await team.type("/digest"))


async def test_it_mentions_on_call_only_if_that_is_chosen(team: Team) -> None:
    await call_ben(team)
    assert notice(await team.press("send-test-alert", "")) == (
        "Sent a test alert. It mentions no one."
    )
    team.clock.advance(seconds=1)
    said = notice(await team.press("send-test-alert", "call"))
    assert said == "Sent a test alert that mentions Ben."
    heads = [team.chat.messages[key] for key in team.chat.order if key.startswith("test-alert-")]
    assert [each.mentions for each in heads if "/" not in each.key] == [(), (ONCALL,)]


async def test_where_no_one_is_on_call_it_says_that_no_one_is_mentioned(team: Team) -> None:
    assert "no one is on call" in notice(await team.press("send-test-alert", "call"))


async def test_one_person_acknowledges_it(team: Team) -> None:
    alert = await sent(team)
    await team.press("acknowledge-test", alert, BEN)
    card = team.chat.cards[f"test-alert-{alert}"]
    assert (card.fields[1].label, card.fields[1].value.split(",")[0]) == ("Acknowledged by", "Ben")
    assert [button.label for button in card.buttons] == ["Delete test"]
    assert notice(await team.press("acknowledge-test", alert)) == ("Ben already acknowledged this.")


async def test_deleted_it_leaves_one_line(team: Team) -> None:
    alert = await sent(team)
    await team.press("delete-test", alert, BEN)
    card = team.chat.cards[f"test-alert-{alert}"]
    assert (card.title, card.buttons) == ("Test alert deleted", ())
    assert await team.app.store.count(TRIAL_ALERTS) == 0
    for action in ("acknowledge-test", "delete-test"):
        assert notice(await team.press(action, alert)) == "This test alert was deleted."


async def test_deleted_before_a_chat_had_it_it_never_appears(team: Team) -> None:
    team.chat.out = ChatError("The chat is away.", certain=True)
    alert = await sent(team)
    await team.press("delete-test", alert)
    rows = await team.app.store.page(OUTBOX)
    assert not [row for row in rows if row.op == "post"]


async def test_after_a_day_it_deletes_itself(team: Team) -> None:
    alert = await sent(team)
    following = SetupFollowing(team.app)
    team.clock.advance(seconds=LASTS.total_seconds() - 1)
    await following.tick()
    assert await team.app.store.count(TRIAL_ALERTS) == 1
    team.clock.advance(seconds=1)
    await following.tick()
    await team.dispatcher.deliver()
    assert team.chat.cards[f"test-alert-{alert}"].title == "Test alert deleted"


async def test_there_are_never_many(team: Team) -> None:
    for _ in range(5):
        await team.press("send-test-alert", "")
        team.clock.advance(seconds=1)
    assert notice(await team.press("send-test-alert", "")) == (
        "There are 5 test alerts already. Delete one first."
    )
