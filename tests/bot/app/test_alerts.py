"""From what the marketplace shows to what the team's channel shows."""

from __future__ import annotations

from bot.app.collections import CASES, ENTRIES, SELLERS
from bot.domain.cases import case_key
from bot.domain.sellers import Seller
from bot.errors import SourceError
from bot.ui.cards import Tone
from tests.bot.app.conftest import ASIN, OWN, SECOND, THIEF, Team, asked, offer
from tests.fakes import MemoryEvidence

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70", fba=False)


async def test_an_unknown_seller_opens_one_case_with_one_card(team: Team) -> None:
    await team.look(OURS, THEIRS)
    assert team.chat.order == ["C-1"]
    card = team.chat.cards["C-1"]
    assert card.tone is Tone.CRITICAL
    assert THIEF in card.title
    assert card.simulated
    labels = [button.label for button in card.buttons]
    assert labels == [
        "Acknowledge",
        "Assign to me",
        "Snooze",
        "This seller is authorised",
        "Open the listing",
        "Close",
    ]


async def test_looking_again_at_the_same_says_nothing_and_writes_no_entry(team: Team) -> None:
    await team.look(OURS, THEIRS)
    posted = (team.chat.posts, team.chat.edits)
    for _ in range(5):
        team.clock.advance(minutes=30)
        await team.look(OURS, THEIRS)
    assert (team.chat.posts, team.chat.edits) == posted
    assert await team.desk.store.count(ENTRIES) == 1


async def test_everything_the_seller_does_next_grows_the_same_thread(team: Team) -> None:
    await team.look(OURS, THEIRS)
    team.clock.advance(minutes=11)
    await team.look(OURS, THEIRS, holder=THIEF)
    for _ in range(2):
        team.clock.advance(minutes=11)
        await team.look(OURS)
    team.clock.advance(minutes=11)
    await team.look(OURS, offer(THIEF, "17.50", fba=False))
    await team.look(OURS, THEIRS, asin=SECOND)
    assert await team.desk.store.count(CASES) == 1
    first, *rest = team.chat.order
    assert first == "C-1"
    assert rest
    assert all(key.startswith("C-1/") for key in rest)
    told = [team.chat.cards[key].title for key in rest]
    assert any("left" in text for text in told)
    assert any("back" in text for text in told)
    assert any("Buy Box" in text for text in told)
    assert "2 products" in team.chat.cards["C-1"].footer


async def test_a_seller_missing_once_has_not_left(team: Team) -> None:
    await team.look(OURS, THEIRS)
    team.clock.advance(minutes=1)
    await team.look(OURS)
    assert team.chat.order == ["C-1"]


async def test_a_failed_look_says_nothing_about_the_offers(team: Team) -> None:
    await team.look(OURS, THEIRS)
    before = await team.desk.store.get(CASES, case_key(1))
    team.source.results[f"US-{ASIN}"] = SourceError("Amazon answered with an error page (503)")
    for _ in range(3):
        team.clock.advance(minutes=5)
        await team.runner.sweep("na/open")
    assert await team.desk.store.get(CASES, case_key(1)) == before


async def test_a_seller_who_returns_after_closing_opens_a_linked_case(team: Team) -> None:
    await team.look(OURS, THEIRS)
    closing = await team.press("close", case_key(1))
    await team.submit(asked(closing), {"reason": "reported", "note": ""})
    await team.look(OURS, THEIRS)
    assert await team.desk.store.count(CASES) == 1
    for _ in range(2):
        team.clock.advance(minutes=11)
        await team.look(OURS)
    team.clock.advance(minutes=11)
    await team.look(OURS, THEIRS)
    second = await team.desk.store.get(CASES, case_key(2))
    assert second is not None
    assert (second.earlier, second.open) == (1, True)
    assert "seen before in C-1" in team.chat.cards["C-2"].footer


async def test_a_trusted_seller_is_no_case(team: Team) -> None:
    async with team.desk.store.transaction() as tx:
        tx.put(SELLERS, Seller(id=THIEF, authorised=("*",)))
    await team.look(OURS, THEIRS, holder=THIEF)
    assert team.chat.order == []


async def test_the_raw_answer_behind_news_is_kept_and_named_in_the_timeline(team: Team) -> None:
    await team.look(OURS, THEIRS)
    [entry] = await team.desk.store.page(ENTRIES)
    assert entry.evidence == "ab" * 32
    assert isinstance(team.desk.evidence, MemoryEvidence)
    assert list(team.desk.evidence.kept.values()) == [b"raw"]
