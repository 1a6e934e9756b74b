"""How much of what others wrote is stopped, and that nothing good is, in English and German.

``buyers.toml`` and ``support.toml`` are by people who did not see the rules, and so are the second
ones; the misleading ones are by who wrote the rules. Likeness was learned from all of them, so they
only show that nothing gets lost. What is stopped of a new letter is told by the third ones, which
no rule was made for and nothing was learned from: never read them to change a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.unit.features.letters.measuring import (
    Sample,
    buyer_set,
    counted,
    stopping_buyer,
    stopping_request,
    support_set,
)

BUYERS, MISLEADING = buyer_set("buyers"), buyer_set("misleading_buyers")
BUYERS_2, SUPPORT_2 = buyer_set("buyers_2"), support_set("support_2")
BUYERS_UNSEEN, SUPPORT_UNSEEN = buyer_set("buyers_3"), support_set("support_3")
SUPPORT, ASTRAY = support_set("support"), support_set("misleading_support")


def stopped_of(
    samples: Iterable[Sample], stopping: Callable[[Sample], list[str]]
) -> dict[str, list[str]]:
    """Return what stops those that are stopped, by how they begin."""
    return {each.text[:60]: why for each in samples if (why := stopping(each))}


def test_no_good_message_to_a_buyer_is_stopped() -> None:
    samples = (*BUYERS.good, *BUYERS_2.good, *MISLEADING.good)
    assert stopped_of(samples, stopping_buyer) == {}


def test_no_good_request_is_stopped() -> None:
    assert stopped_of((*SUPPORT.good, *ASTRAY.good), stopping_request) == {}


def test_of_other_good_requests_only_one_whose_days_have_no_year_is_stopped() -> None:
    stopped = [remarks for each in SUPPORT_2.good if (remarks := stopping_request(each))]
    assert stopped == [["Says when it started: Say when it started, like 2026-11-23."]]


def test_what_may_not_be_sent_to_a_buyer_is_stopped() -> None:
    stopped = [bool(stopping_buyer(each)) for each in BUYERS.violation]
    assert counted(BUYERS.violation, stopped) == {
        "de blunt": "10/10",
        "de paraphrased": "14/15",
        "en blunt": "10/10",
        "en paraphrased": "15/15",
    }


def test_of_what_the_phrases_were_not_made_for_most_is_stopped() -> None:
    stopped = [bool(stopping_buyer(each)) for each in BUYERS_2.violation]
    assert counted(BUYERS_2.violation, stopped) == {
        "de blunt": "9/10",
        "de paraphrased": "10/15",
        "en blunt": "10/10",
        "en paraphrased": "13/15",
    }
    stopped = [bool(stopping_request(each)) for each in SUPPORT_2.bad]
    assert counted(SUPPORT_2.bad, stopped) == {
        "de blunt": "2/5",
        "de paraphrased": "0/5",
        "en blunt": "2/5",
        "en paraphrased": "0/5",
    }


def test_what_gets_a_request_sent_back_is_stopped() -> None:
    stopped = [bool(stopping_request(each)) for each in SUPPORT.bad]
    assert counted(SUPPORT.bad, stopped) == {
        "de blunt": "5/5",
        "de paraphrased": "5/5",
        "en blunt": "5/5",
        "en paraphrased": "5/5",
    }


def test_most_of_what_is_said_in_other_words_is_stopped() -> None:
    messages = [bool(stopping_buyer(each)) for each in MISLEADING.violation]
    requests = [bool(stopping_request(each)) for each in ASTRAY.bad]
    assert sum(messages) >= 0.9 * len(messages)
    assert sum(requests) >= 0.9 * len(requests)


def test_of_unseen_messages_most_that_may_not_be_sent_are_stopped_and_few_others() -> None:
    wrong = [bool(stopping_buyer(each)) for each in BUYERS_UNSEEN.violation]
    assert counted(BUYERS_UNSEEN.violation, wrong) == {
        "de blunt": "19/20",
        "de paraphrased": "22/30",
        "en blunt": "17/20",
        "en paraphrased": "26/30",
    }
    good = [bool(stopping_buyer(each)) for each in BUYERS_UNSEEN.good]
    assert counted(BUYERS_UNSEEN.good, good) == {"de": "2/30", "en": "2/30"}


def test_of_unseen_requests_some_that_get_sent_back_are_stopped_and_no_others() -> None:
    wrong = [bool(stopping_request(each)) for each in SUPPORT_UNSEEN.bad]
    assert counted(SUPPORT_UNSEEN.bad, wrong) == {
        "de blunt": "3/10",
        "de paraphrased": "2/10",
        "en blunt": "6/10",
        "en paraphrased": "2/10",
    }
    good = [bool(stopping_request(each)) for each in SUPPORT_UNSEEN.good]
    assert counted(SUPPORT_UNSEEN.good, good) == {"de": "0/15", "en": "0/15"}
