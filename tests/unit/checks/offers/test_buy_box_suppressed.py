from __future__ import annotations

from bot.core.findings import BUY_BOX, NO_BUY_BOX, Finding, Severity
from tests.strategies import TRUSTED
from tests.unit.checks.offers.story import OURS, STRANGER, Story, offer


def of(signal: str, findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.signal == signal]


def suppressed() -> Story:
    """Return a product that we sell and whose Buy Box nobody holds."""
    story = Story()
    story.read(OURS)
    story.read(OURS, holders=())
    assert of(NO_BUY_BOX, story.read(OURS, holders=()))
    return story


def test_nobody_is_believed_when_two_readings_agree_and_it_is_a_case_of_the_page() -> None:
    story = Story()
    story.read(OURS)
    assert story.read(OURS, holders=()) == []
    (finding,) = story.read(OURS, holders=())
    assert finding.headline == "The Buy Box of Walnut Salad Bowl is held by no one"
    assert finding.severity is Severity.WARNING
    assert finding.fingerprint == "US/B0WALNUTBL/page"
    assert finding.facts[0].label == "What to do first"
    assert "Pricing Health" in finding.facts[0].value


def test_it_is_over_when_we_hold_it_again_also_in_a_case_of_an_earlier_version() -> None:
    ended, earlier = suppressed().read(OURS)
    assert (ended.ended, ended.fingerprint) == (True, "US/B0WALNUTBL/page")
    assert ended.headline == "The Buy Box of Walnut Salad Bowl is ours again"
    assert (earlier.ended, earlier.signal) == (True, BUY_BOX)
    assert earlier.fingerprint == "US/B0WALNUTBL/buy-box"


def test_a_stranger_who_takes_it_ends_it_and_has_a_case_of_their_own() -> None:
    found = suppressed().read(OURS, offer(STRANGER), holders=(STRANGER,))
    assert [each.ended for each in of(NO_BUY_BOX, found)] == [True]
    assert [each.seller for each in of(BUY_BOX, found)] == [STRANGER, ""]


def test_who_else_holds_it_is_named() -> None:
    [ended] = of(NO_BUY_BOX, suppressed().read(OURS, offer(TRUSTED), holders=(TRUSTED,)))
    assert ended.headline.endswith(f"is now held by {TRUSTED}")


def test_what_cannot_be_told_ends_nothing() -> None:
    assert of(NO_BUY_BOX, suppressed().read(OURS, holders=None)) == []


def test_a_false_zero_is_not_one_of_the_two() -> None:
    story = Story()
    story.read(OURS)
    assert story.false_zero() == []
    assert story.read(OURS, holders=()) == []


def test_nobody_while_we_do_not_sell_is_no_loss() -> None:
    story = Story()
    story.read(OURS)
    for _ in range(3):
        assert of(NO_BUY_BOX, story.read(offer(TRUSTED), holders=())) == []
