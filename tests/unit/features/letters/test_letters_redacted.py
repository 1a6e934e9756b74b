"""The words of a letter are removed by its label, with or without a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.collections import OUTBOX, SESSIONS
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.redacting import remove_words
from bot.errors import ChatError, Conflict, Refusal
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.letters import drop
from bot.features.letters.service.letters import find_letter
from tests.unit.conftest import ANA, BEN, Team, asked, card_text, notice
from tests.unit.features.checklists.guarding import Killed, mortal
from tests.unit.features.letters.writing import asking, attacked, letter, proposed, written
from tests.unit.redacted import TRACE, WHY, WORDS, assert_gone, hashes_of, on_disk, redact, refused

MORE = "Our warehouse in Elm Street found three more."


async def sent(team: Team, start: Ask) -> None:
    """Write a request with words of a person, and send it."""
    ask = await asking(team, start)
    await team.submit(ask, {"text": f"{proposed(ask)}\n{MORE}"}, BEN)
    await team.submit(asked(await team.press("letter-sent", "000001", BEN)), {"ticket": "7"}, BEN)


async def answered(team: Team, outcome: str, words: str) -> None:
    ask = asked(await team.press("letter-answered", "000001", BEN))
    await team.submit(ask, {"outcome": outcome, "words": words}, BEN)


async def test_a_letter_without_a_case_loses_its_text_and_amazons_words(
    team: Team, tmp_path: Path
) -> None:
    await sent(team, asked(await team.type("/support", BEN)))
    await answered(team, "solved", WORDS)
    assert on_disk(tmp_path)
    assert await hashes_of(team, "letters", "000001")
    ask = asked(await team.type(f"/redact L-1 {WHY}"))
    assert ask.form.intro.startswith("L-1: ")
    assert "Removes its text and Amazon's answer" in ask.form.intro
    told = notice(await team.submit(ask, {"why": WHY}))
    assert told == "Removed the text of L-1. Brandwarden's messages update in a moment."
    await assert_gone(team, tmp_path)
    # Nobody could hold a guess against the audit record; of the act itself, only why is there.
    assert await hashes_of(team, "letters", "000001") == 1
    kept = await letter(team)
    assert (kept.text, kept.words, kept.ticket) == ("[removed]", "[removed]", "7")
    shown = card_text(await team.type("/letters L-1"))
    assert f"Text removed: Ana, 23 Nov 10:00: {WHY}" in shown
    again = await refused(team, "L-1")
    assert again.startswith("The text of L-1 was removed by Ana, 23 Nov")


async def test_a_letter_of_a_case_loses_its_words_there_too(team: Team, tmp_path: Path) -> None:
    case = await attacked(team)
    await sent(team, asked(await team.press("support", case.key, BEN)))
    await answered(team, "more-wanted", f"{WORDS} first")
    await answered(team, "solved", f"{WORDS} again")
    assert TRACE in repr(team.chat.cards)
    await redact(team, "`l\u20131`")
    await assert_gone(team, tmp_path)
    shown = card_text(await team.type("/case 1"))
    assert f"Ana removed the text of L-1: {WHY}" in shown
    entries = await team.app.store.find(ENTRIES, "case", case.key)
    assert sum("removed the text" in entry.text for entry in entries) == 1


async def test_what_is_still_to_be_sent_is_changed_instead(team: Team) -> None:
    await written(team)
    assert "L-1 has not been sent yet." in await refused(team, "L-1")
    await team.press("drop-letter", "000001", BEN)
    assert "Removed the text of L-1." in await redact(team, "L-1")
    assert (await letter(team)).order


async def test_a_form_in_which_the_words_stand_ends_with_them(team: Team, tmp_path: Path) -> None:
    await sent(team, asked(await team.type("/support", BEN)))
    await answered(team, "more-wanted", WORDS)
    # It is refused, and kept as a draft.
    ask = asked(await team.press("letter-answered", "000001", BEN))
    asked(await team.submit(ask, {"outcome": "", "words": WORDS}, BEN))
    asked(await team.type("/redact L-1"))
    await redact(team, "L-1")
    assert await team.app.store.count(SESSIONS) == 0
    await assert_gone(team, tmp_path)


async def test_what_waits_to_be_sent_is_changed_too(team: Team, tmp_path: Path) -> None:
    case = await attacked(team)
    await sent(team, asked(await team.press("support", case.key, BEN)))
    team.chat.out = ChatError("It is out.", refusal=Refusal.CHAT)
    await answered(team, "more-wanted", WORDS)
    assert TRACE in repr(await team.app.store.page(OUTBOX))
    await redact(team, "L-1")
    assert TRACE not in repr(await team.app.store.page(OUTBOX))
    team.chat.out = None
    team.clock.advance(minutes=30)
    await team.dispatcher.deliver()
    assert await team.app.store.count(OUTBOX) == 0
    await assert_gone(team, tmp_path)


async def test_other_forms_stay(team: Team) -> None:
    await sent(team, asked(await team.type("/support", BEN)))
    await answered(team, "solved", "Solved")
    ask = asked(await team.type("/note", BEN))
    asked(await team.submit(ask, {"note": "It was Solved by them.", "case": "77"}, BEN))
    await redact(team, "L-1")
    assert await team.app.store.count(SESSIONS) == 1


async def test_a_letter_that_changes_meanwhile_keeps_its_change(team: Team) -> None:
    await sent(team, asked(await team.type("/support", BEN)))

    async def remove_while_dropped() -> None:
        async with team.app.store.transaction() as tx:
            await remove_words(team.app, tx, ANA[0], "L-1", WHY)
            async with team.app.store.transaction() as other:
                other.put(LETTERS, drop(await find_letter(other, "1")))

    with pytest.raises(Conflict):
        await remove_while_dropped()
    kept = await letter(team)
    assert not kept.open
    assert TRACE in kept.text


@pytest.mark.parametrize("after", [False, True])
async def test_words_go_at_once_or_not_at_all(team: Team, *, after: bool) -> None:
    case = await attacked(team)
    await sent(team, asked(await team.press("support", case.key, BEN)))
    await answered(team, "solved", WORDS)
    dying = mortal(team.app, 0, after=after)

    async def remove() -> None:
        async with dying.store.transaction() as tx:
            await remove_words(dying, tx, ANA[0], "L-1", WHY)

    with pytest.raises(Killed):
        await remove()
    entries = await team.app.store.find(ENTRIES, "case", case.key)
    left = [TRACE in repr(each) for each in (await letter(team), entries)]
    assert left == [not after, not after]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("L-9", "There is no letter 'L-9'."),
        ("L-", "Type it like this: /redact CASE ENTRY [why]"),
        (
            "",
            "For anything else, type its label: seller A1B2C3D4E5F6G7, D-5, K-12, A-2, "
            "L-4, R-3, 2026 Q4 2.",
        ),
        ("X-4 5", "There is no case 'X-4'."),
    ],
)
async def test_an_unknown_label_is_told(team: Team, typed: str, says: str) -> None:
    assert says in await refused(team, typed)


async def test_members_remove_no_letter(team: Team) -> None:
    await sent(team, asked(await team.type("/support", BEN)))
    [reply] = await team.type("/redact L-1", BEN)
    assert not isinstance(reply, Ask)
    ask = asked(await team.type("/redact L-1", ANA))
    assert "admin" in notice(await team.submit(ask, {"why": WHY}, BEN))
    assert TRACE in (await letter(team)).text


@pytest.mark.parametrize("by_entry", [False, True])
async def test_another_letter_with_the_same_answer_keeps_it(team: Team, *, by_entry: bool) -> None:
    case = await attacked(team)
    same: Answers = {"outcome": "refused", "words": "We cannot help with that."}
    for key in ("000001", "000002"):
        ask = await asking(team, asked(await team.press("support", case.key, BEN)))
        await team.submit(ask, {"text": proposed(ask)}, BEN)
        await team.submit(asked(await team.press("letter-sent", key, BEN)), {"ticket": ""}, BEN)
        await team.submit(asked(await team.press("letter-answered", key, BEN)), same, BEN)
    close = asked(await team.press("close", case.key))
    await team.submit(close, {"reason": "other", "note": same["words"]})
    other = await letter(team, 2)
    entries = await team.app.store.find(ENTRIES, "case", case.key)
    first, *others = [entry for entry in entries if entry.facts and entry.who]
    await redact(team, f"1 {first.place}" if by_entry else "L-1")
    assert (await letter(team, 1)).words == "[removed]"
    assert await letter(team, 2) == other
    left = [await team.app.store.get(ENTRIES, each.key) for each in others]
    assert left == others
    closed = await team.app.store.get(CASES, case.key)
    assert closed is not None
    assert closed.note == "We cannot help with that."
