"""The rules: each looks at one reading of a product's offers and yields what it concludes.

A new rule is one file with one function, one line in ``RULES`` and one test file. Rules are pure:
the time is that of the reading.
"""

from __future__ import annotations

from bot.core.findings import Finding, RuleContext
from bot.core.history import CONFIRMATIONS
from checks.offers.amazon_sells import amazon_sells
from checks.offers.buy_box_lost import buy_box_lost
from checks.offers.buy_box_suppressed import buy_box_suppressed
from checks.offers.hidden_sellers import hidden_sellers
from checks.offers.own_offer_gone import own_offer_gone
from checks.offers.price_floor import price_floor
from checks.offers.seller_back import seller_back
from checks.offers.seller_gone import seller_gone
from checks.offers.unknown_seller import unknown_seller

RULES = (
    unknown_seller,
    amazon_sells,
    seller_back,
    seller_gone,
    buy_box_lost,
    buy_box_suppressed,
    own_offer_gone,
    price_floor,
    hidden_sellers,
)


def evaluate(context: RuleContext) -> list[Finding]:
    """Run all rules. An empty reading is believed only when the next one agrees."""
    if 0 < context.now.empty < CONFIRMATIONS:
        return []
    return [finding for rule in RULES for finding in rule(context)]
