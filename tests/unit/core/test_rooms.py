"""Whose word counts in a chat, and where its alerts go."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.channel_bindings import open_room
from bot.core.chat import MessageRef
from bot.core.chat_troubles import Topic
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX, POSTED, TROUBLES, PostedMessage
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.interactions import (
    AnyInteraction,
    Arrival,
    Ask,
    Audience,
    Click,
    Command,
    Notice,
    Place,
    Post,
    Reply,
    Submission,
    Update,
)
from bot.core.outbox import Outbox
from bot.core.permissions import Person, Role
from bot.core.router import Router
from bot.core.troubles import end_trouble, note_trouble
from bot.errors import ChatError, Refusal
from tests.fakes import FakeChat
from tests.unit.conftest import ANA, BEN, OWN, THIEF, VIK, Team, card_text, notice, offer

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70")
ALERTS = Place(chat="far", workspace="T1", channel="C1", name="brand-alerts")


class Far:
    """A second chat of the team, far from the first."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.chat = FakeChat()
        both = Outbox(team.clock, ("web", "far"), simulated=True)
        # The context is shared by all that looks and answers, so both chats hear of everything.
        object.__setattr__(team.app, "outbox", both)
        self.router = Router(team.app, team.monitor)
        self.dispatcher = OutboxDispatcher(team.app, "far", self.chat)
        self._ids = 0

    async def does(self, asked: AnyInteraction) -> list[Reply]:
        replies = await self.router.handle(asked)
        await self.team.dispatcher.deliver()
        await self.dispatcher.deliver()
        return replies

    async def types(
        self, text: str, where: Place = ALERTS, who: tuple[Person, Role] = ANA
    ) -> list[Reply]:
        name, _, rest = text.partition(" ")
        self._ids += 1
        return await self.does(
            Command(
                id=f"far-{self._ids}",
                who=who[0],
                role=who[1],
                where=where,
                at=self.team.clock.now,
                name=name,
                text=rest,
            )
        )

    async def presses(
        self, action: str, ref: str, where: Place = ALERTS, audience: Audience = Audience.ALL
    ) -> list[Reply]:
        self._ids += 1
        return await self.does(
            Click(
                id=f"far-{self._ids}",
                who=ANA[0],
                role=ANA[1],
                where=where,
                at=self.team.clock.now,
                audience=audience,
                action=action,
                ref=ref,
            )
        )

    async def arrives(
        self, where: Place = ALERTS, id: str = "a1", who: tuple[Person, Role] = ANA
    ) -> list[Reply]:
        return await self.does(
            Arrival(id=id, who=who[0], role=who[1], where=where, at=self.team.clock.now)
        )

    async def looks(self) -> None:
        await self.team.look(OURS, THEIRS)
        await self.dispatcher.deliver()

    def titles(self) -> list[str]:
        return [self.chat.cards[key].title for key in self.chat.order]


@pytest.fixture
async def far(team: Team) -> Far:
    await open_room(team.app.store, "far", "T1")
    return Far(team)


async def test_the_first_command_lets_alerts_come_to_its_channel(far: Far) -> None:
    await far.types("watches")
    assert far.titles() == ["Alerts now appear in this channel"]
    await far.looks()
    assert [far.chat.messages["C-1"].channel, far.team.chat.messages["C-1"].channel] == [
        "C1",
        "brand-alerts",
    ]


async def test_a_member_does_not_decide_where_alerts_come(far: Far) -> None:
    await far.arrives(who=BEN)
    [*_, told] = await far.types("watches", who=BEN)
    assert isinstance(told, Notice)
    assert told.text.startswith("No channel is set for alerts yet. Ask an admin to type /settings")
    assert far.titles() == []
    await far.types("watches")
    assert far.titles() == ["Alerts now appear in this channel"]


async def test_the_first_message_of_an_open_channel_says_what_to_do(far: Far) -> None:
    await far.types("watches", msgspec.structs.replace(ALERTS, open=True))
    [card] = far.chat.cards.values()
    assert "does not make them members" in card.body
    assert "BRANDWARDEN_MEMBERS" in card.body


async def test_being_let_into_a_channel_does_too_and_only_once(far: Far) -> None:
    await far.arrives()
    await far.arrives(id="a1")
    await far.arrives(Place(chat="far", workspace="T1", channel="C2"), id="a2")
    assert far.titles() == ["Alerts now appear in this channel"]
    room = await far.team.app.store.get(CHANNEL_BINDINGS, "far")
    assert room is not None
    assert room.channel == "C1"


