"""Cases and watches as hypothesis invents them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.domain.cases import Case, CloseReason, Signal
from bot.domain.findings import Fact, Severity
from bot.domain.money import Money
from bot.domain.offers import Watch
from bot.domain.people import Person

words = st.text(st.characters(codec="utf-8"), max_size=30)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)
amounts = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)
money = st.builds(Money, amounts, st.sampled_from(["USD", "EUR", "JPY"]))
people = st.builds(Person, words, words)
signals = st.builds(
    Signal,
    kind=words,
    asin=words,
    headline=words,
    severity=st.sampled_from(Severity),
    since=moments,
    mark=words,
    facts=st.lists(st.builds(Fact, words, words), max_size=2).map(tuple),
    ended_at=st.none() | moments,
)
cases = st.builds(
    Case,
    number=st.integers(1, 10**8),
    fingerprint=words,
    marketplace=words,
    seller=words,
    opened_at=moments,
    open=st.booleans(),
    signals=st.lists(signals, max_size=3).map(tuple),
    acknowledged_by=st.none() | people,
    acknowledged_at=st.none() | moments,
    reason=st.none() | st.sampled_from(CloseReason),
    note=words,
    earlier=st.none() | st.integers(1, 10**8),
)
watches = st.builds(
    Watch,
    asin=names,
    marketplace=words,
    title=words,
    floor=st.none() | money,
    sku=words,
    daily_units=st.none() | st.integers(0, 10**6),
    added_at=moments,
)
