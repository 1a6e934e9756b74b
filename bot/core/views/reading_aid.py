"""The English text of the same template beside one in another language, for who answers for it.

It is shown to the team and never goes out.
"""

from __future__ import annotations

import msgspec

from bot.core import cards, forms
from bot.core.cards import Card, Snippet
from bot.core.interface import tr, tr_data
from bot.core.text import clip

LABEL = "In English, without your edits"
LEAST = 200
"""Characters in which an English text says enough to be shown."""
IN_FORM = 600
"""Characters of it above a form, which a phone shows with its questions."""


def with_aid(card: Card, english: str) -> Card:
    """Return the card with the English text, or as much of it as finds room; empty: with none."""
    label = tr_data(LABEL)
    room = min(cards.TEXT - card.told, cards.CARD - card.size) - len(label)
    room = min(room, cards.SNIPPET)
    if not english or room < min(LEAST, len(english)) or len(card.snippets) == cards.SNIPPETS:
        return card
    aid = Snippet(label, clip(english, room))
    return msgspec.structs.replace(card, snippets=(*card.snippets, aid))


def intro_with_aid(intro: str, english: str) -> str:
    """Return a form's intro, with the beginning of the English text below it."""
    label = tr("{label}:", label=tr_data(LABEL))
    aid = f"{label}\n{clip(english, IN_FORM)}" if english else ""
    return clip("\n\n".join(filter(None, (intro, aid))), forms.INTRO)
