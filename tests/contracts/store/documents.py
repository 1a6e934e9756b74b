"""Cases and watches as hypothesis invents them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.core.findings import Severity
from bot.core.listing import Watch
from bot.core.money import Money
from bot.core.permissions import Person
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.models.signals import Lead
from bot.features.cases.models.tally import Tally

words = st.text(st.characters(codec="utf-8"), max_size=30)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)
amounts = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)
money = st.builds(Money, amounts, st.sampled_from(["USD", "EUR", "JPY"]))
people = st.builds(Person, words, words)
leads = st.builds(Lead, kind=words, asin=words, headline=words, severity=st.sampled_from(Severity))
counts = st.dictionaries(words, st.integers(1, 10**6), max_size=3)
tallies = st.builds(
    Tally,
    products=st.integers(0, 10**6),
    kinds=counts,
    active=counts,
    severities=st.dictionaries(st.sampled_from([0, 1, 2]), st.integers(1, 10**6)),
    losses=st.dictionaries(st.sampled_from(["USD", "EUR", "JPY"]), amounts),
)
cases = st.builds(
    Case,
    number=st.integers(1, 10**8),
    fingerprint=words,
    marketplace=words,
    seller=words,
    opened_at=moments,
    open=st.booleans(),
    asins=st.lists(words, max_size=3).map(tuple),
    tally=tallies,
    lead=st.none() | leads,
    told_at=st.none() | moments,
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
