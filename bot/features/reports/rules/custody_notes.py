"""What an entry of the custody log says, for readers of other languages.

The log is chained, so its words stay as they were written: in English, by the program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.features.evidence.models.custody import OVERDUE, CustodyEntry
from bot.features.reports.models.dossier import CustodyNote

_NOTES: Mapping[CustodyNote, re.Pattern[str]] = {
    note: re.compile(pattern, re.DOTALL)
    for note, pattern in (
        (CustodyNote.COPY, r"copy of (?P<about>E-\d+) for display"),
        (
            CustodyNote.STAMPED,
            r"entry (?P<about>\d+) by (?P<by>.+); its signature chains to (?P<more>.+)",
        ),
        (CustodyNote.UNROOTED, r"entry (?P<about>\d+) by (?P<by>.+); its signature was not .+"),
        (CustodyNote.SEALED, r"(?P<about>R-\d+) was sealed: (?P<more>.+)"),
        (CustodyNote.OVERDUE, rf"(?P<about>E-\d+) was deleted: {re.escape(OVERDUE)}"),
        (CustodyNote.DELETED, r"(?P<about>E-\d+) was deleted: (?P<more>.+)"),
        (
            CustodyNote.PACKET_DELETED,
            r"the packet of (?P<about>R-\d+) was deleted: (?:its text was removed: )?(?P<more>.+)",
        ),
        (CustodyNote.TEXT_REMOVED, r"the text of (?P<about>R-\d+) was removed: (?P<more>.+)"),
        (CustodyNote.ENTRY_REMOVED, r"the text of entry (?P<about>\S+) was removed: (?P<more>.+)"),
    )
}


def note_of(entry: CustodyEntry) -> tuple[CustodyNote, Mapping[str, str]] | None:
    """Return what the entry says and about what; None where its words are not the program's."""
    for note, pattern in _NOTES.items():
        if found := pattern.fullmatch(entry.detail):
            return note, found.groupdict()
    return None
