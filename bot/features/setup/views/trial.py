"""The card of a test alert."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.interface import tr
from bot.core.mentions import Mention, called
from bot.core.team import Team
from bot.features.setup.models import TrialAlert

SEEN, DELETE = "acknowledge-test", "delete-test"
"""Actions of the buttons."""


def trial_card(alert: TrialAlert, team: Team) -> Card:
    """Say that it is a test, who sent it, and who acknowledged it."""
    seen = alert.seen_by is not None
    delete = Button(label=tr("Delete test"), action=DELETE, ref=alert.id)
    acknowledge = Button(label=tr("Acknowledge"), action=SEEN, ref=alert.id, style=Style.PRIMARY)
    facts = [Field(tr("Sent by"), alert.sent_by.name)]
    if alert.seen_by is not None and alert.seen_at is not None:
        said = tr(
            "{name}, {time}", name=alert.seen_by.name, time=f"{team.local(alert.seen_at):%H:%M}"
        )
        facts.append(Field(tr("Acknowledged by"), said))
    return Card(
        title=tr("Test alert: nothing has happened"),
        badge=tr("Test"),
        gist=tr("Alerts arrive here"),
        body=tr(
            "A real alert looks like this: it says who is on your listing and what it costs, and "
            "its thread keeps the work. This one is about no seller and no product, and counts as "
            "no case. It deletes itself after a day."
        ),
        tone=Tone.GOOD if seen else Tone.WARNING,
        fields=tuple(facts),
        buttons=(delete,) if seen else (acknowledge, delete),
    )


def trial_thread_card(mentions: Sequence[Mention]) -> Card:
    """Be the first message in a test alert's thread."""
    body = tr("This test mentions no one.")
    if mentions:
        names = called(mentions)
        body = tr("This test mentions the same people as a critical alert: {names}.", names=names)
    return Card(title=tr("This is a test alert's thread"), body=body, tone=Tone.QUIET)


def trial_deleted_card() -> Card:
    """Stand where a test alert stood."""
    return Card(title=tr("Test alert deleted"), tone=Tone.QUIET)
