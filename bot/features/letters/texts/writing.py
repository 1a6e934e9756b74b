"""Writing letters that a person sends: messages to buyers and requests to Amazon's support.

A situation's template is a sentence or two in a language's folder. ``_words.md`` beside it holds
what all of that language share, and the file above the folders the order in which it is said.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.core.templates import environment, harmless, tidy, written_in
from bot.core.text import one_line
from bot.features.evidence.texts.items import in_language
from bot.features.letters.models.buyer_messages import Message
from bot.features.letters.models.support_requests import Request

BUYERS = Path(__file__).parent / "buyers"
SUPPORT = Path(__file__).parent / "support"
SUPPORTED = tuple(sorted(path.name for path in SUPPORT.iterdir() if path.is_dir()))
"""The languages in which there are requests."""
BRAND = 80
"""Characters of the brand's name."""


def buyer_message(message: Message, language: str) -> str:
    """Return the draft of a message to a buyer, in English where the language has no texts."""
    facts = msgspec.structs.replace(message, brand=one_line(message.brand, BRAND))
    return _render(BUYERS, message.situation.value, language, m=_facts(facts))


def support_request(request: Request, language: str) -> str:
    """Return the draft of a request to Amazon's support, in English where there is no other."""
    folder = written_in(SUPPORT, request.need.value, language)
    facts = msgspec.structs.replace(
        request,
        brand=one_line(request.brand, BRAND),
        evidence=in_language(request.evidence, folder),
    )
    return _render(SUPPORT, request.need.value, language, s=_facts(facts))


def wishes() -> dict[str, dict[str, str]]:
    """Return what Amazon could be asked to do, by language and matter."""
    templates = environment(SUPPORT)
    words = {each: templates.get_template(f"{each}/_words.md").module for each in SUPPORTED}
    return {language: dict(vars(module)["wishes"]) for language, module in words.items()}


def _render(kind: Path, name: str, language: str, **known: object) -> str:
    folder, templates = written_in(kind, name, language), environment(kind)
    words = templates.get_template(f"{folder}/_words.md").module
    return tidy(templates.get_template(f"{folder}/{name}.md").render(w=words, **known))


def _facts(known: msgspec.Struct) -> object:
    return harmless(msgspec.to_builtins(known))
