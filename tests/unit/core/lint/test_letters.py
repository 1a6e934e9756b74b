"""The rules that every letter keeps: courtesy, no secrets, nothing left to fill in."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.lint.letters import blanks, secrets, tone
from bot.features.letters.rules import buyers, support
from tests.cases import for_each


class Text(msgspec.Struct, frozen=True):
    """A draft of nothing in particular."""

    text: str


RUDE = [
    "Our lawyer will write to you.",
    "We will take legal action.",
    "Do it, or else you will regret it.",
    "That is ridiculous.",
    "You lied to us.",
    "It is your own fault.",
    "You should have read the manual.",
    "As we already told you, it is late.",
    "PLEASE READ THIS MESSAGE NOW",
    "Answer now!!",
    "Unser Anwalt meldet sich.",
    "Das ist eine Frechheit.",
    "Sie hätten die Anleitung lesen sollen.",
    "Wir behalten uns rechtliche Schritte vor.",
    "Notre avocat vous écrira.",
    "C'est votre faute.",
    "Vous auriez dû lire la notice.",
    "Tomaremos acciones legales.",
    "Es su culpa.",
    "Il nostro avvocato le scriverà.",
    "È colpa sua.",
    "法的措置を取ります。",
    "お客様の責任です。",
    "That is not our problem.",
    "Selbst schuld.",
    "Das ist Unsinn.",
    "Lesen Sie gefälligst die Anleitung.",
    "Das ist nicht unser Problem.",
    "Ansonsten müssen wir Sie melden.",
    "Vous mentez.",
    "Es culpa suya.",
    "Usted miente.",
    "Lei mente.",
    "Non è un nostro problema.",
    "嘘をつかないでください。",
    "Debería haber leído el manual.",
    "Avrebbe dovuto leggere il manuale.",
]
COURTEOUS = [
    "We are sorry for the trouble this causes you.",
    "You should receive it on Monday.",
    "You should have received an e-mail from Amazon.",
    "You should have two screws in the bag.",
    "Our attorney's letter is attached.",
    "Our lawyer has checked the complaint.",
    "Sie hätten eine E-Mail von Amazon erhalten sollen.",
    "Ansonsten werden wir den Betrag erstatten.",
    "Unser Anwalt hat die Beschwerde geprüft.",
    "Vous auriez dû recevoir un e-mail d'Amazon.",
    "Debería haber recibido un correo de Amazon.",
    "Avrebbe dovuto ricevere un'e-mail da Amazon.",
    "Is it your order?",
    "It was nobody's fault.",
    "ASIN B0ALDER001, EAN and UPC are on the box.",
    "Thank you!",
    "Legally required labels are on the box.",
    "Sie hätten gern Ersatz? Wir senden ihn.",
    "Ihr Fehlerbericht ist angekommen.",
    "Wir bedauern das sehr.",
    "Vous avez reçu un autre article.",
    "Le pedimos disculpas por las molestias.",
    "Ci scusiamo per il disagio.",
    "申し訳ございません。",
]


@for_each("text", RUDE)
def test_what_is_not_courteous_is_caught(text: str) -> None:
    assert len([*tone(Text(text))]) == 1


@for_each("text", COURTEOUS)
def test_courtesy_passes(text: str) -> None:
    assert [*tone(Text(text))] == []


def test_a_secret_is_named_by_its_kind_and_never_said_again() -> None:
    [remark] = secrets(Text("Log in with password: Sommer2026"))
    assert "a password or key" in remark.says
    assert "Sommer" not in remark.says
    assert [*secrets(Text("We changed the password."))] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [("Hello [brand],", "[brand]"), ("Sign: ______", "______"), ("See (1) and [x]", "")],
)
def test_a_blank_is_caught(text: str, left: str) -> None:
    found = [remark.says for remark in blanks(Text(text))]
    assert found == ([f"Fill in or remove {left}."] if left else [])


def test_all_letters_keep_them() -> None:
    for rule in (blanks, secrets, tone):
        assert rule in buyers.RULES
        assert rule in support.RULES
