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
from checks.agenda import Group
from checks.breaker import Breakers, SourceBreaker
from checks.patrol_question import PatrolQuestion, R
from checks.planner import AHEAD, round_of
from checks.turn_order import TakenTurn, TurnOrder
from checks.under_way import Task, UnderWay

log = structlog.get_logger(__name__)


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
    at: TakenTurn


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
        self._order = TurnOrder(monotonic)
        self._out_since: dict[str, datetime] = {}
        """By region, since when nothing can be asked there."""
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
            turn = self._turn(watch.key, self._order.reached(group.region), self._chance())
            self._order.wait_for(watch.key, group, turn)

    def forget(self, key: str) -> None:
        """Ask for the product no more."""
        self._order.remove(key)
        self._products.pop(key, None)
        self._failing.pop(key, None)

    def look_soon(self, *keys: str) -> None:
        """Ask for the products before all others; one that nobody asks for is left out."""
        for key in keys:
            product = self._products.get(key)
            if product is None:
                continue
            if key in self._order:
                self._order.wait_soon(key, product.group)
            else:
                product.soon = True

    def pass_over(self, key: str) -> None:
        """Let its next turn come a whole gap from now: what it is asked for was told already."""
        product = self._products.get(key)
        if product is not None and self._order.waits_for_turn(key):
            turn = self._turn(key, self._order.reached(product.group.region))
            self._order.wait_for(key, product.group, turn)

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
        self._out_since[region] = since
        self._breakers.of(region).resume(why, self._now())

    def faults(self) -> dict[str, str]:
        """Return why nothing can be asked, by the names under which that is stored."""
        return {
            scope_of(self.question.subject, region): breaker.why
            for region in self._out_since
            if (breaker := self._breakers.of(region)).open
        }

    def states(self) -> list[PatrolState]:
        """Return how far it comes in each region."""
        found = []
        for region in sorted({each.group.region for each in self._products.values()}):
            keys = [key for key, each in self._products.items() if each.group.region == region]
            failing = [self._failing[key] for key in keys if key in self._failing]
            whole = round_of(len(keys), self.question.quota(region)).total_seconds()
            found.append(
                PatrolState(
                    subject=self.question.subject,
                    region=region,
                    products=len(keys),
                    read=sum(self._products[key].read_at is not None for key in keys),
                    failing=len(failing),
                    why=self._breakers.of(region).why or next(iter(failing), ""),
                    since=self._out_since.get(region),
                    round=max(whole, self._period),
                )
            )
        return found

    def send(self) -> None:
        """Send what the quotas take now."""
        for region in self._order.regions():
            bucket = self.question.quota(region)
            room = min(bucket.ready(AHEAD), IN_FLIGHT - len(self.under_way))
            out = bool(self._breakers.out(region))
            if out:
                room = min(room, 1) if self._breakers.may_probe(region, self._now()) else 0
            for _ in range(room):
                keys = self._take(region, bucket.operation.products)
                if not keys:
                    break
                self._breakers.probe(region)
                self._begin(region, keys, probe=out)

    def _turn(self, key: str, after: float, gaps: float = 1.0) -> float:
        """Return the turn that comes so many of the product's gaps after another one."""
        return after + self.question.gap(key) * gaps

    def _take(self, region: str, places: int) -> dict[str, _Asked]:
        taken = {
            turn.key: _Asked(self._products[turn.key], turn)
            for turn in self._order.take(region, places)
        }
        for asked in taken.values():
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
                self._order.wait_soon(key, product.group)
            elif self.question.retry is not None and product.read_at != product.asked_at:
                self._order.wait_soon(key, product.group, self.question.retry)
            else:
                # What failed is due sooner.
                pause = self._period if product.answered else self.question.least
                turn = self._turn(key, asked.at.turn)
                self._order.wait_for(key, product.group, turn, product.asked_at + pause)

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
                key for key, asked in keys.items() if unasked or (urgent and asked.at.soon)
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
        self._out_since.pop(region, None)

    def _failed(self, region: str, error: SourceError, *, probe: bool) -> None:
        self._breakers.failed(region, error, self._now(), probe=probe)
        if self._breakers.of(region).open and region not in self._out_since:
            self._out_since[region] = self._clock()
            log.warning("patrol is out", subject=self.question.subject, why=str(error))
