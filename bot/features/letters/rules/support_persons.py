"""A buyer's name or street in a request, as they are written most often; others nobody can tell.

Companies, products, our own people and places look alike. They are told by what stands beside them:
Amazon has the buyer's data anyhow, so what is doubtful passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NEAR = 70
"""Characters beside a name or a street that say whose it is."""

_NO_NAME = (
    r"(?!(?:Services?|Care|Support|Teams?|Cent(?:er|re)|Central|Metrics?|Reports?|Reviews?|Returns?"
    r"|Feedback|Messag(?:es?|ing)|Experience|Voice|Relations|Protection|Abuse|Orders?|Accounts?"
    r"|Data|Claims?|Department|Portal|Satisfaction|Score|Success|Trust|Concessions?|Program|Policy"
    r"|Address|Amazon|Seller|Brand|Guarantee|Complaints?|Questions?|Group|Manager|Number|The|We|Our"
    r"|Konto|Betreuung|Dienst|Schutz|Bewertung(?:en)?|Rezension(?:en)?|Nachricht(?:en)?|Daten"
    r"|Anfragen?|Retouren?|Reklamation(?:en)?|Zentrum|Bestellung(?:en)?|Programm|Artikel|Fragen?"
    r"|Beschwerden?|Zufriedenheit|Rücksendung(?:en)?|Wir|Die|Der|Das|Unsere?)\b)"
)
_NAME = rf"{_NO_NAME}[A-ZÄÖÜ][a-zäöüß]+"
_BUYER = re.compile(
    r"\b(?:[Bb]uyer|[Cc]ustomer)(?:'s name is| is called| is named| named| called)?[:,]?"
    rf" (?:(?:Mr|Mrs|Ms)\.? )?{_NAME} {_NAME}\b"
    rf"|\b(?:Käufer|Käuferin|Kunde|Kundin|Kunden)(?: namens| heißt)?[:,]? (?:Herrn? |Frau )?"
    rf"{_NAME} {_NAME}\b"
)
_TITLED = re.compile(rf"\b(?:(?:Mr|Mrs|Ms)\.?|Herrn?|Frau) {_NAME} {_NAME}\b")
_STREET = re.compile(
    r"\b[0-9]{1,5} (?:[A-Z][a-z]+ ){0,2}"
    r"(?!(?:Flash|Hard|Disk|State|Thumb|Pen|Usb|Wheel|One|Two|Three|Four|District|Circuit|Supreme"
    r"|Superior|Federal|High|County|Appeals|Off)\b)"
    r"[A-Z][a-z]+ (?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Court|Way)\b"
    r"|\b(?!(?:Lager|Stell|Arbeits|Sitz|Start|Park|Speicher|Regal|Lade|Feder|Verstell|Hub|Rück|Um"
    r"|Versand|Liefer|Transport|Verkaufs|Vertriebs|Dienst|Rechts)(?:platz|weg))"
    r"[A-ZÄÖÜ][a-zäöüß]+(?:straße|strasse|str\.|weg|allee|gasse|platz) [0-9]{1,4}[a-z]?\b"
    r"(?! ?(?:mm|cm|m|km|g|kg|l|ml|%|€|EUR|Stück)(?:\W|$))"
)
_OWN = (
    r"our|my|company|business|warehouse|office|headquarters|factory|return address|unser\w*"
    r"|mein\w*|firm[ae]\w*|unternehmen|lager|büro|werk|hauptsitz|rücksendeadresse"
)
_LEADS = r"(?:[\s,:(]+[\w'\u2019-]+){0,6}[\s,:(]*$"
_OUR_PEOPLE = re.compile(rf"\b(?:{_OWN})\b{_LEADS}", re.IGNORECASE)
_OUR_PLACE = re.compile(rf"\b(?:we|wir|{_OWN})\b{_LEADS}", re.IGNORECASE)
_THEIRS = re.compile(
    r"buyer|customer|client|recipient|parcel|order|deliver|ship|package|letter|replacement|refund"
    r"|sent|lives?\b|kund|käuf|besteller|empfänger|paket|sendung|liefer|bestell|brief\b|schick"
    r"|gesendet|wohn",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|an?|das|dem|eine?[mnrs]?|unser\w*)\s*$", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:product|item|title|brand|listing|book|model|game|toy|produkt|artikel|titel|marke|buch"
    r"|modell|spiel|angebot)\w*(?: (?:is|named|called|for|namens|heißt|ist|für))?[\s:,\"'“„«]*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"'“„«\u2018]\s*$")
_THING = re.compile(
    r"^.{0,30}?(?:\b(?:GmbH|AG|KG|UG|SE|OHG|Ltd|LLC|Inc|Corp|Co|Store|Shop)\b|&|\bB0[0-9A-Z]{8}\b"
    r"|\b(?:Maker|Machine|Pillow|Blanket|Puzzle|Poster|Game|Book|Toy|Set|Doll|Mug|Lamp|Sign|Candle"
    r"|Soap|Plush|Print|Stickers?|Shirt|Edition|Collection|Journal|Head|Eraser|Cleaner|Pan|Pack"
    r"|Spray|DVD|Kissen|Decke|Bettdecke|Puppe|Plüschtier|Buch|Tee|Spiel|Kalender|Pfanne|Topf|Tasse"
    r"|Becher|Kerze|Kaffee|Seife|Creme|Figur|Shirt|Backform|Lampe|Schild)\b)"
)
_FAMOUS = re.compile(
    r"\b(?:Mr\.? (?:Coffee|Clean|Potato|Heater|Bean|Beams|Bubble|Proper)|Mrs\.? (?:Meyers?|Claus"
    r"|Butterworth)|Frau (?:Holle|Antje)|Herr (?:Nilsson|Fuchs))\b"
)
_OF_AMAZON = re.compile(
    r"^,? (?:of|from|at|von|vom|bei) (?:Amazon|Seller Support|Brand Registry)\b"
)


def names_person(text: str) -> bool:
    """Tell whether the name or the street of a buyer stands in the text."""
    return _BUYER.search(text) is not None or any(_theirs(text))


def _theirs(text: str) -> Iterator[str]:
    """Give the names and streets that may be a buyer's."""
    for pattern, ours in ((_TITLED, _OUR_PEOPLE), (_STREET, _OUR_PLACE)):
        for found in pattern.finditer(text):
            line = re.split(r"[!?\n]|\.\s", text[max(0, found.start() - NEAR) : found.start()])[-1]
            after = re.split(r"[!?\n]|\.\s", text[found.end() : found.end() + NEAR])[0]
            own = ours.search(line) and not _THEIRS.search(line)
            if not (own or _is_thing(line, found[0], after)):
                yield found[0]


def _is_thing(line: str, name: str, after: str) -> bool:
    """Tell whether it is a product, a company, or somebody at Amazon."""
    if _FAMOUS.search(name) or _CALLED.search(line) or _OF_AMAZON.search(after):
        return True
    titled = _ARTICLE.search(line) and _TITLED.match(name)
    quoted = _QUOTED.search(line) and not _THEIRS.search(line)
    thing = _THING.search(f"{name.rpartition(' ')[2]}{after}"[:NEAR])
    return bool(titled or quoted or thing)
