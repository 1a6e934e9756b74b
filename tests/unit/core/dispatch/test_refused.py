"""Every class of refusal: what becomes of the message, and that the next one arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.cards import Card
from bot.core.collections import OUTBOX, TROUBLES, UNDELIVERED
from bot.core.dispatch.giving_up import give_up
from bot.core.dispatch.refusals import TRIES
from bot.core.files import Upload
from bot.core.outbox import Outbox
from bot.errors import ChatError, MessageGone, Refusal
from tests.fakes import FakeChat
from tests.unit.conftest import Team, card_text

FILE = Upload("proof.pdf", "application/pdf", 3, "ab" * 32)


def refusal(kind: Refusal) -> ChatError:
    return ChatError(f"refused: {kind.value}", refusal=kind)


async def write(team: Team, *names: str, thread: str = "", files: tuple[Upload, ...] = ()) -> None:
    async with team.app.store.transaction() as tx:
        for name in names:
            team.app.outbox.post(tx, name, Card(title=name), thread=thread, files=files)


async def edit(team: Team, name: str, title: str) -> None:
    async with team.app.store.transaction() as tx:
        await team.app.outbox.edit(tx, name, Card(title=title))


async def pass_time(team: Team, tries: int = 1) -> None:
    for _ in range(tries):
        team.clock.advance(minutes=6)
        await team.dispatcher.deliver()


async def waiting(team: Team) -> int:
    return await team.app.store.count(OUTBOX)


async def begin(team: Team) -> None:
    await write(team, "C-1")
    await team.dispatcher.deliver()


async def test_a_form_that_is_refused_goes_as_plain_text(team: Team) -> None:
    team.chat.refuse_form.add("C-1")
    await write(team, "C-1", "C-2")
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1", "C-2"]
    assert team.chat.messages["C-1"].plain
    assert not team.chat.messages["C-2"].plain


async def test_files_that_are_refused_are_named_in_the_text_that_goes(team: Team) -> None:
    await begin(team)
    team.chat.refuse_files = refusal(Refusal.FILE)
    await write(team, "C-1/1", thread="C-1", files=(FILE,))
    team.clock.advance(minutes=2)
    await write(team, "C-1/2", thread="C-1")
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1", "C-1/1", "C-1/2"]
    assert "proof.pdf" in team.chat.cards["C-1/1"].body
    assert "refused: file" in team.chat.cards["C-1/1"].body


async def test_files_that_fail_after_their_text_is_there_change_the_text(team: Team) -> None:
    await begin(team)
    team.chat.refuse_files = refusal(Refusal.FILE)
    await write(team, "C-1/1", thread="C-1", files=(FILE,))
    # The chat has the text already when it refuses the files.
    [row] = await team.app.store.page(OUTBOX)
    found = team.chat.messages["C-1"]
    team.chat.messages[row.key] = found
    team.chat.cards[row.key] = row.card
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1"]
    assert "proof.pdf" in team.chat.cards["C-1/1"].body


@pytest.mark.parametrize("kind", [Refusal.EDIT, Refusal.FORM])
async def test_an_edit_that_can_never_be_is_shown_in_the_thread(team: Team, kind: Refusal) -> None:
    await begin(team)
    team.chat.refuse_edit["C-1"] = refusal(kind)
    await edit(team, "C-1", "Closed")
    await write(team, "C-1/1", thread="C-1")
    await team.dispatcher.deliver()
    [stand_in, line] = team.chat.order[1:]
    assert line == "C-1/1"
    assert team.chat.cards[stand_in].title == "Closed"
    thread = team.chat.messages[stand_in].thread
    assert thread is not None
    assert thread.id == "C-1"
    await edit(team, "C-1", "Open again")
    await team.dispatcher.deliver()
    assert team.chat.cards[stand_in].title == "Open again"
    assert len(team.chat.order) == 3
    assert await waiting(team) == 0


async def test_where_no_thread_can_be_opened_it_goes_beside_the_alert(team: Team) -> None:
    await begin(team)
    team.chat.refuse_thread["C-1"] = refusal(Refusal.THREAD)
    await write(team, "C-1/1", thread="C-1")
    await write(team, "C-2")
    await team.dispatcher.deliver()
    beside = team.chat.messages["C-1/1"]
    assert beside.thread is None
    assert beside.beside is not None
    assert beside.beside.id == "C-1"
    assert set(team.chat.order) == {"C-1", "C-1/1", "C-2"}


async def test_a_thread_whose_head_was_deleted_goes_on_in_the_channel(team: Team) -> None:
    await begin(team)
    team.chat.refuse_thread["C-1"] = MessageGone()
    await write(team, "C-1/1", thread="C-1")
    await write(team, "C-1/2", thread="C-1")
    await team.dispatcher.deliver()
    await pass_time(team)
    assert team.chat.messages["C-1/1"].thread is None
    assert await waiting(team) == 0


async def test_an_edit_of_a_deleted_message_is_dropped_and_the_next_news_posts_it(
    team: Team,
) -> None:
    await begin(team)
    team.chat.refuse_edit["C-1"] = MessageGone()
    await edit(team, "C-1", "one")
    await team.dispatcher.deliver()
    assert await waiting(team) == 0
    await edit(team, "C-1", "two")
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1", "C-1"]
    assert team.chat.cards["C-1"].title == "two"


async def test_what_may_pass_is_tried_as_long_as_it_takes_and_holds_only_its_thread(
    team: Team,
) -> None:
    await begin(team)
    team.chat.refuse["C-1/1"] = refusal(Refusal.LATER)
    await write(team, "C-1/1", thread="C-1")
    team.clock.advance(minutes=2)
    await write(team, "C-1/2", thread="C-1")
    await write(team, "C-2")
    await edit(team, "C-1", "newer")
    await pass_time(team, TRIES + 2)
    assert team.chat.order == ["C-1", "C-2"]
    assert team.chat.cards["C-1"].title == "newer"
    team.chat.refuse.clear()
    await pass_time(team)
    assert team.chat.order == ["C-1", "C-2", "C-1/1", "C-1/2"]


async def test_what_nobody_can_explain_is_given_up_in_the_end_and_said(team: Team) -> None:
    await begin(team)
    team.chat.refuse["C-1/1"] = refusal(Refusal.UNLISTED)
    await write(team, "C-1/1", thread="C-1")
    await team.dispatcher.deliver()
    await write(team, "C-1/2", thread="C-1")
    await pass_time(team, 3)
    assert "C-1/2" in team.chat.order
    await pass_time(team, TRIES)
    assert await waiting(team) == 0
    [gone] = await team.app.store.page(UNDELIVERED)
    assert (gone.title, gone.why) == ("C-1/1", "refused: unlisted")
    assert "Not delivered" in card_text(await team.type("/health"))


@pytest.mark.parametrize(
    ("lost", "thread", "where"), [("C-1", "", "C-1"), ("C-1/1", "C-1", "C-1"), ("hello/1", "", "")]
)
async def test_other_chats_are_told_of_it_in_the_thread_that_it_belongs_to(
    team: Team, lost: str, thread: str, where: str
) -> None:
    app = replace(team.app, outbox=Outbox(team.clock, ("web", "other"), simulated=True))
    async with app.store.transaction() as tx:
        app.outbox.post(tx, lost, Card(title=lost), thread=thread, only=["web"])
    [row] = await app.store.page(OUTBOX)
    async with app.store.transaction() as tx:
        await give_up(app, tx, row, "refused")
    [told] = await app.store.page(OUTBOX)
    assert (told.chat, told.thread, told.card.body) == ("other", where, "refused")
    assert told.card.title == f"Not delivered to Web: {lost}"


async def test_a_pause_that_a_chat_asks_for_holds_posts_and_not_edits(team: Team) -> None:
    await begin(team)
    team.chat.refuse["C-2"] = ChatError("slow down", retry_after=600)
    await write(team, "C-2", "C-3")
    await team.dispatcher.deliver()
    team.chat.refuse.clear()
    await edit(team, "C-1", "newer")
    team.clock.advance(seconds=599)
    await team.dispatcher.deliver()
    assert (team.chat.order, team.chat.cards["C-1"].title) == (["C-1"], "newer")
    team.clock.advance(seconds=2)
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1", "C-2", "C-3"]


@pytest.mark.parametrize("seconds", [-86_400, -120, 86_400, 400 * 86_400])
async def test_a_clock_that_is_set_delays_no_try(team: Team, seconds: int) -> None:
    team.chat.refuse["C-1"] = refusal(Refusal.LATER)
    await write(team, "C-1")
    await team.dispatcher.deliver()
    team.chat.refuse.clear()
    team.clock.step(seconds=seconds)
    team.clock.advance(seconds=2)
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1"]


class Out:
    """A chat that takes nothing for a while."""

    def __init__(self, team: Team, error: ChatError) -> None:
        self.team = team
        team.chat.out = error
        team.chat.requests = 0

    async def lasts(self, **length: float) -> int:
        """Let time pass, with a try every two seconds as the timetable has it; count requests."""
        end = self.team.clock.now + timedelta(**length)
        while self.team.clock.now < end:
            self.team.clock.advance(seconds=2)
            await self.team.dispatcher.deliver()
        return self.team.chat.requests


@pytest.mark.ci
@pytest.mark.parametrize("kind", [Refusal.CHAT, Refusal.ROOM])
async def test_a_day_without_the_chat_costs_few_requests(team: Team, kind: Refusal) -> None:
    outage = Out(team, refusal(kind))
    await write(team, *(f"C-{number}" for number in range(1, 301)))
    assert await outage.lasts(days=1) <= 300
    team.chat.out = None
    await pass_time(team)
    assert set(team.chat.order) == {f"C-{number}" for number in range(1, 301)}
    assert await team.app.store.count(TROUBLES) == 0


async def test_a_long_pause_that_the_whole_chat_asks_for_is_kept(team: Team) -> None:
    outage = Out(team, ChatError("banned", 3600, refusal=Refusal.CHAT))
    await write(team, "C-1")
    assert await outage.lasts(seconds=3590) == 1


async def test_one_message_that_always_times_out_does_not_stop_the_chat(team: Team) -> None:
    team.chat.refuse["C-1"] = refusal(Refusal.CHAT)
    await write(team, "C-1", "C-2", "C-3")
    outage = Out(team, refusal(Refusal.CHAT))
    team.chat.out = None
    await outage.lasts(minutes=5)
    assert set(team.chat.order) == {"C-2", "C-3"}


async def test_a_restart_in_an_outage_knows_of_it(team: Team) -> None:
    outage = Out(team, refusal(Refusal.CHAT))
    await write(team, "C-1", "C-2")
    await outage.lasts(minutes=5)
    team.chat.out = None
    fresh = type(team.dispatcher)(team.app, "web", team.chat)
    await fresh.deliver()
    team.clock.advance(minutes=6)
    await fresh.deliver()
    assert set(team.chat.order) == {"C-1", "C-2"}
    assert await team.app.store.count(TROUBLES) == 0


async def test_another_chat_hears_once_what_is_wrong_and_once_that_it_is_over(team: Team) -> None:
    other = FakeChat()
    object.__setattr__(team.app.outbox, "chats", ("web", "near"))
    async with team.app.store.transaction() as tx:
        from bot.core.channels import ChannelBinding
        from bot.core.collections import CHANNEL_BINDINGS

        tx.put(CHANNEL_BINDINGS, ChannelBinding(chat="near", channel="N1"))
    near = type(team.dispatcher)(team.app, "near", other)
    outage = Out(team, ChatError("No login.", refusal=Refusal.CHAT, remedy="Make a new token."))
    await write(team, "C-1")
    await outage.lasts(hours=3)
    await near.deliver()
    told = [other.cards[key] for key in other.order if key.startswith("trouble-")]
    assert [card.title for card in told] == ["Web does not accept messages"]
    assert "No login." in told[0].body
    assert "Make a new token." in told[0].body
    team.chat.out = None
    await pass_time(team)
    await near.deliver()
    [key] = [key for key in other.order if key.startswith("trouble-")]
    assert other.cards[key].title == "Web accepts messages again"
