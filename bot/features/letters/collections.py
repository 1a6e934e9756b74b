"""Where letters are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.letters.models.letters import Letter

LETTERS = Collection[Letter](
    "letters", Letter, lambda letter: letter.key, ("open", "order", "case")
)
