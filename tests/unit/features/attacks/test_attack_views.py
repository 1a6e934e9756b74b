"""Cards and pictures of attacks: numbers with what stands behind them, whatever a source is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards import Card, Tone
from bot.core.charts import Bars, Course, Heat, spoken
from bot.core.labeled import AttackKind
from bot.core.team import Team
from bot.core.text import UNSEEN
from bot.core.views.lists import ListPage
from bot.features.attacks.models import Incident
from bot.features.attacks.rules.analysis import Analysis, analyse
from bot.features.attacks.rules.weeks import in_order
from bot.features.attacks.views import times, trends, words
from bot.features.attacks.views.attacks import attacks_card, incidents_card, trend_tone
from bot.features.attacks.views.charts import attack_charts
from tests.cases import for_each
from tests.unit.features.attacks.worlds import CAMPAIGN, NOW, incident, planted

TEAM = Team(zone="Europe/Berlin")
BERLIN = ZoneInfo(TEAM.zone)


def look(incidents: list[Incident], weeks: int = 12) -> Analysis:
    return analyse(in_order(incidents), NOW, BERLIN, weeks)


def shown(incidents: list[Incident], names: dict[str, str] | None = None) -> Card:
    return attacks_card(look(incidents), names or {}, TEAM)


def value(card: Card, label: str) -> str:
    return "\n".join(field.value for field in card.fields if field.label == label)


def several(count: int, days: float, prefix: str, **of: object) -> list[Incident]:
    at = NOW - timedelta(days=days)
    kinds = {"method": AttackKind.REVIEW_BOMBING, **of}
    return [incident(f"{prefix}-{n}", at, **kinds) for n in range(count)]  # type: ignore[arg-type]


OLD = several(1, 100, "O")
"""The record is older than two months."""


def test_a_rich_world_is_told_in_words() -> None:
    card = shown(planted(1), {"B0ONE00001": "Walnut Salad Bowl"})
    assert re.fullmatch(r"Attacks: \d+ in 12 weeks", card.title)
    assert re.match(r"\d+ in the last 28 days, \d+ in the 28 days before: ", card.body)
    assert "Review bombing leads: " in value(card, "How")
    assert "Walnut Salad Bowl: 3 of " in value(card, "Which products")
    told = value(card, "Campaign")
    assert (
        f"{CAMPAIGN}: 4 incidents on 4 products, 26 Oct to 4 Nov (A-0, A-1, A-2 and 1 more)" in told
    )
    assert re.search(
        r"Review bombing, week of 2 Nov: \d+ in one week, \d+ in the \d+ weeks before: "
        r"hardly a coincidence \(A-1",
        told,
    )
    assert card.tone is Tone.WARNING
    assert len(card.footer) > 0


def test_every_number_of_a_field_has_its_count_behind_it() -> None:
    card = shown(planted(2))
    total = card.title.split()[1]
    for label in ("How", "Which products"):
        for line in value(card, label).splitlines():
            assert not re.search(r"\d", line) or f" of {total}" in line or line.startswith("and ")


@pytest.mark.parametrize(
    ("now", "before", "said", "tone"),
    [
        (2, 1, "too few to tell.", Tone.INFO),
        (4, 4, "no clear change.", Tone.INFO),
        (1, 12, "clearly fewer, which is hardly a coincidence.", Tone.GOOD),
        (12, 1, "clearly more, which is hardly a coincidence.", Tone.WARNING),
    ],
)
def test_the_trend_is_a_sentence_with_numbers_and_a_tone(
    now: int, before: int, said: str, tone: Tone
) -> None:
    """Each incident is by its own method and in its own week, so that nothing bursts."""
    recent = [incident(f"N-{n}", NOW - timedelta(days=2.1 * n)) for n in range(now)]
    earlier = [incident(f"B-{n}", NOW - timedelta(days=29 + 2.1 * n)) for n in range(before)]
    card = shown([*recent, *earlier, *OLD])
    assert card.body.startswith(
        f"{now} in the last 28 days, {before} in the 28 days before: {said}"
    )
    assert card.tone is tone


def test_the_method_behind_a_change_is_named() -> None:
    card = shown([*several(14, 3, "N"), *several(1, 40, "B", method=AttackKind.PHISHING), *OLD])
    assert card.body.endswith("Biggest change: Review bombing, 14 now and 0 before.")


def wave(count: int, days: float, prefix: str) -> list[Incident]:
    """Return entries about one wave of reviews: they are one event."""
    return several(count, days, prefix, timed=False)


def apart(count: int, days: float, prefix: str) -> list[Incident]:
    """Return attacks two days apart, each by a source of its own."""
    return [
        incident(f"{prefix}-{n}", NOW - timedelta(days=days + 2 * n), source=f"A{n}")
        for n in range(count)
    ]


def test_one_wave_of_many_entries_is_no_rise() -> None:
    """Twenty entries about one wave are one event, and twelve separate attacks came before."""
    found = look([*wave(20, 3, "N"), *apart(12, 30, "B"), *OLD])
    assert trends.trend(found).startswith(
        "1 event in the last 28 days (20 entries), 12 in the 28 days before: clearly fewer, which "
        "is hardly a coincidence."
    )
    assert trend_tone(msgspec.structs.replace(found, bursts=())) is Tone.GOOD


def test_a_rise_of_events_is_told_though_the_entries_fell() -> None:
    card = shown([*apart(12, 1, "N"), *wave(20, 33, "B"), *OLD])
    assert card.body.startswith(
        "12 events in the last 28 days, 1 in the 28 days before (20 entries): clearly more, which"
    )
    assert card.tone is Tone.WARNING


def test_the_change_of_a_method_is_told_in_events_too() -> None:
    twice = [*apart(12, 1, "H"), *apart(12, 1, "I")]
    assert shown([*twice, *OLD]).body.endswith(
        "Biggest change: Listing hijacks and unknown sellers, 12 events now and 0 before."
    )


def test_a_young_record_is_not_compared() -> None:
    assert "To show a trend, Brandwarden needs 8 weeks of history" in shown(several(3, 1, "N")).body


def test_who_comes_back_unreported_is_to_be_reported_first() -> None:
    card = shown([*several(1, 30, "A", source="A1"), *several(1, 2, "B", source="A1"), *OLD])
    assert value(card, "Who").startswith(
        "1 of 1 known source comes back. None was reported yet: open the case and press 'File a "
        "report'.\n"
    )


def test_who_comes_back_is_marked() -> None:
    reported = several(1, 30, "A", source="A1", reported=True)
    card = shown([*reported, *several(1, 2, "B", source="A1"), *OLD])
    assert value(card, "Who") == (
        "1 of 1 known source comes back. For the same violation, quote Amazon's complaint IDs in "
        "the next report.\n"
        "A1: 2 of 2, comes back (2 in total, in 2 weeks)"
    )


FRIDAY = NOW - timedelta(days=5, hours=-8)
"""Nine in the evening, in Berlin."""


def visits(count: int, source: str, at: datetime = FRIDAY) -> list[Incident]:
    """Return visits of an unknown seller, a week apart."""
    return [
        incident(f"C-{n}", at - timedelta(weeks=n), source=source, decided=False)
        for n in range(count)
    ]


def test_unknown_sellers_stand_apart_from_attacks() -> None:
    hit = several(2, 1, "A", source="A1ATTACKER0001")
    card = shown([*visits(3, "A2STRANGER0001"), *hit, *OLD])
    assert card.title == "Attacks: 2 in 12 weeks. Unknown sellers: 1"
    assert "A2STRANGER0001" not in value(card, "Who")
    assert "Listing hijack" not in value(card, "How")
    told = value(card, "Unknown sellers")
    assert told.startswith(
        "3 cases of 1 unknown seller. Reselling genuine products is often lawful"
    )
    assert told.endswith("A2STRANGER0001: 3 cases")
    found = look([*visits(3, "A2STRANGER0001"), *hit])
    charts = {chart.title: chart for chart in attack_charts(found)}
    assert "A2STRANGER0001" not in spoken(charts["Who attacks us"])
    assert "A2STRANGER0001" in spoken(charts["Unknown sellers to decide about"])
    assert "Attacks and unknown sellers by week" in charts


def test_strangers_alone_are_no_attack() -> None:
    card = shown(visits(3, "A2STRANGER0001"))
    assert card.title == "Attacks: none in 12 weeks. Unknown sellers: 1"
    assert (value(card, "How"), value(card, "Who")) == ("", "")
    titles = [chart.title for chart in attack_charts(look(visits(3, "A2STRANGER0001")))]
    assert not any("attacks us" in title for title in titles)
    listed = incidents_card(visits(1, "A2"), ListPage.of(1, 1, "attacks list"), TEAM)
    assert listed.fields[0].label == "C-0 · Unknown seller"


def test_who_comes_on_a_weekday_is_found_before_the_weekday_of_all() -> None:
    others = [incident(f"O-{n}", NOW - timedelta(days=n * 3.1 + 0.5)) for n in range(8)]
    monday = incident("C-9", NOW - timedelta(days=2), source="A2GRAYMARKET9", decided=False)
    found = look([*visits(8, "A2GRAYMARKET9"), monday, *others])
    found = msgspec.structs.replace(found, called={"A2GRAYMARKET9": "Gray Market Store"})
    assert times.when(found) == (
        "A2GRAYMARKET9 (Gray Market Store) shows up on Friday evenings: 8 of its 9 visits. "
        "Have someone on duty on Friday evening. "
        "Times are when Brandwarden saw it, Berlin time."
    )
    assert (found.day, found.hour) == (None, None)


def test_entries_of_one_event_prove_nothing_together() -> None:
    """Five entries about one wave are one event, however unlikely five by themselves were."""
    wave = [
        incident(f"A-{n}", NOW - timedelta(days=5 - n // 2), AttackKind.REVIEW_BOMBING, timed=False)
        for n in range(6)
    ]
    past = several(1, 7 * 20, "P", method=AttackKind.REVIEW_BOMBING)
    card = shown([*wave, *past])
    assert "6 in one week, 1 in the 19 weeks before: entries about one event" in value(
        card, "Campaign"
    )
    assert card.body.endswith("too few separate events to tell.")


def test_a_rare_week_is_told_in_numbers_that_anybody_can_check() -> None:
    days = [(n, f"A{n}") for n in range(3)] * 2
    hits = [
        incident(f"A-{place}", NOW - timedelta(days=n), AttackKind.RETURNS, source)
        for place, (n, source) in enumerate(days)
    ]
    told = value(shown([*hits, *several(1, 7 * 21, "P", method=AttackKind.OTHER)]), "Campaign")
    assert "6 in one week, none in the 21 weeks before: hardly a coincidence" in told
    assert "million" not in told


@pytest.mark.parametrize(
    ("zone", "words_"),
    [("America/New_York", "New York time"), ("UTC", "UTC"), ("Europe/Berlin", "Berlin time")],
)
def test_a_picture_of_hours_names_its_zone(zone: str, words_: str) -> None:
    found = analyse(in_order(several(9, 1, "A")), NOW, ZoneInfo(zone), 12)
    *_, last = attack_charts(found)
    assert last.title == f"When Brandwarden saw it, {words_}"


def test_nobody_known_is_said() -> None:
    told = value(shown(several(2, 1, "A")), "Who")
    assert told.startswith("No source is known yet.")
    assert told.endswith("\nunknown source: 2 of 2")


def test_no_product_is_said() -> None:
    assert value(shown(several(1, 1, "A")), "Which products").startswith("No product was named")


def test_too_few_say_nothing_about_a_time() -> None:
    assert value(shown(several(3, 1, "A")), "When") == "3 in total: too few to tell."


def test_a_weekday_that_stands_out_is_named_with_its_test() -> None:
    tuesdays = [incident(f"C-{n}", NOW - timedelta(days=1 + 7 * (n % 8))) for n in range(12)]
    told = value(shown(tuesdays), "When")
    assert told.startswith("Tuesdays stand out: 12 of 12; about 2 would be expected.")
    assert told.endswith(
        "Have someone on duty then. Times are when Brandwarden saw it, Berlin time."
    )


def test_where_a_person_logged_the_day_nothing_says_that_brandwarden_saw_it() -> None:
    tuesdays = [
        incident(f"C-{n}", NOW - timedelta(days=1 + 7 * (n % 8)), timed=bool(n)) for n in range(12)
    ]
    told = value(shown(tuesdays), "When")
    assert told.endswith(
        "Have someone on duty then. Logged attacks count on the day you entered, Berlin time."
    )
    *_, hours = attack_charts(look(tuesdays))
    assert hours.says == told


def test_without_a_long_past_a_burst_is_left_open() -> None:
    assert "needs 8 weeks" in value(shown(several(9, 1, "A")), "Campaigns")


def test_nothing_unusual_is_said() -> None:
    told = value(shown([*several(1, 1, "A"), *OLD]), "Campaigns")
    assert told.startswith("No single known source hit 3 or more products within 14 days, and no")


def test_many_campaigns_are_counted() -> None:
    hits = [
        incident(f"{who}-{n}", source=who, asins=(f"B{n}",)) for who in "KLMN" for n in range(3)
    ]
    card = shown(hits)
    assert [field.label for field in card.fields].count("Campaign") == 2
    assert value(card, "Campaigns").startswith("2 more campaigns. ")


def test_nobody_is_told_to_report_many_as_one_or_a_resale_at_all() -> None:
    """Facts: one violation per report, and who sells without permission has done none by that."""
    burst = several(9, 1, "B", method=AttackKind.FOLLOW_UP)
    past = [each for week in range(1, 20) for each in several(1, 7.0 * week, f"P{week}")]
    told = value(shown([*burst, *past]), "Campaigns")
    assert told == "Find out what started it. If several sources took part, file a report for each."
    assert "lawful" in value(shown(burst), "How")


def test_charts_say_what_they_mean_and_mark_what_to_look_at() -> None:
    methods, sources, weeks, hours = attack_charts(look(planted(1)))
    assert isinstance(methods, Bars)
    assert isinstance(sources, Bars)
    assert isinstance(weeks, Course)
    assert isinstance(hours, Heat)
    assert methods.bars[0].strong
    assert {bar.label for bar in sources.bars if bar.strong} >= {CAMPAIGN}
    assert [bar.note for bar in weeks.points if bar.strong] == ["unusually many"]
    assert (len(weeks.points), weeks.points[-1].label) == (12, "23 Nov")
    assert (len(hours.rows), len(hours.columns)) == (7, 24)
    for chart in (methods, sources, weeks, hours):
        assert chart.says.endswith(".")
        assert chart.says in spoken(chart)


def test_the_week_to_look_at_is_named_under_its_picture() -> None:
    _, _, weeks, _ = attack_charts(look(planted(1)))
    assert "Unusually many in the week of 2 Nov: find out what caused them." in weeks.says


def test_weekdays_are_drawn_where_hardly_any_hour_is_known() -> None:
    at = NOW - timedelta(days=1)
    logged = [incident(f"A-{n}", at - timedelta(weeks=n % 8), timed=False) for n in range(12)]
    *_, days = attack_charts(look([*logged, incident("C-1", at)]))
    assert isinstance(days, Bars)
    assert [bar.label for bar in days.bars if bar.strong] == ["Tue"]
    assert sum(bar.value for bar in days.bars) == 13


def test_of_a_few_attacks_no_picture_says_when() -> None:
    titles = [chart.title for chart in attack_charts(look(several(5, 1, "A")))]
    assert titles == ["How we are attacked", "Attacks by week"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert list(attack_charts(look([]))) == []


def test_the_list_tells_each_in_two_lines() -> None:
    hit = incident("A-3", method=AttackKind.PHISHING, source="x@y.example", asins=("B1", "B2"))
    card = incidents_card([hit], ListPage.of(1, 1, "attacks list"), TEAM)
    [field] = card.fields
    assert field.label == "A-3 · Phishing"
    assert field.value == "25 Nov 2026 · x@y.example · 2 products"


hostile = st.text(alphabet="\u202e\u200b\x00\n<!@=|`*_[](): aZ9é", max_size=200)


@given(st.lists(st.tuples(hostile, hostile), min_size=1, max_size=12))
@settings(max_examples=40)
def test_whatever_a_source_and_a_product_are_called_the_cards_hold(
    named: list[tuple[str, str]],
) -> None:
    incidents = [
        incident(f"C-{n}", source=source, asins=(asin, "B1", "B2"))
        for n, (source, asin) in enumerate(named)
    ]
    found = look(incidents)
    names = {asin: asin for _, asin in named}
    cards = [attacks_card(found, names, TEAM)]
    cards.append(
        incidents_card(incidents[:8], ListPage.of(1, len(incidents), "attacks list"), TEAM)
    )
    for card in cards:
        text = "".join(field.label + field.value for field in card.fields)
        assert not set(text) & set("\u202e\u200b\x00")
    for chart in attack_charts(found):
        assert not set(spoken(chart)) & set("\u202e\u200b\x00")


def test_what_cannot_be_seen_shows() -> None:
    card = shown([incident("C-1", source="A\u202e1")])
    assert f"A{UNSEEN}1" in value(card, "Who")


def test_of_two_that_are_as_frequent_none_leads() -> None:
    told = words.methods(look([*several(1, 1, "A"), *several(1, 1, "B", method=AttackKind.OTHER)]))
    assert told.startswith("Another attack is among the most frequent: 1 of 2.")


@for_each("kind", AttackKind)
def test_there_is_advice_against_each_method(kind: AttackKind) -> None:
    told = words.methods(look([incident("A-1", method=kind)]))
    assert told.startswith(f"{kind.label} is the only kind: 1 of 1. ")
    assert told.endswith(".")


def test_a_very_large_log_fits_the_card() -> None:
    world = [
        incident(
            f"C-{n}",
            NOW - timedelta(hours=n % 2000),
            source="x" * 90 + str(n % 50),
            asins=(f"B{n % 90:09d}",),
            method=list(AttackKind)[n % 11],
        )
        for n in range(3000)
    ]
    assert shown(world, {f"B{n:09d}": "Cast iron " * 40 for n in range(90)}).size < 4000
