"""Courteous and professional, in six languages (facts: messages to buyers, tone)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import SHOWN, flat, found, phrases
from bot.core.lint.remarks import Remark
from bot.core.lint.written import LetterDraft

RULE = "Courteous and professional"
_THREAT = phrases(
    r"(?:our|my|a) (?:lawyer|attorney)s?\b(?!'s letter| has (?:checked|confirmed))",
    r"legal (?:action|steps|consequences)",
    r"(?:we|i) (?:will|shall|may) (?:sue|take you to court|report you|go public)",
    r"or else\b",
    r"you (?:will|'ll) (?:regret|hear from)",
    r"unser(?:e|en|em)? (?:rechts)?anw[aä]lt\w*(?! hat [^.]{0,60}(?:geprüft|bestätigt))\b",
    r"rechtliche (?:schritte|konsequenzen|folgen)",
    r"(?:wir|ich) (?:werden|werde) sie (?:verklagen|anzeigen|melden)",
    r"ansonsten (?:müssen|werden) wir\b(?![^.]{0,60}(?:erstatt|ersetz|send))",
    r"(?:notre|nos|mon) avocats?\b",
    r"(?:actions?|poursuites|démarches) (?:en justice|judiciaires|légales)",
    r"sous peine de",
    r"(?:nuestros?|mi) abogad",
    r"(?:acciones|medidas) (?:legales|judiciales)",
    r"(?:il nostro|i nostri|il mio) (?:avvocat|legal)",
    r"(?:azioni|vie|misure) legali",
    ja="弁護士に|法的(?:措置|手段)|訴え(?:ます|させ|る)|通報(?:します|いたします|させて)",
)
_INSULT = phrases(
    r"(?:stupid|idiot|ridiculous|incompetent|useless|shameful|nonsense|outrageous|pathetic)",
    r"(?:not our problem|selbst schuld|nicht unser problem|gefälligst|unsinn\b)",
    r"(?:vous mentez|pas notre problème|usted miente|no es nuestro problema|lei mente)",
    r"non è un (?:nostro problema|problema nostro)",
    r"(?:liar|lying|you lied|dishonest)\b",
    r"(?:dumm\b|idiot|lächerlich|unfähig|inkompetent|unverschämt|frechheit|schwachsinn|lügner)",
    r"(?:imbécile|incompétent|ridicule|scandaleux|honteux|menteu)",
    r"(?:estúpid|idiota|ridícul|incompetent|vergonzos|mentiros)",
    r"(?:stupid|ridicol|incompetent|vergogn|bugiard)",
    ja="馬鹿|バカ|無能|ふざけ|嘘つき|嘘をつ|いい加減にし",
)
_BLAME = phrases(
    r"(?:it is|it's|this is|that is) your (?:own )?(?:fault|mistake)",
    r"you should have (?!received|got|two|three|a\b|an\b|the\b)",
    r"you (?:failed|forgot|neglected) to\b",
    r"you (?:obviously|clearly|apparently) (?:did|have|do)\b",
    r"as (?:we|i) (?:have )?(?:already )?told you",
    r"ihr(?:e)? (?:eigene[rs]? )?(?:fehler|schuld)\b",
    r"sie hätten (?!.{0,60}(?:erhalten|bekommen) (?:sollen|müssen)).{0,60}(?:sollen|müssen)",
    r"sie haben (?:wohl|offensichtlich|anscheinend) (?:nicht|vergessen)",
    r"wie (?:wir )?(?:ihnen )?bereits (?:mehrfach )?(?:gesagt|erklärt)",
    r"c'est (?:de )?votre faute",
    r"vous auriez dû (?!recevoir)",
    r"vous avez (?:manifestement|visiblement) ",
    r"es (?:(?:su|tu) culpa|culpa suya)",
    r"(?:usted )?debería haber (?!recibido)",
    r"è colpa sua",
    r"avrebbe dovuto (?!ricevere)",
    ja="お客様の(?:責任|ミス|過失|せい)|あなたの(?:せい|ミス)|何度も申し上げ",
)
_SHOUT = re.compile(r"[!\uff01]{2,}|(?:\b[A-ZÄÖÜÀ-Þ]{3,}\b[\s,]*){4,}")


def tone(draft: LetterDraft) -> Iterator[Remark]:
    """No threat, no insult, no blame on the reader, no shouting."""
    if words := _rude(draft.text):
        yield Remark(rule=RULE, says=f"Say it without '{words}'.")


def _rude(text: str) -> str:
    for pattern in (_THREAT, _INSULT, _BLAME):
        if words := found(pattern, text):
            return words
    shouted = _SHOUT.search(flat(text))
    return shouted[0].strip()[:SHOWN] if shouted else ""
