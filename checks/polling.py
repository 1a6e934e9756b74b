"""Asks what the planner says, as fast as the quotas let it, and hands in what comes of it.

Questions are sent by the clock of the quota, not after the last answer, so that a slow Amazon
costs no reading. What fails for the whole account or a region stops all questions but a probe.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from bot.core.listing import Watch
from bot.core.monitoring import Reading
from bot.core.questions import BY_SKU, IN_FLIGHT, Bucket, MeteredSource, Operation, Question, alone
from bot.errors import Refused, SkuRefused, SourceError
from checks.agenda import PollingAgenda, QueuePlace, Urgency, group_of
from checks.breaker import Breakers
from checks.demands import Demands
from checks.planner import Planner, next_questions
from checks.under_way import UnderWay

LATER = 60.0
"""Seconds after which a product is asked for again whose answer could not be recorded."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Hands:
    """What is done outside with products and with what was read of them."""

    find: Callable[[str], Awaitable[Watch | None]]
    """Returns the watch of that key, if there is one still."""
    take_in: Callable[[Sequence[Reading]], Awaitable[None]]
    """Judges readings, records them, and puts their products back."""
    tell: Callable[[Mapping[str, str]], Awaitable[None]]
    """Records why Amazon cannot be asked, by scope; nothing where all is well."""


