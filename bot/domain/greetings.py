"""Greetings that call somebody by name, in six languages: no name of a buyer is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLES = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx|M|Mme|Mlle|Sr|Sra|Sig|Dott)\b\.?|Sig\.ra|Frau|Herrn?"
    r"|Madame|Monsieur|[Ss]eñora?|[Ss]ignora?)"
)
_GREETING = re.compile(
    r"^[ \t]*(?:Dear|Hello|Hi|Good (?:morning|afternoon|evening)|Sehr geehrter?|Liebe[rs]?|Hallo"
    r"|Guten (?:Tag|Morgen|Abend)|Bonjour|Bonsoir|Ch(?:er|ère)|Hola|Buenos días|Buenas (?:tardes|"
    r"noches)|Estimad[oa]|Querid[oa]|Gentile|Buongiorno|Buonasera|Salve|Car[oa]|Ciao|Egregi[oa])"
    rf",?[ \t]+(?P<who>(?:{_TITLES}[ \t]+)?[^\W\d_a-zà-ÿ][^\W\d_]+)",
    re.MULTILINE,
)
_NOBODY = re.compile(
    r"(?:Sir\b|Madam\b|Customer|Buyer|Client|Amazon|There|Team|Damen|Herren|Kund|Käufer|Acheteu"
    r"|Cliente?|Comprador|Acquirente|Madame$|Monsieur$|Señora?$|Signora?$)",
)
_SAMA = re.compile(
    r"(?P<who>[^\s、。,,「」はがをにへとも]{1,12})(?:様|さま)(?=[\s、,,]|$)", re.MULTILINE
)
_NOBODY_JA = ("お客", "皆", "みな", "購入者", "ご購入者", "お取引先")


def greets_by_name(text: str) -> bool:
    """Tell whether a line of the text begins with a greeting that calls somebody by name."""
    return any(_named(text))


def _named(text: str) -> Iterator[str]:
    for greeting in _GREETING.finditer(text):
        if not _NOBODY.match(greeting["who"]):
            yield greeting["who"]
    for called in _SAMA.finditer(text):
        if not called["who"].endswith(_NOBODY_JA):
            yield called["who"]
