"""What is announced of acts, and the record of them."""

from __future__ import annotations

import msgspec

from bot.core.audit.entries import AuditEntry, FieldChange, How, key_at
from bot.core.cards import Card, Tone
from bot.core.permissions import Permission, Person
from bot.core.undo.announcing import act_card
from bot.core.undo.models import UNDO_FOR, Undoable
from bot.core.views.lists import ListPage
from bot.features.overview.views.history import history_card
from tests.fakes import START as NOW
from tests.pictures import story
from tests.pictures.story import SCENE, ago

TRUSTED = Undoable(
    key="1",
    who=story.ANA,
    at=NOW,
    until=NOW + UNDO_FOR,
    title=f"Ana authorized {story.THIEF} on all products.",
    body="This seller no longer raises alerts on these products. Based on Letter of May.",
    permission=Permission.AUTHORISE,
    tone=Tone.WARNING,
)
DONE = (
    (
        "authorise",
        (f"sellers {story.THIEF}",),
        FieldChange(f"sellers {story.THIEF}", "authorised", "", "*"),
    ),
    ("settings", ("teams team",), FieldChange("teams team", "digest_hour", "9", "8")),
    ("acknowledge", ("cases 00000012",), None),
)


def _cards() -> dict[str, Card]:
    undone = msgspec.structs.replace(
        TRUSTED, open=False, undone_by=Person("eva", "Eva"), undone_at=NOW
    )
    entries = [
        AuditEntry(
            key=key_at(ago(hours=hour), ""),
            who="ana",
            name="Ana",
            how=How.COMMAND,
            act=act,
            written=written,
            changes=(change,) if change else (),
        )
        for hour, (act, written, change) in enumerate(DONE)
    ]
    refused = msgspec.structs.replace(
        entries[0], refused=True, name="Ben", act="unwatch", count=12, permission="stop watching"
    )
    page = ListPage.of(1, 24, "settings history")
    return {
        "act": act_card(TRUSTED, SCENE.team),
        "act-undone": act_card(undone, SCENE.team),
        "history": history_card([*entries, refused], page, SCENE.team),
    }


CARDS = _cards()
