"""Amazon itself offers our product, but not as new."""

from __future__ import annotations

from bot.core.conditions import Condition
from bot.core.findings import OUTLET, Severity
from tests.unit.checks.conditions.answers import NEW_ONE, RESALE, Story, facts_of, offer


def test_a_warehouse_deal_is_news_and_no_alarm() -> None:
    [finding] = Story().sees(NEW_ONE, offer(RESALE, "24.00", sub_condition="Mint"))
    assert (finding.signal, finding.severity) == (OUTLET, Severity.INFO)
    assert finding.fingerprint == f"US/{RESALE}"
    assert finding.headline == (
        "Amazon itself (as far as we know) offers Walnut Salad Bowl used (like new) at USD 24.00, "
        "52% below new"
    )
    told = facts_of(finding)
    assert "as far as we know" in told["Seller"]
    assert told["What to do"].startswith("Do not report this.")


def test_all_its_conditions_are_one_finding_that_ends_with_the_last() -> None:
    story = Story()
    used, refurbished = offer(RESALE), offer(RESALE, "30.00", Condition.REFURBISHED, "")
    [finding] = story.sees(used, refurbished)
    assert "used (very good) at USD 20.00" in finding.headline
    for _ in range(3):
        [finding] = story.sees(refurbished)
        assert not finding.ended
    assert story.sees() == []
    [finding] = story.sees()
    assert finding.ended
    assert finding.signal == OUTLET
    assert "no longer offers Walnut Salad Bowl refurbished" in finding.headline


def test_an_offer_of_amazon_that_is_trusted_here_is_no_finding() -> None:
    assert Story(RESALE).sees(offer(RESALE)) == []


def test_an_id_that_is_doubtful_is_said_to_be() -> None:
    """Lists disagree on Amazon's ID in Poland; in the US it is a stranger's."""
    [finding] = Story().sees(offer("A2R2221NX79QZP"))
    assert finding.signal != OUTLET
