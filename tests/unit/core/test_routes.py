"""Which alerts go to another channel, and what becomes of them where that takes none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.findings import Severity
from bot.core.routes import AlertRoute, channels_for, ends_here

DE = AlertRoute(chat="far", channel="C2", severity=Severity.CRITICAL, marketplace="DE")
WARN = AlertRoute(chat="far", channel="C3", severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("severity", "market", "channel"),
    [
        (Severity.CRITICAL, "DE", "C2"),
        (Severity.CRITICAL, "US", "C3"),
        (Severity.WARNING, "DE", "C3"),
        (Severity.INFO, "DE", None),
    ],
)
def test_the_first_route_that_matches_counts(
    severity: Severity, market: str, channel: str | None
) -> None:
    assert channels_for((DE, WARN), severity, market).get("far") == channel


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            AlertRoute,
            chat=st.sampled_from(["a", "b"]),
            channel=st.sampled_from(["1", "2", "3"]),
            severity=st.sampled_from([None, *Severity]),
            marketplace=st.sampled_from(["", "DE", "US"]),
        ),
        max_size=6,
    ),
    st.sampled_from(list(Severity)),
    st.sampled_from(["DE", "US"]),
)
def test_each_chat_has_one_channel_at_most_and_it_is_one_of_a_route_that_takes_it(
    routes: list[AlertRoute], severity: Severity, market: str
) -> None:
    found = channels_for(routes, severity, market)
    for chat in ("a", "b"):
        fits = [
            each.channel for each in routes if each.chat == chat if each.takes(severity, market)
        ]
        assert found.get(chat) == next(iter(fits), None)


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("channel here", True),
        ("route critical DE here", True),
        ("Route here", True),
        ("route", False),
        ("zone here", False),
        ("", False),
        ("here", False),
    ],
)
def test_what_sends_alerts_to_the_channel_in_which_it_is_typed(text: str, here: bool) -> None:
    assert ends_here("settings", text) is here
    assert not ends_here("watch", text)
