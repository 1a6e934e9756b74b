"""One concrete thing that Amazon can do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "Asks for one concrete thing"
MOST = 3
"""Sentences with a request from which on nobody knows what is wanted first."""
_ASKS = phrases(
    r"(?:please|kindly)\b",
    r"we (?:need|want|would like) (?:you|amazon) to\b",
    r"(?:we|i)(?: therefore| hereby)? (?:kindly )?(?:ask|request)(?: \w+)* (?:to|that|for)\b",
    r"(?:could|can|would) you\b",
    r"bitte\b",
    r"(?:wir|ich) bitten? (?:\w+ )*(?:um|darum|zu)\b",
    r"(?:könnten|können|würden) sie\b",
    r"(?:wir|ich) (?:möchten?|wünschen?),? dass sie\b",
    r"(?:merci de|veuillez|nous vous prions|pourriez-vous)",
    r"(?:por favor|les? (?:rogamos|pedimos|solicitamos)|podrían)",
    r"(?:per favore|vi (?:chiediamo|preghiamo)|potreste)",
    ja="ください|下さい|お願い(?:いたし|し|申し上げ)",
)
_BELOW = re.compile(r"(?im)^(?:our request|unser anliegen) ?:[ \t]*\n?(\S.{4,})")
"""The template's own heading: what stands below it asks, however it is said."""
_VAGUE = phrases(
    r"(?:please )?(?:help(?: us| me)?|advise|assist(?: us)?|do something(?: about (?:this|it))?"
    r"|act|take action|look into (?:this|it)"
    r"|take care of (?:this|it)|(?:fix|solve) (?:this|it|(?:our|this|the) problem))"
    r"(?: (?:now|soon|quickly|asap|as soon as possible|immediately|urgently))?[.!]?$",
    r"(?:bitte )?(?:helfen sie(?: uns| mir)?|(?:tun|unternehmen) sie etwas"
    r"|kümmern sie sich(?: darum)?|(?:um|mit) hilfe|prüfen sie das|lösen sie das)"
    r"(?: (?:schnell|bald|sofort|umgehend|dringend))?[.!]?$",
)


def request(draft: SupportDraft) -> Iterator[Remark]:
    """There is something to do that can be done and checked, and it is not one of many."""
    below = {each for line in _BELOW.findall(draft.text) for each in sentences(line)}
    told = sentences(draft.text)
    asked = [each for each in told if each in below or found(_ASKS, each)]
    concrete = [sentence for sentence in asked if not found(_VAGUE, sentence)]
    if not concrete:
        yield Remark(
            rule=RULE,
            says="Say what Amazon should do, with 'Please', so that it shows when it is done.",
        )
    elif len(concrete) > MOST:
        yield Remark(
            rule=RULE,
            says=f"{len(concrete)} sentences ask for something. Keep the one that matters most.",
        )
