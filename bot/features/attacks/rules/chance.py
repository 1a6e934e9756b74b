"""How likely chance alone is: exact tests, each with its assumption. No approximation, no magic."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

NEGLIGIBLE = 1e-17
"""A term this small beside the sum changes no digit of it."""
TINY = 1e-300
"""Below this, numbers get too coarse to become smaller: a sum of them would never end."""


def of_weeks(count: int, past: int, weeks: int) -> float:
    """Return how likely a week has at least ``count`` after ``past`` in so many ``weeks``.

    Events come by themselves at a steady rate that nobody knows (Gamma-Poisson with Jeffreys'
    prior), so that a week is negative binomial with r = past + 0.5 and mean r / weeks. 1 where
    the count is not above that mean.
    """
    r = past + 0.5
    if count * weeks <= r:
        return 1.0
    term = exp(
        lgamma(r + count)
        - lgamma(r)
        - lgamma(count + 1)
        - r * log1p(1 / weeks)
        - count * log1p(weeks)
    )
    total = 0.0
    while term > max(TINY, NEGLIGIBLE * total):
        total += term
        term *= (r + count) / ((count + 1) * (weeks + 1))
        count += 1
    return min(1.0, total)


def of_share(count: int, of: int, share: float) -> float:
    """Return how likely at least ``count`` of so many fall to a part that has this share of them.

    Each falls for itself (binomial), and the share is between 0 and 1. 1 where the count is not
    above ``of * share``.
    """
    if count <= of * share:
        return 1.0
    term = exp(
        lgamma(of + 1)
        - lgamma(count + 1)
        - lgamma(of - count + 1)
        + count * log(share)
        + (of - count) * log1p(-share)
    )
    odds = share / (1 - share)
    total = 0.0
    while term > max(TINY, NEGLIGIBLE * total):
        total += term
        term *= (of - count) / (count + 1) * odds
        count += 1
    return min(1.0, total)


def of_change(now: int, before: int) -> float:
    """Return how likely two equal periods differ at least so much while nothing changed.

    Given how many there are in both, each falls into either alike: the conditional binomial
    test, on both sides.
    """
    return min(1.0, 2 * of_share(max(now, before), now + before, 0.5))
