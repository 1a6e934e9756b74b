"""Asks one question of product after product, around and around, by a quota of its own.

What cannot be asked here holds nothing else up: a patrol has its own pause after failures, and an
answer that cannot be read is 'could not check' of this question alone. What stops all of them at
once is a refused login.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

import structlog

from bot.core.clocks import Clock
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.patrols import PatrolState, scope_of
from bot.core.questions import IN_FLIGHT
from bot.errors import Refused, SourceError, is_login_refused
from checks.agenda import Group, PollingAgenda, Urgency
from checks.breaker import Breakers, SourceBreaker
from checks.patrol_question import PatrolQuestion, R
from checks.planner import AHEAD, round_of
from checks.resting import Resting
from checks.under_way import Task, UnderWay

log = structlog.get_logger(__name__)


@dataclass
class _Region:
    """How it stands in one region."""

    turn: float = 0.0
    """The turn of the product that was asked for last; its next one is a gap later."""
    since: datetime | None = None
    """Since when nothing can be asked there."""


@dataclass
class _Product:
    """One that is asked for."""

    group: Group
    asked_at: float = -math.inf
    read_at: float | None = None
    """When its last answer was asked for; None: that could not be read, or there is none yet."""
    answered: bool = False
    """Amazon answered when it was asked for last, whatever the answer was."""
    soon: bool = False
    """It is to be asked for again as soon as the answer that is under way has come."""


@dataclass(frozen=True)
class _Asked:
    """One that a question is under way for."""

    product: _Product
    """As it was followed then; it may be forgotten, and followed anew, before the answer comes."""
    urgency: Urgency
    turn: float


class Patrol(Generic[R]):
    """Goes around the products of each region."""

    def __init__(
        self,
        question: PatrolQuestion[R],
        clock: Clock,
        monotonic: Callable[[], float],
        chance: Callable[[], float],
        account: SourceBreaker,
        period: float = 0.0,
    ) -> None:
        """``account`` is what all questions share.

        ``chance`` returns a number from 0 to 1, so that products do not stay in step. ``period``:
        so many seconds after an answer about a product, it is asked for again at the earliest,
        unless it is to be soon.
        """
        self.question = question
        self._period = max(period, question.least)
        self.under_way = UnderWay()
        self._clock = clock
        self._now = monotonic
        self._chance = chance
        self._breakers = Breakers(account)
        self._agenda = PollingAgenda()
        self._resting = Resting()
        self._regions: dict[str, _Region] = {}
        self._products: dict[str, _Product] = {}
        self._asked: dict[str, _Asked] = {}
        self._failing: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._products)

    def follow(self, watch: Watch) -> None:
        """Ask for the product from now on, if it is one of those that the question is about."""
        if not self.question.concerns(watch):
            self.forget(watch.key)
        elif watch.key not in self._products:
            group = Group(Marketplace.named(watch.marketplace).region, watch.marketplace, own=False)
            product = self._products[watch.key] = _Product(group)
            if watch.key in self._asked:
                # What is said of it now was asked before: two answers at once would meet.
                product.soon = True
                return
            turn = self._region(group.region).turn + self.question.gap(watch.key) * self._chance()
            self._agenda.put(watch.key, group, Urgency.REGULAR, turn)

    def forget(self, key: str) -> None:
        """Ask for the product no more."""
        self._agenda.remove(key)
        self._resting.remove(key)
        self._products.pop(key, None)
        self._failing.pop(key, None)

    def look_soon(self, *keys: str) -> None:
        """Ask for the products before all others; one that nobody asks for is left out."""
        for key in keys:
            product = self._products.get(key)
            if product is None:
                continue
            if key in self._agenda or key in self._resting:
                self._resting.remove(key)
                self._agenda.put(key, product.group, Urgency.CONFIRMATION, self._now())
            else:
                product.soon = True

    def pass_over(self, key: str) -> None:
        """Let its next turn come a whole gap from now: what it is asked for was told already."""
        product = self._products.get(key)
        if product is not None and self._agenda.urgency(key) is Urgency.REGULAR:
            turn = self._region(product.group.region).turn + self.question.gap(key)
            self._agenda.put(key, product.group, Urgency.REGULAR, turn)

    def age(self, key: str) -> float | None:
        """Return how many seconds ago the product was asked for with an answer that could be read.

        None: its last answer could not, or there is none yet. A question that is under way, or came
        to nothing, shows nothing.
        """
        product = self._products.get(key)
        if product is None or product.read_at is None:
            return None
        return self._now() - product.read_at

    def resume(self, region: str, why: str, since: datetime) -> None:
        """Take up that nothing could be asked there before a stop of the program."""
        there = self._region(region)
        there.since = since
        self._breakers.of(region).resume(why, self._now())

    def faults(self) -> dict[str, str]:
        """Return why nothing can be asked, by the names under which that is stored."""
        return {
            scope_of(self.question.subject, region): breaker.why
            for region in self._regions
            if (breaker := self._breakers.of(region)).open
        }

    def states(self) -> list[PatrolState]:
        """Return how far it comes in each region."""
        found = []
        for region, there in sorted(self._regions.items()):
            keys = [key for key, each in self._products.items() if each.group.region == region]
            failing = [self._failing[key] for key in keys if key in self._failing]
            whole = round_of(len(keys), self.question.quota(region)).total_seconds()
            state = PatrolState(
                subject=self.question.subject,
                region=region,
                products=len(keys),
                read=sum(self._products[key].read_at is not None for key in keys),
                failing=len(failing),
                why=self._breakers.of(region).why or next(iter(failing), ""),
                since=there.since,
                round=max(whole, self._period),
            )
            if keys:
                found.append(state)
        return found

    def send(self) -> None:
        """Send what the quotas take now."""
        for key, turn in self._resting.rested(self._now()):
            self._agenda.put(key, self._products[key].group, Urgency.REGULAR, turn)
        for region, there in self._regions.items():
            bucket = self.question.quota(region)
            room = min(bucket.ready(AHEAD), IN_FLIGHT - len(self.under_way))
            out = bool(self._breakers.out(region))
            if out:
                room = min(room, 1) if self._breakers.may_probe(region, self._now()) else 0
            for _ in range(room):
                keys = self._take(region, there, bucket.operation.products)
                if not keys:
                    break
                self._breakers.probe(region)
                self._begin(region, keys, probe=out)

    def _region(self, region: str) -> _Region:
        return self._regions.setdefault(region, _Region())

    def _take(self, region: str, there: _Region, places: int) -> dict[str, _Asked]:
        """Take products of one marketplace, those that are to be asked for soon before others."""
        heads = [
            (urgency, *head, group)
            for group in self._agenda.groups(region, own=False)
            for urgency in (Urgency.CONFIRMATION, Urgency.REGULAR)
            for head in self._agenda.first(group, urgency, _until(urgency, self._now()), 1)
        ]
        if not heads:
            return {}
        first, turn, _, group = min(heads)
        if first is Urgency.REGULAR:
            there.turn = turn
        taken: dict[str, _Asked] = {}
        for urgency in (Urgency.CONFIRMATION, Urgency.REGULAR):
            until = _until(urgency, self._now())
            for due_at, key in self._agenda.first(group, urgency, until, places - len(taken)):
                turn = due_at if urgency is Urgency.REGULAR else there.turn
                taken[key] = _Asked(self._products[key], urgency, turn)
        for key, asked in taken.items():
            self._agenda.remove(key)
            asked.product.asked_at = self._now()
            asked.product.answered = False
        self._asked.update(taken)
        return taken

    def _begin(self, region: str, keys: dict[str, _Asked], *, probe: bool) -> None:
        again: set[str] = set()

        def ended(task: Task) -> None:
            if probe:
                self._breakers.undecided(region)
            self._put_back(keys, again)
            if not task.cancelled() and (error := task.exception()):
                log.error("patrol failed", subject=self.question.subject, exc_info=error)

        self.under_way.begin(self._ask(region, keys, again, probe=probe), ended)

    def _put_back(self, keys: dict[str, _Asked], again: Collection[str]) -> None:
        """Let the products wait for their next turn; ``again``: they are asked for soon."""
        for key, asked in keys.items():
            del self._asked[key]
            product = self._products.get(key)
            if product is None:
                continue
            if product.soon or key in again:
                product.soon = False
                self._agenda.put(key, product.group, Urgency.CONFIRMATION, self._now())
            elif self.question.retry is not None and product.read_at != product.asked_at:
                later = self._now() + self.question.retry
                self._agenda.put(key, product.group, Urgency.CONFIRMATION, later)
            else:
                self._rest(key, product, asked.turn + self.question.gap(key))

    def _rest(self, key: str, product: _Product, turn: float) -> None:
        """Let the product wait for its turn, and for a while: what failed is due sooner."""
        pause = self._period if product.answered else self.question.least
        until = product.asked_at + pause
        if until > self._now():
            self._resting.put(key, until, turn)
        else:
            self._agenda.put(key, product.group, Urgency.REGULAR, turn)

    async def _ask(
        self,
        region: str,
        keys: dict[str, _Asked],
        again: set[str],
        *,
        probe: bool,
    ) -> None:
        watches = [watch for key in keys if (watch := await self.question.find(key))]
        if not watches:
            return
        try:
            answers = await self.question.ask(watches)
        except Refused as error:
            self._answered(keys)
            self._worked(region)
            for watch in watches:
                self._note(watch.key, keys[watch.key], error)
            return
        except SourceError as error:
            # Nobody was asked for anything without a login: those come first afterwards.
            unasked = is_login_refused(error)
            urgent = self.question.retry is None
            again.update(
                key
                for key, asked in keys.items()
                if unasked or (urgent and asked.urgency < Urgency.REGULAR)
            )
            self._failed(region, error, probe=probe)
            return
        self._answered(keys)
        self._worked(region)
        for answer in answers:
            self._note(answer.watch.key, keys[answer.watch.key], answer.result)
        again.update(await self.question.take_in(answers))

    def _answered(self, keys: dict[str, _Asked]) -> None:
        for asked in keys.values():
            asked.product.answered = True

    def _note(self, key: str, asked: _Asked, result: object) -> None:
        product = asked.product
        if self._products.get(key) is not product:
            return
        if isinstance(result, SourceError):
            self._failing[key] = str(result)
            product.read_at = None
        else:
            self._failing.pop(key, None)
            product.read_at = product.asked_at

    def _worked(self, region: str) -> None:
        if self._breakers.of(region).open:
            log.info("patrol goes on", subject=self.question.subject)
        self._breakers.worked(region)
        self._region(region).since = None

    def _failed(self, region: str, error: SourceError, *, probe: bool) -> None:
        self._breakers.failed(region, error, self._now(), probe=probe)
        there = self._region(region)
        if self._breakers.of(region).open and there.since is None:
            there.since = self._clock()
            log.warning("patrol is out", subject=self.question.subject, why=str(error))


def _until(urgency: Urgency, now: float) -> float:
    """Return the second until which products of that urgency are due: turns have no seconds."""
    return math.inf if urgency is Urgency.REGULAR else now
