"""From what the marketplace shows to what the team's channel shows."""

from __future__ import annotations

from bot.core.cards import Field, Tone
from bot.errors import SourceError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import Seller
from tests.fakes import MemoryEvidence
from tests.unit.conftest import ASIN, OWN, SECOND, THIEF, Team, asked, offer

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70", fba=False)


async def test_an_unknown_seller_opens_one_case_with_one_card(team: Team) -> None:
    await team.look(OURS, THEIRS)
    assert team.chat.order == ["C-1"]
    card = team.chat.cards["C-1"]
    assert card.tone is Tone.CRITICAL
    assert card.title == "Unknown seller: Pan 1"
    assert THIEF in [field.value for field in card.fields]
    assert card.simulated
    assert [button.label for button in card.buttons] == [
        "Acknowledge",
        "Collect evidence",
        "File a report",
    ]
    assert card.menu
    assert [button.label for button in card.menu.items] == [
        "Assign",
        "Authorize seller",
        "Snooze",
        "Close",
        "Add a note",
    ]
    assert [link.label for link in card.links] == ["Open the listing", "Seller's page"]
    assert card.link == card.links[0].url


async def test_looking_again_at_the_same_says_nothing_and_writes_no_entry(team: Team) -> None:
    await team.look(OURS, THEIRS)
    posted = (team.chat.posts, team.chat.edits)
    for _ in range(5):
        team.clock.advance(minutes=30)
        await team.look(OURS, THEIRS)
    assert (team.chat.posts, team.chat.edits) == posted
    assert await team.app.store.count(ENTRIES) == 1


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
    assert await team.app.store.count(CASES) == 1
    first, *rest = team.chat.order
    assert first == "C-1"
    assert rest
    assert all(key.startswith("C-1/") for key in rest)
    told = [team.chat.cards[key].title for key in rest]
    assert any("left" in text for text in told)
    assert any("back" in text for text in told)
    assert any("Buy Box" in text for text in told)
    assert Field("Products", "2 on amazon.com") in team.chat.cards["C-1"].fields


async def test_a_seller_missing_once_has_not_left(team: Team) -> None:
    await team.look(OURS, THEIRS)
    team.clock.advance(minutes=1)
    await team.look(OURS)
    assert team.chat.order == ["C-1"]


async def test_a_failed_look_says_nothing_about_the_offers(team: Team) -> None:
    await team.look(OURS, THEIRS)
    before = await team.app.store.get(CASES, case_key(1))
    team.source.results[f"US-{ASIN}"] = SourceError("Amazon answered with an error page (503)")
    for _ in range(3):
        team.clock.advance(minutes=5)
        await team.poll()
    assert await team.app.store.get(CASES, case_key(1)) == before


async def test_a_seller_who_returns_long_after_closing_opens_a_linked_case(team: Team) -> None:
    await team.look(OURS, THEIRS)
    closing = await team.press("close", case_key(1))
    await team.submit(asked(closing), {"reason": "reported", "note": ""})
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 1
    for _ in range(2):
        team.clock.advance(minutes=31)
        await team.look(OURS)
    team.clock.advance(minutes=11)
    await team.look(OURS, THEIRS)
    second = await team.app.store.get(CASES, case_key(2))
    assert second is not None
    assert (second.earlier, second.open) == (1, True)
    assert "seen before in C-1" in team.chat.cards["C-2"].footer


async def test_what_begins_again_soon_after_closing_opens_the_same_case_again(team: Team) -> None:
    await team.look(OURS, THEIRS)
    closing = await team.press("close", case_key(1))
    await team.submit(asked(closing), {"reason": "gone", "note": ""})
    for _ in range(2):
        team.clock.advance(minutes=2)
        await team.look(OURS)
    team.clock.advance(minutes=2)
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 1
    case = await team.app.store.get(CASES, case_key(1))
    assert case is not None
    assert case.open
    assert case.acknowledged_by is None


async def test_closing_as_gone_while_the_seller_is_still_there_holds_for_a_day(team: Team) -> None:
    await team.look(OURS, THEIRS)
    closing = await team.press("close", case_key(1))
    await team.submit(asked(closing), {"reason": "gone", "note": ""})
    team.clock.advance(hours=23)
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 1
    team.clock.advance(hours=2)
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 2


async def test_a_withdrawn_seller_is_alerted_about_again(team: Team) -> None:
    await team.look(OURS, THEIRS)
    await team.authorise(THIEF)
    await team.type(f"/withdraw {THIEF}")
    team.clock.advance(minutes=11)
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 2


async def test_facts_that_change_without_news_change_the_headline_silently(team: Team) -> None:
    await team.look(OURS, offer(THIEF, "24.90"))
    assert "ours USD 24.99" in str(team.chat.cards["C-1"].fields)
    posts = team.chat.posts
    team.clock.advance(minutes=11)
    await team.look(offer(OWN, "25.99"), offer(THIEF, "24.90"))
    assert "ours USD 25.99" in str(team.chat.cards["C-1"].fields)
    assert team.chat.posts == posts


async def test_a_case_that_gets_critical_pings_and_ends_a_snooze(team: Team) -> None:
    await team.look(OURS, offer(THIEF, "24.90"))
    ask = asked(await team.press("snooze", case_key(1)))
    await team.submit(ask, {"hours": "168"})
    team.clock.advance(minutes=1)
    await team.look(OURS, offer(THIEF, "24.90"), holder=THIEF)
    last = team.chat.messages[team.chat.order[-1]]
    assert last.ping
    assert "Snoozed" not in str(team.chat.cards["C-1"].fields)


async def test_a_buy_box_that_rotates_every_minute_does_not_flood_the_thread(team: Team) -> None:
    for minute in range(120):
        team.clock.advance(minutes=1)
        await team.look(OURS, offer(THIEF, "24.90"), holder=THIEF if minute % 2 else OWN)
    assert await team.app.store.count(CASES) == 1
    assert len(team.chat.order) < 40


async def test_checking_twice_in_one_breath_confirms_nothing(team: Team) -> None:
    await team.look(OURS, THEIRS)
    team.clock.advance(minutes=10)
    for _ in range(4):
        team.clock.advance(seconds=1)
        await team.look(holder="")
        await team.look(OURS)
    assert team.chat.order == ["C-1"]


async def test_a_trusted_seller_is_no_case(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(SELLERS, Seller(id=THIEF, authorised=("*",)))
    await team.look(OURS, THEIRS, holder=THIEF)
    assert team.chat.order == []


async def test_the_raw_answer_behind_news_is_kept_and_named_in_the_timeline(team: Team) -> None:
    await team.look(OURS, THEIRS)
    [entry] = await team.app.store.page(ENTRIES)
    assert entry.evidence == "ab" * 32
    assert isinstance(team.app.evidence, MemoryEvidence)
    assert list(team.app.evidence.kept.values()) == [b"raw"]
