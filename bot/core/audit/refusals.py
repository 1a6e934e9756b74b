"""Refusals: gathered, so that however often somebody tries, the disk does not fill.

Who is refused once has an entry at once. What follows within a minute is counted in memory and
written when the minute is over; a kill loses that count and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from bot.core.audit.entries import AuditEntry

GATHERED = timedelta(minutes=1)
LONGER = timedelta(hours=1)
PERSONS = 20
"""Entries of one person in ``LONGER``; what follows is one entry."""
IN_ALL = 200
"""Entries of all in ``LONGER``; what follows is one entry."""
SEVERAL = "several"
"""Stands for the acts, or the people, that are counted together."""

_Kind = tuple[str, str]


@dataclass
class Refusals:
    """Counts refusals of one person and one act."""

    _open: dict[_Kind, AuditEntry] = field(default_factory=dict)
    _changed: set[_Kind] = field(default_factory=set)
    _due: list[AuditEntry] = field(default_factory=list)
    _begun: list[tuple[datetime, str]] = field(default_factory=list)

    def note(self, entry: AuditEntry) -> AuditEntry | None:
        """Return an entry to write now; None: it is counted in one that stands already."""
        entry = self._gathered(entry)
        kind = (entry.who, entry.act)
        known = self._open.get(kind)
        if known is not None and not _over(known, entry.at):
            self._open[kind] = msgspec.structs.replace(known, count=known.count + 1)
            self._changed.add(kind)
            return None
        if kind in self._changed and known is not None:
            self._due.append(known)
            self._changed.discard(kind)
        self._open[kind] = entry
        self._begun.append((entry.at, entry.who))
        return entry

    def over(self, now: datetime) -> list[AuditEntry]:
        """Return entries whose time is over with their counts, as they have to be written."""
        ended = [kind for kind, entry in self._open.items() if _over(entry, now)]
        found = [*self._due, *(self._open[kind] for kind in ended if kind in self._changed)]
        self._due = []
        for kind in ended:
            del self._open[kind]
            self._changed.discard(kind)
        return found

    def _gathered(self, entry: AuditEntry) -> AuditEntry:
        """Return the entry, or one that stands for more, where there were many."""
        recent = [each for each in self._begun if abs(entry.at - each[0]) < LONGER]
        self._begun = recent
        known = self._open.get((entry.who, entry.act))
        if known is not None and not _over(known, entry.at):
            return entry
        if len(recent) >= IN_ALL:
            return AuditEntry(
                key=entry.key, who="", name=SEVERAL, how=entry.how, act=SEVERAL, refused=True
            )
        if sum(who == entry.who for _, who in recent) >= PERSONS:
            return msgspec.structs.replace(entry, act=SEVERAL, step="", ref="", permission="")
        return entry


def _over(entry: AuditEntry, now: datetime) -> bool:
    """Tell whether its time is over; the clock may have been set back, too."""
    return abs(now - entry.at) >= (LONGER if entry.act == SEVERAL else GATHERED)
