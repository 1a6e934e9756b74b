"""Two photos are compared: differences in words, each with its place on both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.cards import BUTTONS, Card
from bot.core.collections import JOBS, SESSIONS
from bot.core.files import Upload
from bot.core.forms import Answers, Choice, PictureSpot
from bot.core.interactions import Notice, Post, Reply
from bot.core.removed_words import REMOVED
from bot.core.spots import PictureWanted, Spot
from bot.errors import StoreError, UserError
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import COMPARISONS, CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.comparisons import DIFFERENCES_AT_MOST, Comparison
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.resources import PICTURES
from tests.unit.conftest import ANA, BEN, VIK, Team, asked, notice
from tests.unit.features.evidence.test_evidence import closed_long_ago
from tests.unit.features.reports.reporting import CASE, collect, photo, start
from tests.unit.redacted import WHY, WORDS, assert_gone, on_disk, redact

LOGO: Answers = {"what": "Logo printed, ours is cast", "received": "c4", "genuine": "500,250"}


class Drawing:
    """Draws by saying what it drew."""

    def __init__(self) -> None:
        self.trouble = ""

    async def copy(self, content: bytes) -> bytes:
        return content

    async def grid(self, content: bytes) -> bytes:
        if self.trouble:
            raise UserError(self.trouble)
        return b"grid on " + content

    async def marked(
        self, received: bytes, genuine: bytes, spots: Sequence[tuple[Spot | None, Spot | None]]
    ) -> bytes:
        return b"marks on %s and %s: %r" % (received, genuine, spots)


@pytest.fixture
async def pair(team: Team) -> Team:
    """Have a case with a photo of the seller's product, E-1, and of the genuine one, E-2."""
    await start(team)
    resources = team.app.resources.having(PICTURES, Drawing())
    object.__setattr__(team.app, "resources", resources)
    await photo(team, EvidenceKind.RECEIVED)
    await photo(team, EvidenceKind.GENUINE)
    return team


async def begin(team: Team) -> None:
    assert "E-1 and E-2" in notice(await team.press("compare", CASE, BEN))
    await team.work()


async def begin_with(team: Team, received: str, genuine: str) -> None:
    ask = asked(await team.press("compare", CASE, BEN))
    notice(await team.submit(ask, {"received": received, "genuine": genuine}, BEN))
    await team.work()


async def mark(team: Team, answers: Answers, more: str = "no") -> list[Reply]:
    ask = asked(await team.press("add-difference", CASE, BEN))
    replies = await team.submit(ask, {**answers, "more": more}, BEN)
    await team.work()
    return replies


async def comparison(team: Team) -> Comparison | None:
    return await team.app.store.get(COMPARISONS, CASE)


def newest(team: Team) -> tuple[Card, list[str]]:
    """Return the card that was posted last, and the names of its files."""
    name = team.chat.order[-1]
    return team.chat.cards[name], [file.name for file in team.chat.messages[name].files]


