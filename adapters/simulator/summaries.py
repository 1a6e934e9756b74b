"""What answers getCompetitiveSummary: the world's truth, distorted by the faults of the moment."""

from __future__ import annotations

from http import HTTPStatus

from msgspec.structs import replace

from adapters.simulator.answers.summaries import failed_summary, summary_of
from adapters.simulator.faults import Fault, Faults
from adapters.simulator.gateway import Plan
from adapters.simulator.outages import json_response
from adapters.simulator.quirks.summaries import distort_summary
from adapters.simulator.quota import Operation
from adapters.simulator.summary_questions import SummaryQuestion, read_summary_batch
from adapters.simulator.wire.common import encode
from adapters.simulator.wire.summaries import SummariesResponse, SummaryResponse
from adapters.simulator.world import World


class Summaries:
    """Answers a batch of questions, each with a status of its own."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults

    def plan(self, body: bytes) -> Plan:
        """How to answer a batch; raises Refused for one that is invalid."""
        questions = read_summary_batch(body)
        return Plan(
            tuple(question.asin for question in questions),
            lambda now: json_response(200, encode(self.answer(questions, now))),
        )

    def answer(self, questions: tuple[SummaryQuestion, ...], now: float) -> SummariesResponse:
        """Answer at a moment of scenario time."""
        answers = (self._one(question, now) for question in questions)
        return SummariesResponse(tuple(answer for answer in answers if answer is not None))

    def _one(self, question: SummaryQuestion, now: float) -> SummaryResponse | None:
        asin = question.asin
        strike = self._faults.striker(Operation.COMPETITIVE_SUMMARY, (asin,), now)
        if strike(Fault.MISSING_INNER) is not None:
            return None
        if strike(Fault.INNER_500) is not None:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            return failed_summary(question, status, "InternalFailure", "Try again.")
        if strike(Fault.INNER_429) is not None:
            status = HTTPStatus.TOO_MANY_REQUESTS
            return failed_summary(question, status, "QuotaExceeded", "You exceeded your quota.")
        listing = self._world.listing(asin, now)
        if listing is None or listing.product.marketplace != question.marketplace_id:
            message = f"{asin} is not a valid ASIN"
            return failed_summary(question, HTTPStatus.BAD_REQUEST, "INVALID_ASIN", message)
        neighbors = (
            product.asin
            for product in self._world.scenario.products
            if product.asin != asin and product.marketplace == question.marketplace_id
        )
        response = summary_of(question, listing, neighbors)
        return replace(response, body=distort_summary(response.body, strike))