@pytest.mark.parametrize(
    ("where", "who"),
    [
        (Place(chat="far", workspace="T1", channel="D1", private=True), ANA),
        (ALERTS, VIK),
    ],
)
async def test_alerts_never_come_where_one_person_reads_or_a_viewer_asks(
    far: Far, where: Place, who: tuple[Person, Role]
) -> None:
    await far.types("watches", where, who)
    assert far.chat.order == []


async def test_what_nobody_could_read_does_not_pile_up_and_open_cases_come_later(far: Far) -> None:
    await far.looks()
    assert await far.team.app.store.count(OUTBOX) == 0
    await far.types("watches")
    await far.types("acknowledge 1")
    assert far.titles()[1:] == [far.team.chat.cards["C-1"].title, "Ana acknowledged it."]
    thread = far.chat.messages["C-1/2"].thread
    assert thread is not None
    assert thread.id == "C-1"


@pytest.mark.parametrize("workspace", ["T2", ""])
async def test_another_workspace_is_not_listened_to(far: Far, workspace: str) -> None:
    await far.types("watches")
    await far.looks()
    elsewhere = Place(chat="far", workspace=workspace, channel="C1")
    assert "works for another team" in notice(await far.types("watches", elsewhere))
    assert "works for another team" in notice(await far.presses("acknowledge", "1", elsewhere))
    assert "works for another team" in notice(await far.arrives(elsewhere, "a9"))
    assert "not acknowledged yet" in str(far.chat.cards["C-1"].fields)


async def test_a_chat_that_is_not_connected_is_not_listened_to(far: Far) -> None:
    nowhere = Place(chat="near", workspace="", channel="C1")
    assert "works for another team" in notice(await far.types("watches", nowhere))


