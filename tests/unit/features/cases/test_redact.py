"""What somebody wrote in a case is removed for good: who did that, when and why stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.collections import OUTBOX, SESSIONS, UPKEEP
from bot.core.forms import Answers, Text
from bot.core.interactions import Ask
from bot.core.vault_sweep import VaultSweep
from bot.errors import ChatError, Conflict, Refusal
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Entry, case_key
from bot.features.cases.models.events import WordsRemoved
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.custody import CustodyAction, broken
from bot.features.evidence.models.items import EvidenceKind
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.letters import drop
from bot.features.letters.service.letters import find_letter
from bot.features.letters.service.redacting import remove_words
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    OWN,
    SECOND,
    THIEF,
    Team,
    asked,
    card_text,
    notice,
    offer,
)
from tests.unit.features.attacks.test_attacks import log
from tests.unit.features.checklists.guarding import SECURITY, guarded, monday
from tests.unit.features.letters.writing import asking, attacked, proposed
from tests.unit.features.reports.reporting import photo

ONE = case_key(1)
WORDS = "Jane Roe of Elm Street called"
WHY = "A buyer is named."


@pytest.fixture
async def hit(team: Team) -> Team:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    return team


async def entries(team: Team) -> list[Entry]:
    return await team.app.store.find(ENTRIES, "case", ONE)


async def redact(team: Team, place: int, case: str = "1") -> str:
    ask = asked(await team.type(f"/redact {case} {place}"))
    return notice(await team.submit(ask, {"why": WHY}))


async def test_a_note_is_removed_from_timeline_thread_and_disk(hit: Team, tmp_path: Path) -> None:
    await hit.type(f"/note 1 {WORDS}", BEN)
    note = (await entries(hit))[-1]
    assert WORDS in hit.chat.cards[f"C-1/{note.place}"].title
    assert f"{note.place}. 23 Nov 10:00  Ben: {WORDS}" in card_text(await hit.type("/case 1"))
    assert f"Removed the text of entry {note.place}." in await redact(hit, note.place)
    [removed] = [each for each in await entries(hit) if each.place == note.place]
    assert (removed.text, removed.who, removed.at) == ("Ben: [removed]", note.who, note.at)
    assert "Elm Street" not in repr(hit.chat.cards)
    assert hit.chat.cards[f"C-1/{note.place}"].title == "Ben: [removed]"
    shown = card_text(await hit.type("/case 1"))
    assert "Elm Street" not in shown
    assert f"Ana removed the text of entry {note.place}: {WHY}" in shown
    await VaultSweep(hit.app).tick()
    assert await hit.app.store.get(UPKEEP, "to compact") is None
    assert b"Elm Street" not in (tmp_path / "brandwarden.jsonl").read_bytes()


async def test_the_custody_log_says_that_and_never_which_words(hit: Team) -> None:
    await hit.type(f"/note 1 {WORDS}", BEN)
    await hit.type(f"/note 1 {WORDS}", BEN)
    first, second = (await entries(hit))[-2:]
    await redact(hit, first.place)
    await redact(hit, second.place)
    log = await hit.app.store.find(CUSTODY, "case", ONE)
    one, other = [each for each in log if each.deed is CustodyAction.REDACTED]
    assert WHY in one.detail
    assert one.who.startswith("Ana")
    # The same words: whoever knows them could not tell.
    assert one.sha256 != other.sha256
    assert broken(log) == []


async def test_the_form_shows_the_first_words_and_that_it_cannot_be_undone(hit: Team) -> None:
    await hit.type(f"/note 1 {WORDS}", BEN)
    place = (await entries(hit))[-1].place
    ask = asked(await hit.type(f"/redact C-1 #{place} {WHY}"))
    assert f"Ben: {WORDS}" in ask.form.intro
    assert "cannot be undone" in ask.form.intro
    [why] = ask.form.inputs
    assert isinstance(why, Text)
    assert why.initial == WHY
    # Another one, that is never sent, shows them too.
    asked(await hit.type(f"/redact 1 {place}"))
    await hit.submit(ask, {"why": WHY})
    assert await hit.app.store.count(SESSIONS) == 0


async def test_the_note_of_a_closed_case_is_removed_from_its_headline(hit: Team) -> None:
    ask = asked(await hit.press("close", ONE))
    await hit.submit(ask, {"reason": "other", "note": WORDS})
    closed = (await entries(hit))[-1]
    assert WORDS in repr(hit.chat.cards["C-1"])
    await redact(hit, closed.place)
    case = await hit.app.store.get(CASES, ONE)
    assert case is not None
    assert case.note == "[removed]"
    assert "Elm Street" not in repr(hit.chat.cards)
    [entry] = [each for each in await entries(hit) if each.place == closed.place]
    assert entry.text == closed.text


async def test_a_caption_is_removed_from_evidence_and_stands_in_no_log(hit: Team) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    [piece] = await hit.app.store.page(EVIDENCE_ITEMS)
    assert piece.caption
    assert piece.caption not in repr(await hit.app.store.find(CUSTODY, "case", ONE))
    await redact(hit, (await entries(hit))[-1].place)
    [piece] = await hit.app.store.page(EVIDENCE_ITEMS)
    assert (piece.caption, piece.here) == ("[removed]", True)


async def test_what_a_logged_attack_did_is_removed_wherever_it_stands(
    team: Team, tmp_path: Path
) -> None:
    products: Answers = {
        "products": f"{ASIN} {SECOND}",
        "source_kind": "address",
        "source": "roe.example",
    }
    await log(team, what={"damage": WORDS}, who=products)
    assert "Elm Street" in repr(team.chat.cards)
    await redact(team, 1)
    await VaultSweep(team.app).tick()
    assert "Elm Street" not in repr(team.chat.cards)
    stored = (tmp_path / "brandwarden.jsonl").read_bytes()
    assert b"Elm Street" not in stored
    assert b"roe.example" not in stored
    assert "has no text to remove" in notice(await team.type("/redact 1 2"))


async def test_what_is_wrong_with_an_item_is_removed_from_the_headline_too(
    team: Team, tmp_path: Path
) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/users"))
    await team.submit(ask, {"wrong": WORDS})
    assert WORDS in repr(team.chat.cards["C-1"])
    await redact(team, 1)
    await VaultSweep(team.app).tick()
    assert "Elm Street" not in repr(team.chat.cards)
    assert b"Elm Street" not in (tmp_path / "brandwarden.jsonl").read_bytes()


async def test_amazons_words_on_a_letter_are_removed_from_the_letter_too(
    team: Team, tmp_path: Path
) -> None:
    case = await attacked(team)
    ask = await asking(team, asked(await team.press("support", case.key, BEN)))
    await team.submit(ask, {"text": proposed(ask)}, BEN)
    await team.submit(asked(await team.press("letter-sent", "000001")), {"ticket": ""})
    ask = asked(await team.press("letter-answered", "000001"))
    await team.submit(ask, {"outcome": "solved", "words": WORDS})
    await redact(team, (await entries(team))[-1].place)
    await VaultSweep(team.app).tick()
    assert "Elm Street" not in repr(team.chat.cards)
    assert b"Elm Street" not in (tmp_path / "brandwarden.jsonl").read_bytes()


async def test_a_letter_that_changes_while_words_are_removed_from_it_keeps_its_change(
    team: Team,
) -> None:
    case = await attacked(team)
    ask = await asking(team, asked(await team.press("support", case.key, BEN)))
    await team.submit(ask, {"text": proposed(ask)}, BEN)
    await team.submit(asked(await team.press("letter-sent", "000001")), {"ticket": ""})
    ask = asked(await team.press("letter-answered", "000001"))
    await team.submit(ask, {"outcome": "more-wanted", "words": WORDS})
    entry = (await entries(team))[-1]

    async def remove_while_dropped() -> None:
        async with team.app.store.transaction() as tx:
            await remove_words(team.app, tx, WordsRemoved(case, entry, ANA[0], WHY))
            async with team.app.store.transaction() as other:
                other.put(LETTERS, drop(await find_letter(other, "1")))

    with pytest.raises(Conflict):
        await remove_while_dropped()
    [letter] = await team.app.store.page(LETTERS)
    assert not letter.open


async def test_what_waits_to_be_sent_is_changed_too(hit: Team) -> None:
    hit.chat.out = ChatError("It is out.", refusal=Refusal.CHAT)
    await hit.type(f"/note 1 {WORDS}", BEN)
    await redact(hit, (await entries(hit))[-1].place)
    assert "Elm Street" not in repr(await hit.app.store.page(OUTBOX))
    hit.chat.out = None
    hit.clock.advance(minutes=30)
    await hit.dispatcher.deliver()
    assert await hit.app.store.count(OUTBOX) == 0
    assert "Elm Street" not in repr(hit.chat.cards)


async def test_what_waits_to_close_a_thread_is_changed_too(hit: Team) -> None:
    hit.chat.out = ChatError("It is out.", refusal=Refusal.CHAT)
    ask = asked(await hit.press("close", ONE))
    await hit.submit(ask, {"reason": "other", "note": WORDS})
    await redact(hit, (await entries(hit))[-1].place)
    assert "Elm Street" not in repr(await hit.app.store.page(OUTBOX))


async def test_words_that_were_joined_to_others_go_with_that_message(hit: Team) -> None:
    hit.chat.out = ChatError("It is out.", refusal=Refusal.LATER)
    await hit.type("/note 1 The label differs", BEN)
    await hit.type(f"/note 1 {WORDS}", BEN)
    hit.chat.out = None
    hit.clock.advance(minutes=30)
    await hit.dispatcher.deliver()
    assert "Elm Street" in repr(hit.chat.cards)
    await redact(hit, (await entries(hit))[-1].place)
    assert "Elm Street" not in repr(hit.chat.cards)
    # In the case, the other note stays.
    assert "The label differs" in card_text(await hit.type("/case 1"))


async def test_a_message_that_is_not_there_is_not_posted_for_that(hit: Team) -> None:
    await hit.type(f"/note 1 {WORDS}", BEN)
    place = (await entries(hit))[-1].place
    hit.chat.messages.pop(f"C-1/{place}")
    hit.chat.cards.pop(f"C-1/{place}")
    posts = hit.chat.posts
    await redact(hit, place)
    assert hit.chat.posts == posts + 1  # the line that says so
    assert f"C-1/{place}" not in hit.chat.cards


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1", "Type it like this: /redact CASE ENTRY [why]"),
        ("1 99", "There is no such entry."),
        ("1 1", "Entry 1 has no text to remove. Type /case"),
        ("1 five", "Add the entry number"),
        ("77 1", "There is no case '77'."),
    ],
)
async def test_what_cannot_be_removed_is_told(hit: Team, typed: str, says: str) -> None:
    assert says in notice(await hit.type(f"/redact {typed}"))


async def test_nothing_is_removed_twice(hit: Team) -> None:
    await hit.type(f"/note 1 {WORDS}", BEN)
    place = (await entries(hit))[-1].place
    await redact(hit, place)
    assert "has no text to remove" in notice(await hit.type(f"/redact 1 {place}"))


async def test_members_remove_nothing(hit: Team) -> None:
    await hit.type(f"/note 1 {WORDS}", BEN)
    place = (await entries(hit))[-1].place
    [reply] = await hit.type(f"/redact 1 {place}", BEN)
    assert not isinstance(reply, Ask)
    ask = asked(await hit.type(f"/redact 1 {place}", ANA))
    assert "admin" in notice(await hit.submit(ask, {"why": WHY}, BEN))
