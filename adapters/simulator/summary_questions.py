"""What callers ask of getCompetitiveSummary, read from the body of their batch."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

import msgspec

from adapters.simulator.catalogue import Condition
from adapters.simulator.questions import ASIN, BATCH_SIZE, Refused

URI = "/products/pricing/2022-05-01/items/competitiveSummary"
MOST_INPUTS = 5


class DataSet(Enum):
    """What may be asked for."""

    FEATURED = "featuredBuyingOptions"
    REFERENCES = "referencePrices"
    LOWEST = "lowestPricedOffers"
    SIMILAR = "similarItems"


class InputOfLowest(msgspec.Struct, frozen=True, rename="camel"):
    """Which offers are to be listed."""

    item_condition: Condition
    offer_type: Literal["Consumer"]


class SummaryQuestion(msgspec.Struct, frozen=True, rename="camel"):
    """The summary of one product, a question of a batch."""

    asin: str
    marketplace_id: str
    included_data: Annotated[tuple[DataSet, ...], msgspec.Meta(min_length=1)]
    method: Literal["GET"]
    uri: str
    lowest_priced_offers_inputs: Annotated[
        tuple[InputOfLowest, ...], msgspec.Meta(max_length=MOST_INPUTS)
    ] = (InputOfLowest(Condition.NEW, "Consumer"),)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions whose offers are to be listed."""
        return tuple(each.item_condition for each in self.lowest_priced_offers_inputs)


class _Batch(msgspec.Struct, frozen=True):
    requests: Annotated[
        tuple[SummaryQuestion, ...], msgspec.Meta(min_length=1, max_length=BATCH_SIZE)
    ]


class InvalidAsin(Refused):
    """No product of the request has an ASIN."""

    code = "INVALID_ASIN"


def read_summary_batch(body: bytes) -> tuple[SummaryQuestion, ...]:
    """The questions of a batch.

    Amazon's examples refuse a batch as a whole where its only ASIN is none, and answer one of two
    that is none in its part.
    """
    try:
        questions = msgspec.json.decode(body, type=_Batch).requests
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(str(error)) from error
    if any(question.uri != URI for question in questions):
        raise Refused(f"uri must be {URI}.")
    if not any(ASIN.fullmatch(question.asin) for question in questions):
        raise InvalidAsin(f"{questions[0].asin} is not a valid ASIN")
    return questions