async def test_a_public_card_is_pressed_where_alerts_go_or_went(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    moved = Place(chat="far", workspace="T1", channel="C2", name="new")
    await far.types("settings channel here", moved)
    assert await far.presses("acknowledge", "1") == []
    foreign = Place(chat="far", workspace="T1", channel="C9")
    assert "another team" in notice(await far.presses("assign", "1", foreign))
    [own] = await far.presses("assign", "1", foreign, Audience.ONE)
    assert isinstance(own, Update)


async def test_another_workspace_begins_without_a_channel(far: Far) -> None:
    await far.types("watches")
    await open_room(far.team.app.store, "far", "T7")
    room = await far.team.app.store.get(CHANNEL_BINDINGS, "far")
    assert room is not None
    assert (room.workspace, room.channel) == ("T7", "")


async def test_a_thread_knows_its_case(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    thread = Place(chat="far", workspace="T1", channel="C1", thread="C-1")
    [shown] = await far.types("case", thread)
    assert isinstance(shown, Post)
    assert shown.card.footer.startswith("C-1")
    assert "Added to C-1" in notice(await far.types("note They answered our letter.", thread))
    assert far.titles()[-1] == "Ana: They answered our letter."
    assert "Which case?" in notice(await far.types("case"))


async def test_buttons_equal_typed_commands(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    [shown] = await far.types("acknowledge C-1")
    assert isinstance(shown, Post)
    assert "Acknowledged by Ana" in str(shown.card.fields)
    viewer = await far.types("acknowledge 1", who=VIK)
    assert "Only members can" in notice(viewer)


async def test_a_flood_is_one_message_whose_thread_holds_the_cases(far: Far) -> None:
    await far.types("watches")
    flood = [offer(f"A1STRANGER{number:04d}", "18.70") for number in range(60)]
    await far.team.look(OURS, *flood)
    await far.dispatcher.deliver()
    top = [key for key in far.chat.order if far.chat.messages[key].thread is None]
    waves = [key for key in top if key.startswith("wave-")]
    assert len(waves) == 1
    assert len(top) == 1 + 5 + 1
    assert len(far.chat.order) == 1 + 60 + 1
    assert far.chat.cards[waves[0]].title.startswith("55 more cases within 1 min")
    pinged = [key for key, message in far.chat.messages.items() if message.ping]
    assert set(pinged) <= set(top)
    await far.types("acknowledge 40")
    last = far.chat.messages[far.chat.order[-1]]
    assert last.thread is not None
    assert last.thread.id == waves[0]


NEW = Place(chat="far", workspace="T1", channel="C2", name="new-alerts")


def dead(why: str = "That channel is archived.") -> ChatError:
    return ChatError(why, refusal=Refusal.ROOM, remedy="Choose another channel.")


async def test_alerts_move_only_when_a_first_message_has_arrived(far: Far) -> None:
    await far.types("watches")
    far.chat.dead["C2"] = dead("I am not in that channel.")
    said = notice(await far.types("settings channel here", NEW))
    assert "Once it arrives" in said
    await far.looks()
    assert far.chat.messages["C-1"].channel == "C1"
    health = card_text(await far.types("health"))
    assert "Could not post in #new-alerts: I am not in that channel." in health
    assert "Choose another channel." in health


async def test_where_the_chat_says_that_we_cannot_post_alerts_do_not_move(far: Far) -> None:
    await far.types("watches")
    closed = msgspec.structs.replace(NEW, lacks="I cannot post in this channel. Let me in first.")
    assert notice(await far.types("settings channel here", closed)) == closed.lacks
    room = await far.team.app.store.get(CHANNEL_BINDINGS, "far")
    assert room is not None
    assert (room.channel, room.candidate) == ("C1", "")


async def test_a_first_command_where_we_cannot_post_says_so(far: Far) -> None:
    closed = msgspec.structs.replace(ALERTS, lacks="I cannot post in this channel.")
    shown, said = await far.types("watches", closed)
    assert isinstance(shown, Post)
    assert isinstance(said, Notice)
    assert said.text == "No channel is set for alerts yet. I cannot post in this channel."
    assert far.chat.order == []


async def test_after_a_move_every_open_case_goes_on_in_the_new_channel(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    await far.team.look(OURS, THEIRS, offer("A2OTHERSELLER1", "18.70"))
    await far.types("close 2 false-alarm")
    await far.types("settings channel here", NEW)
    there = [key for key, message in far.chat.messages.items() if message.channel == "C2"]
    assert "C-1" in there
    await far.types("note 1 It goes on.", NEW)
    last = far.chat.messages[far.chat.order[-1]]
    assert last.thread is not None
    assert last.channel == "C2"
    assert far.chat.messages["C-1"].channel == "C2"


async def test_a_dead_channel_is_told_elsewhere_and_left_for_a_living_one(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    far.chat.dead["C1"] = dead()
    await far.types("note 1 Nobody reads this yet.")
    await far.team.dispatcher.deliver()
    [told] = [key for key in far.team.chat.order if key.startswith("trouble-")]
    assert "That channel is archived." in far.team.chat.cards[told].body
    assert "Alerts do not reach the channel in Far" in card_text(await far.types("health"))
    await far.types("settings channel here", NEW)
    for _ in range(3):
        far.team.clock.advance(minutes=6)
        await far.dispatcher.deliver()
        await far.team.dispatcher.deliver()
    assert await far.team.app.store.count(OUTBOX) == 0
    assert far.chat.messages["C-1"].channel == "C2"
    titles = [far.chat.cards[key].title for key in far.chat.order]
    assert "Ana: Nobody reads this yet." in titles
    assert far.team.chat.cards[told].title == "Alerts reach the channel in Far again"


async def test_a_channel_that_is_new_hears_what_is_wrong_with_the_other_chats(far: Far) -> None:
    app = far.team.app
    async with app.store.transaction() as tx:
        await note_trouble(app, tx, "web", Topic.DELIVERY, "No login.", "Make a new token.")
    # Nobody could read it when it was told.
    await far.dispatcher.deliver()
    keys = set()
    for where in (ALERTS, NEW):
        await far.types("settings channel here", where)
        await far.dispatcher.deliver()
        [told] = [m for m in far.chat.messages.values() if m.key.startswith("trouble-")]
        assert told.channel == where.channel
        assert "Make a new token." in told.card.body
        keys.add(told.key)
    [key] = keys
    async with app.store.transaction() as tx:
        await end_trouble(app, tx, "web", Topic.DELIVERY)
    await far.dispatcher.deliver()
    assert far.chat.cards[key].title == "Web accepts messages again"


async def test_a_thread_in_a_former_channel_that_died_goes_on_where_alerts_go(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    await far.types("settings channel here", NEW)
    async with far.team.app.store.transaction() as tx:
        tx.put(POSTED, PostedMessage.at("far", "C-1", MessageRef("C1", "C-1")))
    far.chat.dead["C1"] = dead()
    await far.types("acknowledge 1")
    far.team.clock.advance(minutes=6)
    await far.dispatcher.deliver()
    assert await far.team.app.store.count(OUTBOX, "chat", "far") == 0
    assert far.chat.messages[far.chat.order[-1]].channel == "C2"
    assert await far.team.app.store.count(TROUBLES) == 0


async def test_the_thread_of_a_closed_case_is_folded_away(far: Far) -> None:
    await far.types("watches")
    await far.looks()
    [ask] = await far.types("close 1")
    assert isinstance(ask, Ask)
    await far.does(
        Submission(
            id="s1",
            who=ANA[0],
            role=ANA[1],
            where=ALERTS,
            at=far.team.clock.now,
            session=ask.session,
            step=ask.step,
            answers={"reason": "false-alarm"},
        )
    )
    assert far.chat.closed == ["C-1"]
    assert far.chat.order[-1] == "C-1/2"
