"""One pause for all that cannot be asked, and one probe after it."""

from __future__ import annotations

import pytest

from bot.errors import AccessRefused, LoginError, QuotaExceeded, SourceError, Unavailable
from checks.breaker import FIRST_PAUSE, LONGEST, LONGEST_PAUSE, STRIKES, Breakers

LOGIN = LoginError("Amazon rejected the refresh token.")
DOWN = Unavailable("Amazon answered with an error page (503).")


def test_all_is_well_at_first() -> None:
    breakers = Breakers()
    assert breakers.out("eu") == []
    assert breakers.faults() == {}


def test_a_refused_login_stops_every_region_at_once() -> None:
    breakers = Breakers()
    assert breakers.failed("eu", LOGIN, 0, probe=False)
    assert [breaker.why for breaker in breakers.out("na")] == [str(LOGIN)]
    assert breakers.faults() == {"account": str(LOGIN)}


@pytest.mark.parametrize("error", [DOWN, AccessRefused("no role"), QuotaExceeded(), SourceError()])
def test_a_region_is_out_after_some_failures_in_a_row_and_alone(error: SourceError) -> None:
    breakers = Breakers()
    for _ in range(STRIKES - 1):
        assert not breakers.failed("eu", error, 0, probe=False)
    breakers.worked("eu")
    for _ in range(STRIKES - 1):
        assert not breakers.failed("eu", error, 0, probe=False)
    assert breakers.failed("eu", error, 0, probe=False)
    assert breakers.faults() == {"eu": str(error)}
    assert breakers.out("na") == []


@pytest.mark.parametrize(("error", "longest"), [(LOGIN, LONGEST_PAUSE["account"]), (DOWN, LONGEST)])
def test_probes_come_at_growing_pauses_up_to_the_longest(
    error: SourceError, longest: float
) -> None:
    breakers, now, pauses = Breakers(), 0.0, []
    for _ in range(STRIKES):
        breakers.failed("eu", error, now, probe=False)
    for _ in range(12):
        [breaker] = breakers.out("eu")
        pauses.append(breaker.wait(now))
        assert not breaker.may_probe(now)
        now += breaker.wait(now)
        assert breaker.may_probe(now)
        breaker.probe()
        assert not breaker.may_probe(now + 1000)
        breakers.failed("eu", error, now, probe=True)
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == longest
    assert sorted(pauses) == pauses


def test_what_was_sent_before_the_stop_does_not_lengthen_the_pause() -> None:
    breakers = Breakers()
    for _ in range(10):
        breakers.failed("eu", LOGIN, 0, probe=False)
    assert breakers.out("eu")[0].wait(0) == FIRST_PAUSE


def test_an_answer_ends_it_and_the_next_pause_is_short_again() -> None:
    breakers = Breakers()
    breakers.failed("eu", LOGIN, 0, probe=False)
    breakers.failed("eu", LOGIN, 100, probe=True)
    breakers.worked("na")
    assert breakers.faults() == {}
    breakers.failed("eu", LOGIN, 200, probe=False)
    assert breakers.out("eu")[0].wait(200) == FIRST_PAUSE


def test_a_refusal_behind_the_login_shows_that_the_login_works() -> None:
    breakers = Breakers()
    breakers.failed("eu", LOGIN, 0, probe=False)
    breakers.failed("eu", AccessRefused("no role"), 100, probe=True)
    assert breakers.out("na") == []


def test_a_time_out_of_a_probe_keeps_the_reason_and_lengthens_the_pause() -> None:
    breakers = Breakers()
    breakers.failed("eu", LOGIN, 0, probe=False)
    breakers.failed("eu", DOWN, 100, probe=True)
    [breaker] = breakers.out("eu")
    assert (breaker.why, breaker.wait(100)) == (str(LOGIN), 2 * FIRST_PAUSE)


def test_a_probe_that_tells_nothing_may_be_followed_by_another() -> None:
    breakers = Breakers()
    breakers.failed("eu", LOGIN, 0, probe=False)
    [breaker] = breakers.out("eu")
    breaker.probe()
    breaker.undecided()
    assert breaker.may_probe(FIRST_PAUSE)


def test_what_was_wrong_before_a_stop_is_probed_at_once_after_it() -> None:
    breakers = Breakers()
    breakers.of("account").resume(str(LOGIN), 50)
    [breaker] = breakers.out("eu")
    assert breaker.may_probe(50)
