"""What a team chose: where, in which time zone, when it works and when it wants quiet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.findings import Severity
from bot.core.interface import InterfaceLanguage
from bot.core.labeled import Duty
from bot.core.mentions import Mention
from bot.core.permissions import Person
from bot.core.routes import AlertRoute

WORK_FROM, WORK_TO = 9, 18
"""Hours of the team's day in which it is reminded, Monday to Friday."""
SATURDAY = 5
ESCALATE = 30
"""Minutes until the person on call is called, unless the team chose another number."""
CALLS_A_NIGHT = 3


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """The team's settings, changed in the chat by /settings."""

    zone: str = "UTC"
    """An IANA time zone, for example ``Europe/Berlin``."""
    digest_hour: int = 9
    quiet_from: int | None = None
    """The hour (0 to 23, in the team's zone) from which only critical cards are posted."""
    quiet_to: int | None = None
    two_persons: bool | None = None
    """Nobody confirms their own report; None: as soon as the team has two members."""
    keep_days: int | None = None
    """Days after which the evidence of a closed case is deleted; None: never."""
    keep_next: int | None = None
    """What ``keep_days`` is from ``keep_next_from`` on: to keep less is announced before."""
    keep_next_from: datetime | None = None
    margin: int | None = None
    """What of the price is profit, in percent; None: nobody said."""
    language: InterfaceLanguage = InterfaceLanguage.ENGLISH
    """What the team is spoken to in."""
    duties: dict[str, Person] = {}
    """Who looks after what, by the name of the duty."""

    oncall: tuple[Mention, ...] = ()
    """Who is called when an alert opens, and out of working hours: one for a chat at the most."""
    calls_from: Severity | None = Severity.CRITICAL
    """From this severity on an alert calls people; None: none does."""
    escalate: int | None = None
    """Minutes until the person on call is called for an unacknowledged alert; 0: never;
    None: ``ESCALATE``, once a person is on call."""
    calls_a_night: int = CALLS_A_NIGHT
    """Calls outside working hours, at most."""

    remind: int | None = None
    """Hours after which who has a case is reminded, if they did nothing; None: never."""

    routes: tuple[AlertRoute, ...] = ()
    """Which alerts go to another channel than the rest; the first that matches counts."""

    @property
    def escalates_after(self) -> timedelta | None:
        """Return how long an alert may wait before a call; None: forever."""
        unset = ESCALATE if self.oncall else 0
        minutes = unset if self.escalate is None else self.escalate
        return timedelta(minutes=minutes) if minutes else None

    @property
    def duty(self) -> Person | None:
        """Who is called in working hours."""
        return self.holder(Duty.LISTINGS)

    @property
    def lead(self) -> Person | None:
        """Who leads, if anybody does."""
        return self.duties.get(Duty.LEAD.value)

    def holder(self, duty: Duty) -> Person | None:
        """Return who has the duty; what nobody took falls to the lead."""
        return self.duties.get(duty.value) or self.lead

    def kept_days(self, at: datetime) -> int | None:
        """Return after how many days the evidence of a closed case is deleted, at that moment."""
        over = self.keep_next_from is not None and at >= self.keep_next_from
        return self.keep_next if over else self.keep_days

    def keeping(self, days: int | None, now: datetime, soonest: datetime) -> Team:
        """Return the team keeping evidence so long: more from now on, less from ``soonest`` on."""
        if self.keep_next_from is not None and now < self.keep_next_from and days == self.keep_next:
            return self
        kept = self.kept_days(now)
        if days is None or (kept is not None and days >= kept):
            return msgspec.structs.replace(
                self, keep_days=days, keep_next=None, keep_next_from=None
            )
        return msgspec.structs.replace(self, keep_days=kept, keep_next=days, keep_next_from=soonest)

    def local(self, moment: datetime) -> datetime:
        """Return the moment in the team's time zone."""
        return moment.astimezone(ZoneInfo(self.zone))

    def end_of(self, day: date) -> datetime:
        """Return the moment at which the day is over in the team's time zone."""
        after = day + timedelta(days=1)
        return datetime.combine(after, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def quiet_until(self, now: datetime) -> datetime | None:
        """Return when the present quiet hours end; None outside them."""
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return None
        local = self.local(now)
        if self.quiet_from < self.quiet_to:
            inside = self.quiet_from <= local.hour < self.quiet_to
        else:
            inside = local.hour >= self.quiet_from or local.hour < self.quiet_to
        if not inside:
            return None
        return self._next_at(self.quiet_to, now)

    def _next_at(self, hour: int, now: datetime) -> datetime:
        local = self.local(now)
        due = datetime.combine(local.date(), time(hour), local.tzinfo)
        if due <= local:
            due = datetime.combine(local.date() + timedelta(days=1), time(hour), local.tzinfo)
        return due.astimezone(UTC)


def at_work(team: Team, now: datetime) -> bool:
    """Tell whether the team is at work, in its own time zone."""
    in_hours = time(WORK_FROM) <= team.local(now).time() < time(WORK_TO)
    return in_hours and is_work_day(team, now) and team.quiet_until(now) is None


def is_work_day(team: Team, now: datetime) -> bool:
    """Tell whether it is Monday to Friday in the team's time zone."""
    return team.local(now).weekday() < SATURDAY


def work_days_later(team: Team, at: datetime, days: int) -> datetime:
    """Return the same time on the team's wall so many work days later, in UTC."""
    local = team.local(at)
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, local.time(), local.tzinfo).astimezone(UTC)
