"""Requests to Amazon's support that the tests of their rules begin with."""

from __future__ import annotations

import msgspec

from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support import Rule

TEXT = """Hello,

We are writing on behalf of Alder & Finch. The detail page of our product was changed.

What it is about: B0ALDER001
Since: 2026-11-20

Our steps so far:
We have restored the title twice.

Our request:
Please restore the detail page to our contribution.

Kind regards,
Alder & Finch"""
GOOD = SupportDraft(text=TEXT, language="en", grounds=False)


def told(rule: Rule, text: str, **changes: object) -> list[str]:
    """Return what the rule has against the text."""
    draft = msgspec.structs.replace(GOOD, text=text, **changes)
    return [remark.says for remark in rule(draft)]
