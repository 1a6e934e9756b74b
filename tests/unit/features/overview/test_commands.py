"""What can be typed, and what comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.cards import Field, Tone
from bot.core.collections import HANDLED, TEAMS
from bot.core.interactions import Post
from bot.core.listing import Snapshot
from bot.core.sweeping import Sweeping
from bot.errors import SourceError
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from bot.features.overview.service.digest import DailyDigest
from bot.features.watchlist.collections import SOURCE_FAULTS, STATUSES, WATCHES
from bot.features.watchlist.models.health import ACCOUNT, SourceFault
from bot.features.watchlist.service.outages import OutageWatch
from tests.unit.conftest import (
    ASIN,
    BEN,
    OWN,
    THIEF,
    VIK,
    Team,
    asked,
    card_text,
    confirmed_after,
    notice,
    offer,
)

NEW = "B0ALDER009"
OURS = offer(OWN, "24.99")


async def test_watch_takes_an_asin_a_marketplace_a_floor_and_a_sku(team: Team) -> None:
    text = notice(await team.type(f"/watch {NEW} de 19,90 AF-9", BEN))
    assert text.startswith(f"Watching {NEW} on amazon.de. Price floor: EUR 19.90. SKU: AF-9.")
    watch = await team.app.store.get(WATCHES, f"DE-{NEW}")
    assert watch is not None
    assert (watch.sku, watch.added_by) == ("AF-9", "Ben")


async def test_watch_understands_a_pasted_link(team: Team) -> None:
    await team.type(f"/watch https://www.amazon.co.uk/Some-Pan/dp/{NEW}/ref=sr_1_1?keywords=pan 9")
    watch = await team.app.store.get(WATCHES, f"UK-{NEW}")
    assert watch is not None
    assert str(watch.floor) == "GBP 9.00"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/watch B0SHORT", "an ASIN has 10 characters"),
        ("/watch https://amazon.com.evil.example/dp/B0ALDER009", "is not a link to an Amazon"),
        ("/watch B0ALDER009 US cheap", "Could not read 'cheap'. Write a price like 24.99"),
        ("/watch B0ALDER009 US €20", "is in euros; amazon.com sells in USD"),
        ("/watch B0ALDER009 DE 24,999", "Write 24,99 or 24.999,00"),
        ("/watch https://amzn.eu/d/3abcDEF", "amzn.eu is a short link"),
        ("/watch 9780306406157", "is a barcode number (EAN), not an ASIN"),
        ("/check 306406152", "A spreadsheet removed its leading zeros"),
        ("/watch B0ALDER009 US 5 some more", "Could not read 'some more'."),
        ("/unwatch B0ALDER009", "is not watched"),
        ("/case 99", "There is no case '99'"),
        ("/case x", "There is no case 'x'"),
        ("/cases some", "Choose one of: open, mine, all."),
        ("/authorize nobody", "is not a seller ID"),
        ("/authorize A1PA6795UKMFR9", "is the ID of the marketplace DE, not of a seller"),
        ("/authorize https://a.co/d/9DweDUD", "a.co is a short link"),
        ("/settings zone Mars", "is not a time zone"),
        ("/settings digest 25", "is not an hour"),
        ("/settings quiet 25-7", "is not an hour"),
        ("/settings quiet 7-7", "start and end at different hours"),
        ("/settings margin 0", "from 1% to 99%"),
        ("/settings margin much", "from 1% to 99%"),
        ("/settings colour red", "Choose one of"),
        ("/wtach", "Unknown command '/wtach'. Did you mean '/watch'? Try '/help'."),
        ("/acknowlege 1", "Did you mean '/acknowledge'?"),
        ("/hlep", "Unknown command '/hlep'. Did you mean '/help'?"),
        ("/zzz", "Unknown command '/zzz'. Try '/help'."),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_do(team: Team, typed: str, says: str) -> None:
    assert says in notice(await team.type(typed))


async def test_a_misspelled_command_changes_nothing(team: Team) -> None:
    assert "Did you mean '/unwatch'?" in notice(await team.type(f"/unwtach {ASIN}"))
    assert await team.app.store.get(WATCHES, f"US-{ASIN}")


async def test_a_price_may_carry_its_currency_and_a_floor_can_be_taken_away(team: Team) -> None:
    await team.type(f"/watch {NEW} US 24.99 USD")
    watch = await team.app.store.get(WATCHES, f"US-{NEW}")
    assert watch is not None
    assert (str(watch.floor), watch.sku) == ("USD 24.99", "")
    await team.type(f"/watch {NEW} US - AF-9")
    watch = await team.app.store.get(WATCHES, f"US-{NEW}")
    assert watch is not None
    assert (watch.floor, watch.sku) == (None, "AF-9")


async def test_a_page_behind_the_last_is_the_last(team: Team) -> None:
    assert "2 watched products" in card_text(await team.type("/watches 9"))
    assert "Pan 1" in card_text(await team.type("/watches 9"))


async def test_a_long_timeline_is_read_page_by_page(team: Team) -> None:
    await team.look(OURS, offer(THIEF, "10.00"))
    for number in range(1, 21):
        await team.type(f"/note 1 Looked at it, time {number}.", BEN)
    newest, earlier = [card_text(await team.type(f"/case 1{page}")) for page in ("", " 2")]
    assert "time 20" in newest
    assert "earlier: /case 1 2)" in newest
    assert "time 8" not in newest
    assert "time 8" in earlier
    assert "time 9." not in earlier
    assert card_text(await team.type("/case 1 99")) == earlier


async def test_watch_without_words_asks_in_two_steps(team: Team) -> None:
    first = asked(await team.type("/watch", BEN))
    second = asked(await team.submit(first, {"product": NEW}, BEN))
    assert (second.number, second.of) == (2, 2)
    done = await team.submit(second, {"market": "US", "floor": "", "sku": "", "units": "7"}, BEN)
    assert "Watching" in notice(done)
    again = await team.submit(second, {"market": "US"}, BEN)
    assert "was already sent or has expired" in notice(again)


async def test_unwatch_is_for_admins_and_keeps_cases(team: Team) -> None:
    await team.look(OURS, offer(THIEF, "10.00"))
    assert "Your role is member" in notice(await team.type(f"/unwatch {ASIN}", BEN))
    assert "Stopped watching" in notice(await team.type(f"/unwatch {ASIN}"))
    assert "C-1" in card_text(await team.type("/cases"))


async def test_lists_come_in_pages_with_buttons(team: Team) -> None:
    for number in range(20):
        await team.type(f"/watch B0PAGES{number:03d}")
    [first] = await team.type("/watches")
    assert isinstance(first, Post)
    assert first.card.title == "22 watched products"
    assert len(first.card.fields) == 8
    [following] = first.card.buttons
    assert (following.label, following.ref) == ("Next", "watches 2")
    shown = card_text(await team.press(following.action, following.ref, VIK))
    assert "Page 2 of 3" in shown
    assert "Page 3 of 3" in card_text(await team.type("/watches 3"))


async def test_check_shows_what_was_seen_and_opens_a_case_like_any_look(team: Team) -> None:
    await team.look(OURS)
    assert "Clear: Pan 1" in card_text(await team.type(f"/check {ASIN}", VIK))
    await team.look(OURS, offer(THIEF, "18.70"))
    shown = card_text(await team.type(f"/check {ASIN}"))
    assert "1 unknown seller: Pan 1" in shown
    assert "C-1" in card_text(await team.type("/cases"))


async def test_check_that_fails_says_could_not_check_and_never_clear(team: Team) -> None:
    team.source.results[f"US-{ASIN}"] = SourceError("Amazon answered with an error page (503).")
    shown = card_text(await team.type(f"/check {ASIN}"))
    assert shown.startswith("Could not check: Pan 1")
    assert "503" in shown
    assert "clear" not in shown.lower()


async def test_check_offers_to_watch_only_what_is_not_watched(team: Team) -> None:
    async def offered(asin: str) -> list[str]:
        [shown] = await team.type(f"/check {asin}")
        assert isinstance(shown, Post)
        return [button.label for button in shown.card.buttons]

    await team.look(OURS)
    assert await offered(ASIN) == ["Open the listing", "Price history"]
    team.clock.advance(hours=1)
    assert await offered(ASIN) == ["Open the listing", "Price history"]
    team.source.put(
        Snapshot(asin="B0ALDER009", marketplace="US", at=team.clock.now, offers=(OURS,), total=1)
    )
    assert await offered("B0ALDER009") == ["Watch", "Open the listing"]


async def test_check_answers_from_a_look_that_is_younger_than_a_period(team: Team) -> None:
    await team.look(OURS)
    asked = len(team.source.asked)
    team.clock.advance(minutes=9)
    shown = card_text(await team.type(f"/check {ASIN}", VIK))
    assert "Clear: Pan 1" in shown
    assert "Checked 9 min ago. The next check runs automatically." in shown
    assert len(team.source.asked) == asked
    team.clock.advance(minutes=2)
    assert "Seen" not in card_text(await team.type(f"/check {ASIN}", VIK))
    assert len(team.source.asked) > asked


async def test_check_asks_again_at_once_after_a_look_that_failed(team: Team) -> None:
    await team.look(OURS)
    good = team.source.results[f"US-{ASIN}"]
    team.source.results[f"US-{ASIN}"] = SourceError("Amazon answered with an error page (503).")
    team.clock.advance(minutes=11)
    await team.poll()
    team.source.results[f"US-{ASIN}"] = good
    shown = card_text(await team.type(f"/check {ASIN}", VIK))
    assert "Clear: Pan 1" in shown
    assert "Seen" not in shown


async def test_only_who_may_watch_checks_what_is_not_watched(team: Team) -> None:
    text = notice(await team.type(f"/check {NEW}", VIK))
    assert text.startswith(f"{NEW} is not watched on amazon.com.")
    assert team.source.asked == []
    assert "Could not check" in card_text(await team.type(f"/check {NEW}", BEN))
    assert await team.app.store.get(STATUSES, f"US-{NEW}") is None


async def test_health_says_how_often_each_product_is_looked_at(team: Team) -> None:
    assert "Check interval: about every 10 min" in card_text(await team.type("/health"))
    team.app.tempo.rounds["eu", False] = timedelta(minutes=84)
    await team.type("/watch B0ALDER003 DE", BEN)
    team.app.tempo.rounds["eu", False] = timedelta(minutes=84)
    shown = card_text(await team.type("/health"))
    assert "Check interval: about every 10 min to 84 min, as Amazon's quotas allow" in shown


async def test_health_says_that_some_are_looked_at_more_often(team: Team) -> None:
    team.app.tempo.by_risk = True
    team.app.tempo.rounds["na", False] = timedelta(minutes=3)
    shown = card_text(await team.type("/health"))
    assert "Check interval: about every 3 min, more often where attacks are likely" in shown


async def test_a_round_that_takes_long_is_no_outage(team: Team) -> None:
    team.app.tempo.rounds["na", False] = timedelta(minutes=84)
    await team.look(OURS)
    await team.look(OURS, asin="B0ALDER002")
    team.clock.advance(minutes=120)
    assert "Checked 2 of 2 products" in card_text(await team.type("/health"))
    team.clock.advance(minutes=60)
    assert "Could not check 2 of 2 products" in card_text(await team.type("/health"))


async def test_what_keeps_all_from_being_asked_counts_for_all(team: Team) -> None:
    await team.look(OURS)
    async with team.app.store.transaction() as tx:
        tx.put(SOURCE_FAULTS, SourceFault("eu", "No way to Europe.", team.clock.now))
    assert "Could not check: 0" in card_text(await team.type("/health"))
    async with team.app.store.transaction() as tx:
        tx.put(SOURCE_FAULTS, SourceFault(ACCOUNT, "Amazon refuses the login.", team.clock.now))
    shown = card_text(await team.type("/health"))
    assert "Could not check 2 of 2 products" in shown
    assert "Amazon refuses the login." in shown


@pytest.mark.parametrize("step", [{"days": -1}, {"minutes": -2}, {"days": 1}, {"days": 400}])
async def test_a_step_of_the_clock_delays_no_look(team: Team, step: dict[str, float]) -> None:
    await team.look(OURS)
    await team.look(OURS, asin="B0ALDER002")
    team.source.asked.clear()
    team.clock.step(**step)
    team.clock.advance(minutes=9)
    await team.poll()
    assert team.source.asked == []
    team.clock.advance(minutes=2)
    await team.poll()
    assert {key for keys in team.source.asked for key in keys} == {f"US-{ASIN}", "US-B0ALDER002"}


async def test_status_tells_what_is_seen_what_is_not_and_what_is_overdue(team: Team) -> None:
    assert "2 of 2 products not checked yet" in card_text(await team.type("/health"))
    await team.look(OURS)
    team.source.results[f"US-{ASIN}"] = SourceError("Amazon answered with an error page (503).")
    team.clock.advance(minutes=11)
    await team.poll()
    shown = card_text(await team.type("/health"))
    assert "Could not check 2 of 2 products" in shown
    assert "503" in shown
    assert "seen 11 min ago" in shown


async def test_nobody_looking_for_long_is_told_as_overdue(team: Team) -> None:
    await team.look(OURS)
    await team.look(OURS, asin="B0ALDER002")
    assert "Checked 2 of 2 products" in card_text(await team.type("/health"))
    team.clock.advance(hours=1)
    shown = card_text(await team.type("/health"))
    assert "Could not check 2 of 2 products" in shown
    assert "overdue: checked 1 h ago" in shown


async def test_an_outage_is_one_card_that_changes_when_it_is_over(team: Team) -> None:
    outages = OutageWatch(team.app)
    team.clock.advance(seconds=1)
    await team.poll()
    await outages.tick()
    await team.dispatcher.deliver()
    assert team.chat.order == []
    team.clock.advance(minutes=16)
    for _ in range(3):
        await outages.tick()
        await team.dispatcher.deliver()
    [message] = team.chat.order
    assert "Could not check 2 of 2 products since 23 Nov 10:00" in team.chat.cards[message].title
    await team.look(OURS)
    await team.look(OURS, asin="B0ALDER002")
    await outages.tick()
    await team.dispatcher.deliver()
    assert team.chat.order == [message]
    assert team.chat.cards[message].tone is Tone.GOOD


async def test_a_start_after_a_pause_is_no_outage_but_nobody_looking_is(team: Team) -> None:
    await team.look(OURS)
    await team.look(OURS, asin="B0ALDER002")
    team.clock.advance(hours=5)
    outages = OutageWatch(team.app)
    await outages.tick()
    await team.dispatcher.deliver()
    assert team.chat.order == []
    team.clock.advance(minutes=46)
    await outages.tick()
    await team.dispatcher.deliver()
    [message] = team.chat.order
    assert "They are overdue for a check." in team.chat.cards[message].body


async def test_settings_are_shown_to_all_and_changed_by_admins(team: Team) -> None:
    assert "admin" in notice(await team.type("/settings digest 8", BEN)).lower()
    assert "08:00" in card_text(await team.type("/settings digest 8"))
    await team.type("/settings zone Europe/Berlin")
    await team.type("/settings quiet 22-7")
    shown = card_text(await team.type("/settings", VIK))
    assert "Europe/Berlin" in shown
    assert "22:00 to 07:00" in shown


async def test_times_are_shown_in_the_teams_zone_or_left_to_the_reader(team: Team) -> None:
    await team.type("/settings zone Asia/Tokyo")
    await team.look(OURS, offer(THIEF, "18.70"))
    assert Field("Since", "", at=team.clock.now) in team.chat.cards["C-1"].fields
    assert "23 Nov 19:00" in card_text(await team.type("/case 1"))


async def test_the_digest_tells_today_and_comes_once_a_day(team: Team) -> None:
    await team.look(OURS, offer(THIEF, "18.70"))
    shown = card_text(await team.type("/digest"))
    assert shown.startswith("1 open case, 1 event since 23 Nov 00:00")
    daily = DailyDigest(team.app)
    await daily.tick()
    await confirmed_after(team, hours=22, minutes=59)
    await daily.tick()
    await team.dispatcher.deliver()
    assert [key for key in team.chat.order if key.startswith("digest")] == []
    await confirmed_after(team, minutes=2)
    for _ in range(3):
        await daily.tick()
    await team.dispatcher.deliver()
    assert [key for key in team.chat.order if key.startswith("digest")] == ["digest-2026-11-24"]


@pytest.mark.parametrize("days", [4, 90, 400])
async def test_old_interactions_are_swept_out_however_long_nobody_swept(
    team: Team, days: int
) -> None:
    await team.type(f"/watch {NEW}")
    assert await team.app.store.count(HANDLED) == 1
    await confirmed_after(team, days=days)
    await Sweeping(team.app).tick()
    assert await team.app.store.count(HANDLED) == 0


async def test_help_lists_every_command(team: Team) -> None:
    shown = card_text(await team.type("/help commands", VIK))
    for spec in team.router.entrances.commands:
        assert f"/{spec.name} · " in shown


async def test_every_reply_of_a_simulation_is_marked(team: Team) -> None:
    for typed in ("/help", "/watches", "/cases", "/health", "/settings", "/digest", "/sellers"):
        [reply] = await team.type(typed)
        assert isinstance(reply, Post)
        assert reply.card.simulated


async def test_sales_at_risk_are_the_most_and_a_margin_makes_them_profit(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"), holder=THIEF)
    shown = card_text(await team.type("/case 1"))
    assert "Sales at risk: up to USD 299.88 a day at 12 units a day" in shown
    assert "Profit at risk" not in shown
    assert "Profit margin: 30%" in card_text(await team.type("/settings margin 30%"))
    shown = card_text(await team.type("/case 1"))
    assert "Profit at risk: up to USD 89.96 a day at a 30% margin" in shown
    await team.type("/settings margin off")
    assert "Profit at risk" not in card_text(await team.type("/case 1"))


async def test_the_team_settings_are_one_document(team: Team) -> None:
    await team.type("/settings digest 7")
    await team.type("/settings digest 8")
    assert await team.app.store.count(TEAMS) == 1


async def test_health_says_why_no_page_is_captured(team: Team) -> None:
    assert "Screenshots" not in card_text(await team.type("/health"))
    resources = team.app.resources.having(CAMERA, None).having(NO_CAMERA, "There is no Chromium.")
    object.__setattr__(team.app, "resources", resources)
    said = card_text(await team.type("/health"))
    assert "Screenshots: Not taken. There is no Chromium." in said
