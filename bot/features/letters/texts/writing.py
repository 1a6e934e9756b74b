"""Writing letters that a person sends: messages to buyers and requests to Amazon's support.

``buyers.<language>.toml`` has a sentence or two for each situation, ``support.<language>.toml`` for
each matter. ``buyers.toml`` and ``support.toml`` have the order in which everything is said.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.core.templates import ENGLISH, TextCatalogs, harmless
from bot.core.text import one_line
from bot.core.written import written_day
from bot.features.evidence.texts.items import kind_name
from bot.features.letters.models.buyer_messages import Message, Situation
from bot.features.letters.models.support_requests import Request, SupportMatter

FOLDER = Path(__file__).parent
BUYERS = TextCatalogs(FOLDER, "buyers", Situation)
SUPPORT = TextCatalogs(FOLDER, "support", SupportMatter)
SUPPORTED = SUPPORT.languages
"""The languages in which there are requests."""
BRAND = 80
"""Characters of the brand's name."""


def buyer_message(message: Message, language: str) -> str:
    """Return the draft of a message to a buyer, in English where the language has no texts."""
    facts = msgspec.structs.replace(message, brand=one_line(message.brand, BRAND))
    return BUYERS.render("message", language, matter=message.situation.value, m=_facts(facts))


def support_request(request: Request, language: str) -> str:
    """Return the draft of a request to Amazon's support, in English where there is no other."""
    written = SUPPORT.written_in(language)
    facts = msgspec.structs.replace(request, brand=one_line(request.brand, BRAND), evidence=())
    known = {**_facts(facts), "since": written_day(request.since, written)}
    known["evidence"] = [
        f"{each.label}: {kind_name(each.kind, written)}" for each in request.evidence
    ]
    return SUPPORT.render("request", language, matter=request.need.value, s=known)


def steps() -> dict[str, dict[str, str]]:
    """Return what a team may have done, by matter and name, in English: so it is offered."""
    return dict(SUPPORT.words(ENGLISH)["steps"])


def wishes() -> dict[str, dict[str, str]]:
    """Return what Amazon could be asked to do, by language and matter."""
    return {language: dict(SUPPORT.words(language)["wishes"]) for language in SUPPORTED}


def _facts(known: msgspec.Struct) -> dict[str, object]:
    return {name: harmless(each) for name, each in msgspec.to_builtins(known).items()}
