"""Nobody is blamed by name, and nobody called a counterfeiter on suspicion."""

from __future__ import annotations

import pytest

from bot.features.letters.models.buyer_messages import Situation
from bot.features.letters.rules.buyers.blame import blame
from tests.unit.features.letters.buyers.drafts import draft, told

BLAMES = [
    "It was sold by A1QX7ZP9KD4W2M.",
    "The seller PanShop sent it.",
    "These scammers are on our page.",
    "Der Händler Topfwelt hat es geschickt.",
    "Das sind Betrüger.",
    "Le vendeur Poêlex l'a envoyé.",
    "Ce sont des escrocs.",
    "El vendedor Sartenes lo envió.",
    "Es una estafa.",
    "Il venditore Padelle lo ha spedito.",
    "È una truffa.",
    "悪質な出品者がいます。",
    "出品者「鍋屋」が送りました。",
    "The seller stole our listing.",
    "Der Händler Topfwelt GmbH hat es geschickt.",
]
SAYS_FAKE = [
    "You received a counterfeit.",
    "It is a fake.",
    "Das ist eine Fälschung.",
    "C'est une contrefaçon.",
    "Es una falsificación.",
    "È una contraffazione.",
    "偽物が届きました。",
    "C'est un faux.",
    "Es una copia.",
    "È un falso.",
    "コピー品です。",
]
PASSES = [
    "The item that you received may not be ours.",
    "Another seller may have sent it.",
    "Seller Central shows your order.",
    "Your order B0ALDER001 is ours.",
    "It was delivered by Amazon.",
    "Der Verkäufer ist uns nicht bekannt.",
    "Le vendeur nous est inconnu.",
    "El vendedor no es conocido.",
    "Il venditore non è noto.",
    "弊社の商品ではない可能性があります。",
    "The cover is made of imitation leather.",
    "Der Bezug ist aus Lederimitat.",
    "La funda es de piel de imitación.",
    "La housse est en imitation cuir.",
    "La custodia è in imitazione pelle.",
]


@pytest.mark.parametrize("text", BLAMES)
def test_blame_on_a_seller_is_caught(text: str) -> None:
    assert len(told(blame, text, situation=Situation.COUNTERFEIT)) == 1


@pytest.mark.parametrize("text", SAYS_FAKE)
def test_counterfeit_is_caught_unless_the_buyer_said_so(text: str) -> None:
    [remark] = blame(draft(text))
    assert remark.stops
    for situation in (Situation.COUNTERFEIT, Situation.AUTHENTICITY):
        [advice] = blame(draft(text, situation=situation))
        assert not advice.stops


@pytest.mark.parametrize("text", PASSES)
def test_speaking_of_the_item_passes(text: str) -> None:
    assert told(blame, text) == []
