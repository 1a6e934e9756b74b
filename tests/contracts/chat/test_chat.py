"""One suite for every chat: what a team may rely on, wherever it talks."""

from __future__ import annotations

import pytest

from bot.core.cards import Card, Field
from bot.core.chat import MessageRef, Outgoing
from bot.core.collections import OUTBOX
from bot.core.listing import Watch
from bot.errors import ChatError, MessageGone
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.watchlist.collections import WATCHES
from tests.contracts.chat.rig import Rig
from tests.fakes import found
from tests.files import PICTURE
from tests.journeys.hostile import TEXTS

WHY, KNOW, TEAM_KNOWS = (
    "Why are you closing it?",
    "What should the next person know?",
    "What should the team know?",
)
MARKDOWN = "*bold* **strong** _it_ ~no~ `code` ||hidden|| # head > quote - item"
HOSTILE = {
    **{kind: TEXTS[kind] for kind in ("markup", "attribute", "mention", "link", "template")},
    "markdown": MARKDOWN,
}


def message(rig: Rig, key: str = "C-7", thread: MessageRef | None = None) -> Outgoing:
    return Outgoing(key=key, channel=rig.channel, card=Card(title=f"About {key}"), thread=thread)


def titled(texts: list[str], title: str) -> int:
    return sum(title in text for text in texts)


async def in_channel(rig: Rig, title: str) -> int:
    return titled([each.text for each in await rig.messages()], title)


async def test_a_message_is_posted_and_changes_in_its_place(rig: Rig) -> None:
    ref = await rig.chat.post(message(rig))
    assert ref.channel == rig.channel
    before = len(await rig.messages())
    await rig.chat.edit(ref, Card(title="It is over"))
    assert (await in_channel(rig, "About C-7"), await in_channel(rig, "It is over")) == (0, 1)
    assert len(await rig.messages()) == before


async def test_a_reply_stands_in_its_thread_alone(rig: Rig) -> None:
    head = await rig.chat.post(message(rig))
    await rig.chat.post(message(rig, "C-7/2", head))
    assert titled([each.text for each in await rig.replies(head)], "About C-7/2") == 1
    assert await in_channel(rig, "About C-7/2") == 0


@pytest.mark.parametrize("in_thread", [False, True])
async def test_what_was_posted_is_found_though_its_answer_got_lost(
    rig: Rig, in_thread: bool
) -> None:
    head = await rig.chat.post(message(rig, "head"))
    wanted = message(rig, "C-8", head if in_thread else None)
    rig.loses_an_answer()
    with pytest.raises(ChatError):
        await rig.chat.post(wanted)
    known = await found(rig.chat, wanted)
    assert known is not None
    await rig.chat.edit(known, Card(title="Found again"))
    shown = await rig.replies(head) if in_thread else await rig.messages()
    assert titled([each.text for each in shown], "Found again") == 1


async def test_what_was_never_posted_is_not_found(rig: Rig) -> None:
    head = await rig.chat.post(message(rig))
    rig.refuses_once()
    with pytest.raises(ChatError):
        await rig.chat.post(message(rig, "C-8"))
    assert await found(rig.chat, message(rig, "C-8")) is None
    assert await found(rig.chat, message(rig, "C-8", head)) is None


async def test_an_alert_whose_answer_got_lost_stands_there_once(rig: Rig) -> None:
    await rig.moves_in()
    rig.loses_an_answer()
    await rig.is_attacked()
    assert await rig.team.app.store.count(OUTBOX, "chat", rig.name) == 1
    await rig.sends()
    assert await rig.team.app.store.count(OUTBOX, "chat", rig.name) == 0
    assert len(await rig.alerts()) == 1
    await rig.presses("Acknowledge", await rig.head())
    await rig.sends()
    [alert] = await rig.alerts()
    assert "Acknowledge" not in alert.buttons


async def test_an_alert_that_was_refused_comes_with_the_next_try(rig: Rig) -> None:
    await rig.moves_in()
    rig.refuses_once()
    await rig.is_attacked()
    assert await rig.alerts() == []
    await rig.sends()
    assert len(await rig.alerts()) == 1


async def test_a_message_that_is_gone_is_told_as_gone(rig: Rig) -> None:
    ref = await rig.chat.post(message(rig))
    nowhere = MessageRef(ref.channel, rig.nowhere)
    with pytest.raises(MessageGone):
        await rig.chat.edit(nowhere, Card(title="New"))
    with pytest.raises(MessageGone):
        await rig.chat.post(message(rig, "C-8", nowhere))


