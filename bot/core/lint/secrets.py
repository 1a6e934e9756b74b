"""No password, key or code: nobody needs one, and what is written is kept."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.remarks import Remark
from bot.core.lint.written import LetterDraft
from bot.core.secrets import looks_secret

RULE = "No secrets"


def secrets(draft: LetterDraft) -> Iterator[Remark]:
    """No password, key, token or code stands in the text."""
    if secret := looks_secret(draft.text):
        yield Remark(
            rule=RULE, says=f"Remove what looks like {secret}. Never share it; change it now."
        )