def pressable(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


async def test_photos_of_both_products_lead_to_the_comparison(team: Team) -> None:
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    ask = asked(await team.press("collect", CASE, BEN))
    picture = Upload(
        "genuine.png", "image/png", 10, await team.app.evidence.keep(b"x", {"at": "now"})
    )
    ask = asked(await team.submit(ask, {"what": "genuine"}, BEN))
    said, following = await team.submit(ask, {"files": (picture,), "caption": "The logo"}, BEN)
    assert isinstance(said, Notice)
    assert isinstance(following, Post)
    assert pressable(following.card) == ["Mark differences"]


async def test_the_list_of_evidence_offers_it_once_there_are_both(team: Team) -> None:
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    [alone] = await team.type("/evidence 1", BEN)
    await photo(team, EvidenceKind.GENUINE)
    [both] = await team.type("/evidence 1", BEN)
    [viewed] = await team.type("/evidence 1", VIK)
    assert isinstance(viewed, Post)
    assert "Mark differences" not in pressable(viewed.card)
    assert isinstance(alone, Post)
    assert isinstance(both, Post)
    assert "Mark differences" not in pressable(alone.card)
    assert "Mark differences" in pressable(both.card)


async def test_copies_with_a_grid_are_posted_in_the_thread(pair: Team) -> None:
    await begin(pair)
    card, files = newest(pair)
    assert pair.chat.messages[pair.chat.order[-1]].thread
    assert files == ["C-1-E-1-grid.jpg", "C-1-E-2-grid.jpg"]
    assert pressable(card) == ["Add difference"]
    items = await pair.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert len(items) == 2, "a drawn copy is no evidence"


async def test_whoever_goes_on_is_asked_for_the_next_difference_at_once(pair: Team) -> None:
    await begin(pair)
    assert asked(await pair.press("compare", CASE, BEN)).form.title == "Difference 1"
    posts = pair.chat.posts
    assert "E-1 and E-2" in notice(await pair.press("show-grid", CASE, BEN))
    await pair.work()
    assert pair.chat.posts == posts + 1


async def test_a_full_page_of_evidence_has_room_for_all_its_buttons(pair: Team) -> None:
    for _ in range(12):
        await photo(pair, EvidenceKind.RECEIVED)
    await begin_with(pair, "1", "2")
    [post] = await pair.type("/evidence 1", BEN)
    assert isinstance(post, Post)
    assert "Mark differences" in pressable(post.card)
    assert "Plan a test buy" in pressable(post.card)
    assert len(post.card.buttons) <= BUTTONS


async def test_a_difference_is_saved_with_its_place_on_both_photos(pair: Team) -> None:
    await begin(pair)
    assert "Difference saved" in notice(await mark(pair, LOGO))
    found = await comparison(pair)
    assert found is not None
    assert (found.received, found.genuine) == (1, 2)
    [logo] = found.differences
    assert logo.words == "Logo printed, ours is cast"
    assert logo.received == Spot.of_cell("C4")
    assert logo.genuine == Spot(500, 250)
    card, [name] = newest(pair)
    assert name == "C-1-E-1-E-2.jpg"
    assert card.title == "C-1: 1 difference between E-1 and E-2"
    assert pressable(card) == ["Add difference", "Remove difference 1", "Show grid again"]
    entries = await pair.app.store.find(ENTRIES, "case", CASE)
    assert any("marked difference 1 between E-1 and E-2" in entry.text for entry in entries)
    log = await pair.app.store.find(CUSTODY, "case", CASE)
    assert [entry.deed for entry in log] == [CustodyAction.TAKEN_IN] * 2, "no byte was changed"


async def test_another_one_is_asked_for_with_the_marks_so_far(pair: Team) -> None:
    await begin(pair)
    posts = pair.chat.posts
    ask = asked(await mark(pair, LOGO, more="yes"))
    assert pair.chat.posts == posts + 1, "the entry alone: no drawing before the last one"
    received, genuine = [each for each in ask.form.inputs if isinstance(each, PictureSpot)]
    assert received.marks == (Spot.of_cell("C4").written,)
    assert genuine.marks == ("500,250",)
    assert ask.form.title == "Difference 2"
    only_ours: Answers = {"what": "Batch number missing", "genuine": "E5", "more": "no"}
    assert "2 differences" in notice(await pair.submit(ask, only_ours, BEN))
    found = await comparison(pair)
    assert found is not None
    assert found.differences[1].received is None


@pytest.mark.parametrize("wrong", ["G1", "A7", "1001,5", "5", "x" * 50, "-1,5", "\uff11,\uff12"])
async def test_a_place_that_is_none_is_asked_for_again(pair: Team, wrong: str) -> None:
    await begin(pair)
    ask = asked(await mark(pair, {**LOGO, "received": wrong}))
    assert "A1 or F6" in ask.errors["received"]
    ask = asked(await mark(pair, {"what": "Somewhere"}))
    assert "at least one photo" in ask.errors["received"]
    found = await comparison(pair)
    assert found is not None
    assert found.differences == ()


async def test_no_more_differences_than_can_be_told_apart(pair: Team) -> None:
    await begin(pair)
    for number in range(1, DIFFERENCES_AT_MOST):
        asked(await mark(pair, {**LOGO, "what": f"Number {number}"}, more="yes"))
    late = asked(await pair.press("add-difference", CASE, BEN))
    assert "9 differences saved" in notice(await mark(pair, LOGO, more="yes"))
    assert pressable(newest(pair)[0]) == ["Remove difference 9", "Show grid again"]
    for action in ("compare", "add-difference"):
        assert "already have 9" in notice(await pair.press(action, CASE, BEN))
    [refused] = await pair.submit(late, {**LOGO, "more": "no"}, BEN)
    assert "already have 9 differences" in (
        refused.text if isinstance(refused, Notice) else repr(refused)
    )


async def test_the_last_difference_is_removed_once(pair: Team) -> None:
    await begin(pair)
    await mark(pair, LOGO, more="yes")
    await mark(pair, {**LOGO, "what": "Handle too short"})
    assert "Removed difference 2" in notice(await pair.press("remove-difference", "C-1/2/1-2", BEN))
    await pair.work()
    assert newest(pair)[0].title == "C-1: 1 difference between E-1 and E-2"
    again = notice(await pair.press("remove-difference", "C-1/2/1-2", BEN))
    assert "already removed" in again
    await mark(pair, LOGO)
    assert "is the last one now" in notice(await pair.press("remove-difference", "C-1/1/1-2", BEN))
    for ref in ("C-1", "C-1/", "C-1/2", "C-1/x/1-2", "C-1/-1/1-2", "C-1/2/1", "C-99/1/1-2", ""):
        assert isinstance((await pair.press("remove-difference", ref, BEN))[0], Notice)
    found = await comparison(pair)
    assert found is not None
    assert [each.words for each in found.differences] == [LOGO["what"]] * 2


@pytest.mark.parametrize("number", ["0", "00", "10", "999"])
async def test_a_number_that_no_difference_has_is_refused(pair: Team, number: str) -> None:
    await begin(pair)
    before = await pair.app.store.count(ENTRIES)
    told = notice(await pair.press("remove-difference", f"C-1/{number}/1-2", BEN))
    assert told == f"There is no difference {int(number)}."
    assert await pair.app.store.count(ENTRIES) == before


async def choose(team: Team, received: str, genuine: str) -> None:
    ask = asked(await team.press("show-grid", CASE, BEN))
    notice(await team.submit(ask, {"received": received, "genuine": genuine}, BEN))
    await team.work()


async def test_a_mark_made_on_one_photo_never_comes_to_stand_on_another(pair: Team) -> None:
    await photo(pair, EvidenceKind.RECEIVED)
    await begin_with(pair, "1", "2")
    late = asked(await pair.press("add-difference", CASE, BEN))
    await choose(pair, "3", "2")
    told = notice(await pair.submit(late, {**LOGO, "more": "no"}, BEN))
    assert told.startswith("E-1 and E-2 are no longer compared: the case compares E-3 and E-2 now.")
    found = await comparison(pair)
    assert found is not None
    assert (found.received, found.differences) == (3, ())


async def test_a_mark_made_on_a_deleted_photo_is_refused(pair: Team) -> None:
    await photo(pair, EvidenceKind.RECEIVED)
    await begin_with(pair, "1", "2")
    late = asked(await pair.press("add-difference", CASE, BEN))
    [first, *_] = await pair.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    ask = asked(await pair.press("delete-evidence", first.key, ANA))
    await pair.submit(ask, {"why": WHY})
    assert "no longer compared" in notice(await pair.submit(late, {**LOGO, "more": "no"}, BEN))
    await begin_again(pair)
    assert "no longer compared" in notice(await pair.submit(late, {**LOGO, "more": "no"}, BEN))


async def begin_again(team: Team) -> None:
    assert "E-3 and E-2" in notice(await team.press("compare", CASE, BEN))
    await team.work()


async def test_an_old_button_removes_no_difference_of_other_photos(pair: Team) -> None:
    await photo(pair, EvidenceKind.RECEIVED)
    await begin_with(pair, "1", "2")
    await mark(pair, LOGO)
    [old] = [each for each in newest(pair)[0].buttons if each.action == "remove-difference"]
    await choose(pair, "3", "2")
    await mark(pair, LOGO)
    told = notice(await pair.press("remove-difference", old.ref, BEN))
    assert told.startswith("E-1 and E-2 are no longer compared")
    found = await comparison(pair)
    assert found is not None
    assert len(found.differences) == 1


async def test_of_several_photos_two_are_chosen(pair: Team) -> None:
    await begin(pair)
    await mark(pair, LOGO)
    await photo(pair, EvidenceKind.RECEIVED)
    ask = asked(await pair.press("show-grid", CASE, BEN))
    first = ask.form.inputs[0]
    assert isinstance(first, Choice)
    assert first.initial == "1", "the choice so far"
    assert "Choosing others removes them" in ask.form.intro
    notice(await pair.submit(ask, {"received": "1", "genuine": "2"}, BEN))
    found = await comparison(pair)
    assert found is not None
    assert len(found.differences) == 1
    ask = asked(await pair.press("show-grid", CASE, BEN))
    notice(await pair.submit(ask, {"received": "3", "genuine": "2"}, BEN))
    found = await comparison(pair)
    assert found is not None
    assert (found.received, found.differences) == (3, ())


async def test_a_deleted_photo_takes_the_comparison_and_its_drawings_with_it(pair: Team) -> None:
    await begin(pair)
    await mark(pair, LOGO)
    found = await comparison(pair)
    assert found is not None
    assert len(found.drawn) == 3
    [first, _] = await pair.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    ask = asked(await pair.press("delete-evidence", first.key, ANA))
    await pair.submit(ask, {"why": WHY})
    await pair.work()
    assert await comparison(pair) is None
    for digest in found.drawn:
        with pytest.raises(StoreError):
            await pair.app.evidence.read(digest)
    for stale in ("add-difference", "compare", "show-grid"):
        assert isinstance((await pair.press(stale, CASE, BEN))[0], Notice)


async def test_when_the_photos_are_kept_no_longer_neither_is_the_comparison(pair: Team) -> None:
    await begin(pair)
    await mark(pair, LOGO)
    found = await comparison(pair)
    assert found is not None
    await closed_long_ago(pair)
    assert await comparison(pair) is None
    for digest in found.drawn:
        with pytest.raises(StoreError):
            await pair.app.evidence.read(digest)


async def test_a_photo_deleted_while_it_is_drawn_is_not_posted(pair: Team) -> None:
    await pair.press("compare", CASE, BEN)
    [first, _] = await pair.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    ask = asked(await pair.press("delete-evidence", first.key, ANA))
    await pair.submit(ask, {"why": WHY})
    await pair.work()
    assert not any("compare" in card.title for card in pair.chat.cards.values())
    assert await pair.app.store.count(JOBS) == 0


async def test_the_words_of_a_difference_can_be_removed(pair: Team, tmp_path: Path) -> None:
    await begin(pair)
    await mark(pair, {**LOGO, "what": WORDS})
    assert on_disk(tmp_path)
    [place] = [
        entry.place
        for entry in await pair.app.store.find(ENTRIES, "case", CASE)
        if "difference 1" in entry.text
    ]
    await redact(pair, f"1 {place}")
    found = await comparison(pair)
    assert found is not None
    assert found.differences[0].words == REMOVED
    assert found.differences[0].received == Spot.of_cell("C4")
    await pair.work()
    await assert_gone(pair, tmp_path)


async def test_what_cannot_be_drawn_is_said_and_the_marks_stay(pair: Team) -> None:
    drawing = pair.app.resources[PICTURES]
    assert isinstance(drawing, Drawing)
    drawing.trouble = "The picture cannot be read."
    await pair.press("compare", CASE, BEN)
    await pair.work()
    assert "Could not draw the grid" in repr(newest(pair)[0])
    assert "Difference saved" in notice(await mark(pair, LOGO))


async def test_viewers_mark_nothing(pair: Team) -> None:
    for action in ("compare", "show-grid"):
        assert "Only members can" in notice(await pair.press(action, CASE, VIK))
    assert await comparison(pair) is None
    await begin(pair)
    await mark(pair, LOGO)
    before = await comparison(pair)
    for action, ref in (("add-difference", CASE), ("remove-difference", "C-1/1/1-2")):
        assert "Only members can" in notice(await pair.press(action, ref, VIK))
    assert await comparison(pair) == before
    assert await pair.app.store.count(SESSIONS) == 0


async def test_a_form_shows_photos_that_are_there_and_nothing_else(pair: Team) -> None:
    async def shown(name: str) -> str | None:
        async with pair.app.store.transaction() as tx:
            return await pair.app.ask(tx, PictureWanted(name))

    await collect(pair, EvidenceKind.ORDERS, {"files": (), "typed": "", "none": "We sold none."})
    first, second = await pair.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert first.file is not None
    assert await shown(first.key) == first.file.shown
    assert await shown(second.key)
    for other in ("", CASE, f"{CASE}-0009", "x" * 5000):
        assert not await shown(other)