class Polling:
    """Which products wait, which are being asked, and who waits for them."""

    def __init__(
        self,
        source: MeteredSource,
        agenda: PollingAgenda,
        monotonic: Callable[[], float],
        hands: Hands,
        plan: Planner = next_questions,
    ) -> None:
        """Ask ``source``; ``monotonic`` tells seconds that only grow."""
        self.agenda = agenda
        self.breakers = Breakers()
        self._source = source
        self._now = monotonic
        self._hands = hands
        self._plan = plan
        self._demands = Demands()
        self._guests: dict[str, Watch] = {}
        self._asked: dict[str, QueuePlace] = {}
        self._open: set[str] = set()
        """What a question is under way for, be it forgotten or put back already."""
        self._next: dict[str, QueuePlace] = {}
        """What is due again of those, and where it waits once its question has ended."""
        self.under_way = UnderWay()
        self._in_flight: Counter[tuple[str, Operation]] = Counter()
        self._broken = False

    def send(self) -> None:
        """Send what the quotas take now."""
        for region in self.agenda.regions():
            out = bool(self.breakers.out(region))
            if not self.breakers.may_probe(region, self._now()):
                continue
            questions = self._plan(self.agenda, self.buckets(region), self._now())
            for question in questions[:1] if out else questions:
                if keys := self._take(question):
                    self.breakers.probe(region)
                    asked = msgspec.structs.replace(question, keys=keys)
                    self._begin(region, asked, probe=out)

    def buckets(self, region: str) -> list[Bucket]:
        """Return the region's quotas, less what is under way."""
        return [
            msgspec.structs.replace(
                bucket, room=IN_FLIGHT - self._in_flight[region, bucket.operation]
            )
            for bucket in self._source.buckets(region)
        ]

    def turn(self, key: str) -> float | None:
        """Return the turn by which the product is asked for now; None: it is not its turn."""
        place = self._asked.get(key)
        return place.due_at if place and place.urgency is Urgency.REGULAR else None

    def asks_for(self, key: str) -> bool:
        """Tell whether the product is being asked for at the moment."""
        return key in self._asked

    def forget(self, key: str) -> None:
        """Ask for the product no more."""
        self.agenda.remove(key)
        self._asked.pop(key, None)
        self._next.pop(key, None)
        self._guests.pop(key, None)

    async def look_now(self, watch: Watch, place: QueuePlace, who: str) -> Reading:
        """Ask for a product that a person waits for, watched or not; ``who`` names the person.

        Raises:
            UserError: they wait for another one, too many others wait, or it takes too long.
        """
        region = place.group.region
        if self.breakers.out(region):
            return Reading(watch, SourceError(self._fault(region)))
        [bucket] = [
            bucket
            for bucket in self.buckets(region)
            if bucket.operation is alone(own=place.group.own)
        ]
        try:
            async with self._demands.turn(who, watch.key, bucket.eta(1 + len(self._demands))):
                if watch.key not in self._asked:
                    if watch.key not in self.agenda:
                        self._guests[watch.key] = watch
                    self.agenda.put(watch.key, *place)
                    self.send()
                return await self._demands.answer(watch.key)
        finally:
            self._let_go(watch.key)

    def _fault(self, region: str) -> str:
        out = self.breakers.out(region)
        seconds = max(breaker.wait(self._now()) for breaker in out)
        return f"{out[0].why} Brandwarden tries again in {max(1, round(seconds))} s."

    def _take(self, question: Question) -> tuple[str, ...]:
        """Take out what is asked for now; what a question is under way for waits for its end.

        Two answers about one product would be recorded at once, and both would put it back.
        """
        free = []
        for key in question.keys:
            place = self.agenda.remove(key)
            if place is None:
                continue
            if key in self._open:
                self._next[key] = place
            else:
                self._asked[key] = place
                free.append(key)
        self._open.update(free)
        return tuple(free)

    def _begin(self, region: str, question: Question, *, probe: bool) -> None:
        self._in_flight[region, question.operation] += 1
        self.under_way.begin(
            self._ask(region, question, probe=probe),
            lambda task: self._ended(task, region, question, probe=probe),
        )

    def _ended(
        self, task: asyncio.Task[None], region: str, question: Question, *, probe: bool
    ) -> None:
        self._in_flight[region, question.operation] -= 1
        if probe:
            self.breakers.undecided(region)
        error = None if task.cancelled() else task.exception()
        # Whatever went wrong, no product is forgotten, nor asked for in a loop.
        self._put_back(question.keys, failed=error is not None)
        if self._put_next(question.keys) and not task.cancelled():
            self.send()
        if error is not None and not self._broken:
            log.error("question failed", operation=question.operation.name, exc_info=error)
        if not task.cancelled():
            self._broken = error is not None

    def _put_back(self, keys: Sequence[str], *, failed: bool) -> None:
        for key in keys:
            place = self._asked.pop(key, None)
            if place is not None and key not in self.agenda:
                if failed:
                    self.agenda.put_off(key, place, LATER, self._now())
                else:
                    self.agenda.put(key, *place)
            self._let_go(key)

    def _put_next(self, keys: Sequence[str]) -> bool:
        """Let go on what fell due meanwhile, unless its answer has said when it is due.

        Tells whether anything goes on.
        """
        self._open.difference_update(keys)
        news = False
        for key in keys:
            place = self._next.pop(key, None)
            if place and (place.urgency is Urgency.DEMAND or key not in self.agenda):
                self.agenda.put(key, *place)
                news = True
        return news

    def _let_go(self, key: str) -> None:
        """Forget a product that is not watched once nobody waits for it."""
        if key in self._guests and key not in self._demands and key not in self._asked:
            del self._guests[key]
            self.agenda.remove(key)

    async def _ask(self, region: str, question: Question, *, probe: bool) -> None:
        watches = await self._watches(question)
        if not watches:
            return
        try:
            readings = await self._source.ask(question.operation, watches)
        except SourceError as error:
            blameless = self._failed(region, error, probe=probe)
            readings = [Reading(watch, error) for watch in watches]
            await self._hands.tell(self.breakers.faults())
            if blameless:
                self._answer(readings)
                return
        else:
            self.breakers.worked(region)
            await self._hands.tell(self.breakers.faults())
        await self._hands.take_in(readings)
        final = [each for each in readings if not self._asked_otherwise(each)]
        self._answer(final)
        for watch in watches:
            self._asked.pop(watch.key, None)
        if len(final) < len(readings):
            self.send()

    def _asked_otherwise(self, reading: Reading) -> bool:
        """Tell whether the product is asked for by its ASIN in a moment: people wait for that."""
        refused = isinstance(reading.result, SkuRefused)
        return refused and self.agenda.urgency(reading.watch.key) is Urgency.CONFIRMATION

    def _failed(self, region: str, error: SourceError, *, probe: bool) -> bool:
        """Take note of a request that failed as a whole; tell whether no product is to blame."""
        if isinstance(error, Refused):
            self.breakers.worked(region)
            return False
        return self.breakers.failed(region, error, self._now(), probe=probe)

    async def _watches(self, question: Question) -> list[Watch]:
        """Return what is asked for, as it is known now; the rest waits on or is forgotten."""
        by_sku = question.operation in BY_SKU
        found: dict[str, Watch] = {}
        for key in question.keys:
            watch = await self._hands.find(key) or self._guests.get(key)
            if watch is None:
                self.forget(key)
            elif bool(watch.sku) == by_sku:
                # Amazon refuses a whole batch for a name that comes twice.
                found.setdefault(watch.sku or watch.asin, watch)
            elif place := self._asked.pop(key, None):
                self.agenda.put(key, group_of(watch), place.urgency, place.due_at)
        return list(found.values())

    def _answer(self, readings: Sequence[Reading]) -> None:
        for reading in readings:
            self._demands.take_in(reading)
