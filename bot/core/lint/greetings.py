"""Greetings that call somebody by name, in six languages: no name of a buyer is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GREETING = (
    r"(?i:Dear|Hello|Hi|Hey|Good (?:morning|afternoon|evening|day)|Sehr geehrte[rs]?|Liebe[rs]?"
    r"|Hallo|Moin|Servus|Grüß Gott|Guten (?:Tag|Morgen|Abend)|Bonjour|Bonsoir|Salut|Ch(?:er|ère)"
    r"|Hola|Buenos días|Buenas (?:tardes|noches)|Estimad[oa]|Apreciad[oa]|Querid[oa]|Gentile"
    r"|Gent\.m[oa]|Buongiorno|Buonasera|Salve|Car[oa]|Ciao|Egregi[oa])"
)
_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx|M|Mme|Mlle|Sr|Sra|Sig|Dott)\b\.?|Sig\.ra|Frau|Herrn?|Madame"
    r"|Monsieur|[Ss]eñora?|[Ss]ignora?)"
)
_NAME = r"(?:[^\W\d_a-zà-ÿ]\.[ \t]?)*[^\W\d_a-zà-ÿ][^\W\d_]+"
_TITLED = re.compile(
    rf"^[ \t]*{_GREETING}\b[^\n]{{0,60}}?\b{_TITLE}[ \t]+(?!Madame|Monsieur){_NAME}"
    rf"|^[ \t]*(?:Mrs?\.?|Ms\.?|Mme|Madame|Monsieur|Frau|Herrn?)[ \t]+{_NAME}[ \t]*[,:!]",
    re.MULTILINE,
)
_PLAIN = re.compile(
    rf"^[ \t]*{_GREETING},?[ \t]+"
    rf"(?P<who>(?:{_NAME}|[^\W\d_]+(?=[ \t]*(?:[,!:]|$)))(?:[ \t-]+[^\W\d_]+){{0,3}})",
    re.MULTILINE,
)
_NOBODY = re.compile(
    # A sentence that follows the greeting at once,
    r"^(?:We|I|You|Your|The|This|Thanks?|Please|Our|It|As|Wir|Ich|Sie|Ihre?|Vielen|Danke|Es|Die|Der"
    r"|Das|Bitte|Nous|Vous|Votre|Vos|Merci|Le|La|Les|Je|Su|Sus|Gracias|El|Los|Nos|Lei|Il|Suo|Sua"
    r"|Grazie|Ci|Grüße|Gruß)\b"
    # whoever reads it,
    r"|\b(?i:(?:there|again|all|alle|allerseits|zusammen|tous|toutes|todos|todas|tutti|everyone"
    r"|everybody|folks|friends?|sirs?|madame?|monsieur|señor(?:a|es|as)?|signor[aei]?|damen|herren)\b"
    # and who has a role.
    r"|amazon|team|equipo|équipe|support|service|registry|sell(?:er|ing)|customer|buyer|client|compr"
    r"|kund|käufer|besteller|verkäufer|acheteu|vende|vendi|acquirente)",
)
_SAMA = re.compile(
    r"(?P<who>[^\s、。,,「」はがをにへとも]{1,12})[ \u3000]?(?:様|さま)(?=[\sへ、,,]|$)",
    re.MULTILINE,
)
_NOBODY_JA = re.compile(
    r"(?:お客|皆|みな|者|担当|取引先|アマゾン|ジャパン|チーム|サポート|(?i:amazon|team|support)"
    r"|仕|同|模|異|各位|^[一多有])$"
)
"""Who has a role; and words that end in that sign as well, such as 'specification'."""


def greets_by_name(text: str) -> bool:
    """Tell whether a line of the text begins with a greeting that calls somebody by name."""
    return _TITLED.search(text) is not None or any(_named(text))


def _named(text: str) -> Iterator[str]:
    for greeted in _PLAIN.finditer(text):
        if not _NOBODY.search(greeted["who"]):
            yield greeted["who"]
    for called in _SAMA.finditer(text):
        if not _NOBODY_JA.search(called["who"]):
            yield called["who"]
