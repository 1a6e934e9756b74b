"""Who did what: the audit record, as the team reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.audit.entries import AuditEntry, FieldChange, How, change_words
from bot.core.cards import FIELD_LABEL, Card, Field
from bot.core.team import Team
from bot.core.text import one_line
from bot.core.views.context import field
from bot.core.views.lists import ListPage
from bot.core.when import day, moment
from bot.features.watchlist.models.sellers import EVERYWHERE

DONE = {
    "authorise": "authorized",
    "withdraw": "stopped trusting",
    "watch": "started watching",
    "unwatch": "stopped watching",
    "watch import": "imported",
    "watch from-account": "added from the account",
    "settings": "changed",
    "right": "added",
    "rights": "removed",
    "paper": "added",
    "papers": "removed",
    "undo": "undid a change to",
    "close": "closed",
    "reopen": "reopened",
    "acknowledge": "acknowledged",
    "assign": "assigned",
    "seen": "acknowledged",
    "snooze": "snoozed",
    "note": "wrote a note on",
    "report": "drafted a report on",
    "arrival": "added the bot to a channel",
    "enter": "opened the local page",
}
"""What people did, by the act."""

FIELDS = {
    "authorised": "authorized on",
    "left_alone": "marked as lawful on",
    "documents": "by document",
    "two_persons": "two people confirm",
    "keep_days": "days evidence is kept",
    "keep_next": "days evidence will be kept",
    "keep_next_from": "starting on",
}
"""What people call fields whose names they would not know."""

_SAID = frozenset({"open", "assignee_id"})
"""Fields whose change the verb says already."""

_DECISIONS = frozenset({"authorise", "withdraw", "unwatch", "undo"})
"""Acts whose line names what was decided, and not which cases follow from it."""

NAMED = 3
"""So many documents and changes a line names."""

_NOUNS = {
    "watches": "",
    "sellers": "",
    "rooms": "the channel of",
    "rights": "right",
    "papers": "paper",
    "reports": "report",
}
"""What people call documents, before their keys; others are left out."""


def history_card(entries: Sequence[AuditEntry], page: ListPage, team: Team) -> Card:
    """Show who did what, the newest first."""
    if not page.total:
        return Card(title="No changes yet", body="Every change appears here for a year.")
    return Card(
        title="Change history",
        fields=tuple(_line(entry, team) for entry in entries),
        buttons=page.buttons,
        footer=page.footer,
    )


def _line(entry: AuditEntry, team: Team) -> Field:
    label = f"{moment(entry.at, team)} · {entry.name or entry.who}"
    return field(one_line(label, FIELD_LABEL), _refused(entry) or _done(entry, team), wide=True)


def _refused(entry: AuditEntry) -> str:
    if not entry.refused:
        return ""
    times = f", {entry.count:,} times" if entry.count > 1 else ""
    why = f" ({entry.permission})" if entry.permission else ""
    return f"was denied{times}: {_act(entry)}{why}"


def _done(entry: AuditEntry, team: Team) -> str:
    verb = DONE.get(entry.act) or f"used {_act(entry)}"
    decided = {each.place for each in entry.changes if each.field not in _SAID}
    places = [each for each in entry.written if each in decided or entry.act not in _DECISIONS]
    named = [name for place in places if (name := _name(place))]
    more = f" and {len(named) - NAMED + entry.more} more" if len(named) > NAMED else ""
    told = f"{verb} {', '.join(named[:NAMED])}{more}".strip()
    if entry.act == "authorise":
        where = next((each.new for each in entry.changes if each.field == "authorised"), "")
        return f"{told} on {_value(where, team)}"
    shown = [each for each in entry.changes if each.field not in _SAID]
    changes = [_words(each, team) for each in shown[:NAMED]]
    return ": ".join(filter(None, (told, "; ".join(changes))))


def _words(change: FieldChange, team: Team) -> str:
    """Say what changed in a field, by what people call it."""
    name = FIELDS.get(change.field, change.field.replace("_", " "))
    old, new = _value(change.old, team), _value(change.new, team)
    return change_words(msgspec.structs.replace(change, field=name, old=old, new=new))


def _value(value: str, team: Team) -> str:
    """Return a value as people read it: of a moment, the day."""
    if value == EVERYWHERE:
        return "all products"
    try:
        return day(msgspec.convert(value, datetime), team)
    except msgspec.ValidationError:
        return value


def _act(entry: AuditEntry) -> str:
    """Return what a person would type or press."""
    match entry.how:
        case How.COMMAND:
            return f"/{entry.act}"
        case How.BUTTON:
            return f"the button {entry.act}"
        case How.FORM:
            return f"the form {entry.act}"
        case _:
            return entry.act


def _name(place: str) -> str:
    """Return what people call a document; empty for one that stands beside others."""
    collection, _, key = place.partition(" ")
    if collection == "cases":
        return f"C-{int(key)}" if key.isdigit() else ""
    if collection == "teams":
        return "the settings"
    if collection not in _NOUNS:
        return ""
    number = str(int(key)) if key.isdigit() else key
    return f"{_NOUNS[collection]} {number}".strip()
