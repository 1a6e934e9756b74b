"""What people do on Parley, and what they are shown."""

from __future__ import annotations

from typing import Any

import structlog

from adapters.parley import CHAT, forms
from adapters.parley.answers import shown
from adapters.parley.calls import Json, Wire
from adapters.parley.uploads import ingest
from bot.core.cards import parse_button_id
from bot.core.gateway import ChatGateway
from bot.core.intake import Intake
from bot.core.interactions import (
    AnyInteraction,
    Audience,
    Click,
    Command,
    Place,
    Submission,
)
from bot.core.mentions import Mention, target_in
from bot.core.permissions import Permission, Person, Role
from bot.errors import ChatError, StoreError

log = structlog.get_logger(__name__)

ROLES = {"owner": Role.ADMIN, "member": Role.MEMBER, "guest": Role.VIEWER}
"""What a person's rank on the server makes of them here; with another one they may do nothing."""


class Inbound:
    """Passes what people do to the gateway, and tells the server what comes back."""

    def __init__(self, gateway: ChatGateway, wire: Wire) -> None:
        """Answer over the wire."""
        self._gateway = gateway
        self._wire = wire

    async def hear(self, event: Json) -> None:
        """Answer what somebody did; what cannot be understood is noted and left alone."""
        try:
            intake = self._gateway.intake()
            asked, refusal = await self._read(event, intake)
            response = await self._gateway.handle(asked, refusal, intake)
        except (KeyError, TypeError, ValueError, ChatError, StoreError):
            log.exception("interaction not understood", chat=CHAT)
            return
        replies = () if response.repeated else response.replies
        self._wire.tell(answer=event["id"], shown=[*shown(replies)])

    async def _read(self, event: Json, intake: Intake) -> tuple[AnyInteraction, str]:
        """Return what was done, and why it is refused, if it is."""
        who = event["who"]
        role = self._gateway.role(str(who["id"]), ROLES.get(who["rank"], Role.NOBODY))
        common: dict[str, Any] = {
            "id": f"{CHAT}-{event['id']}",
            "who": Person(str(who["id"]), str(who["name"])),
            "role": role,
            "where": Place(
                chat=CHAT,
                channel=str(event["channel"]),
                name=str(event["channel"]),
                thread=str(event.get("thread", "")),
            ),
            "at": self._gateway.app.clock(),
            "audience": Audience(event["audience"]),
        }
        match event["event"]:
            case "command":
                name, text = str(event["name"]), str(event["text"])
                named = None
                if (target := target_in(name, text)) and role.can(Permission.CONFIGURE):
                    named = await self._named(target)
                return Command(**common, name=name, text=text, named=named), ""
            case "click":
                action, ref = parse_button_id(str(event["button"]))
                return Click(**common, action=action, ref=ref), ""
            case "form":
                answers, files = forms.read_answers(event["answers"])
                refusals: list[str] = []
                for name, given in files.items():
                    answers[name], refused = await ingest(intake, given, role)
                    refusals += refused
                session, step = str(event["session"]), str(event["step"])
                asked = Submission(**common, session=session, step=step, answers=answers)
                return asked, "\n".join(refusals)
            case other:
                message = f"Parley has no {str(other)[:20]!r}."
                raise ValueError(message)

    async def _named(self, id: str) -> Mention | None:
        """Return whom the server knows by that id. Raises ChatError."""
        name = str((await self._wire.call(do="who", id=id))["name"])
        return Mention(chat=CHAT, id=id, name=name) if name else None