async def test_a_notice_is_for_one_person(rig: Rig) -> None:
    await rig.alert()
    await rig.types("watch B0PRODUC01")
    await rig.until(lambda: "Watching B0PRODUC01" in rig.private[-1].text)
    await rig.sends()
    assert await in_channel(rig, "Watching") == 0


async def test_a_form_says_what_is_wrong_beside_its_field(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Close", alert)
    await rig.until(lambda: rig.form)
    await rig.fills_in({WHY: "Another reason"})
    await rig.hands_in()
    assert rig.form is not None
    assert "Say in a few words" in rig.form.errors[KNOW]
    assert WHY not in rig.form.errors
    await rig.fills_in({KNOW: "We bought it back ourselves."})
    await rig.hands_in()
    await rig.sends()
    assert not (await rig.team.app.store.page(CASES))[0].open
    [shown] = [each for each in await rig.messages() if "Reopen" in each.buttons]
    assert "Close" not in shown.buttons


async def test_the_next_step_of_a_form_follows_the_first(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Snooze", alert)
    await rig.until(lambda: rig.form)
    await rig.fills_in({"For how long?": "Until a day I choose"})
    await rig.hands_in()
    second = rig.form
    assert second is not None
    assert "Step 2 of 2" in second.text
    await rig.fills_in({"Which day?": "2026-12-01"})
    await rig.hands_in()
    assert rig.form is None
    assert (await rig.team.app.store.page(CASES))[0].snoozed_until is not None


async def test_a_picture_that_is_handed_in_comes_out_in_the_thread(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Add a note", alert)
    await rig.until(lambda: rig.form)
    await rig.fills_in({TEAM_KNOWS: "It came by post", "Photos or documents": [PICTURE]})
    await rig.hands_in()
    await rig.until(lambda: "Added to C-1" in rig.private[-1].text)
    evidence = (await rig.team.app.store.page(ENTRIES))[-1]
    assert await rig.team.app.evidence.read(evidence.files[0].content) == PICTURE[2]
    await rig.sends()
    shown = await rig.replies(alert)
    assert titled([each.text for each in shown], "It came by post") == 1
    files = [file for each in shown for file in each.files.items()]
    assert files == [("C-1-E-1.png", PICTURE[2])]


async def test_a_long_list_turns_its_pages_in_place(rig: Rig) -> None:
    async with rig.team.app.store.transaction() as tx:
        for number in range(12):
            watch = Watch(
                asin=f"B0PRODUC{number:02d}", marketplace="US", added_at=rig.team.clock.now
            )
            tx.put(WATCHES, watch)
    await rig.types("watches")
    before = len(rig.private)
    assert "Page 1 of 2" in rig.private[-1].text
    await rig.presses("Next")
    await rig.until(lambda: "Page 2 of 2" in rig.private[-1].text)
    assert len(rig.private) == before


async def test_every_card_is_coloured_and_marked_as_simulated(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Acknowledge", alert)
    await rig.sends()
    await rig.types("watches")
    shown = [*await rig.messages(), *await rig.replies(alert), rig.private[-1]]
    assert len(shown) >= 3
    assert [each for each in shown if "simulated marketplace" not in each.text.lower()] == []
    assert [each for each in shown if not each.colour] == []


@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_people_write_is_shown_as_written_and_calls_nobody(rig: Rig, kind: str) -> None:
    text = HOSTILE[kind]
    fields = (Field("Seller", text), Field("Wide", text, wide=True))
    card = Card(title=text, body=f"{text}\n{text}", fields=fields, footer=text)
    head = await rig.chat.post(Outgoing(key="C-7", channel=rig.channel, card=card, ping=True))
    [shown] = await rig.messages()
    assert shown.text.count(text) >= 6
    note = Outgoing(key="C-7/1", channel=rig.channel, card=card, thread=head)
    await rig.chat.post(note)
    assert titled([each.text for each in await rig.replies(head)], text) == 1


async def test_a_note_in_markup_reaches_the_thread_as_it_was_written(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Add a note", alert)
    await rig.until(lambda: rig.form)
    lines = [HOSTILE["mention"], MARKDOWN]
    await rig.fills_in({TEAM_KNOWS: "\n".join(lines)})
    await rig.hands_in()
    await rig.sends()
    [told] = await rig.replies(alert)
    assert [line for line in lines if line not in told.text] == []


async def test_a_press_that_is_delivered_twice_has_one_effect(rig: Rig) -> None:
    alert = await rig.alert()
    before = len(rig.private)
    await rig.presses_twice("Acknowledge", alert)
    await rig.sends()
    assert await rig.team.app.store.count(ENTRIES) == 2
    told = [each.text for each in await rig.replies(alert)]
    assert titled(told, "Ana acknowledged it.") == 1
    assert len(rig.private) == before
