"""The words of the texts: nobody is called what the report does not claim, in any language."""

from __future__ import annotations

import re

import pytest

from bot.core.languages import spoken
from bot.features.reports.models.claims import Claim
from bot.features.reports.texts.writing import authorisation_letter, report_text
from tests.unit.texts.subjects import ALL_LANGUAGES, each_language, empty, full, told

FAKE = {
    "en": "counterfeit fake replica knock-off inauthentic pirat",
    "de": "fälsch plagiat imitat unecht pirat",
    "fr": "contrefa faux fausse imitation pirat",
    "es": "falsific falso falsa imitaci pirat",
    "it": "contraff falso falsa falsi imitazion pirat",
    "ja": "偽 模倣 コピー品 海賊",
}
"""What only a report of counterfeits may say."""

MONEY_AND_LEAVE = {
    "en": "cheap discount permission unauthor authoris reseller",
    "de": "billig rabatt erlaubnis zustimmung unbefugt autoris genehmig wiederverkäufer",
    "fr": "bon marché remise permission autoris revendeur",
    "es": "barat descuento permiso autoriz revendedor",
    "it": "economic sconto permess autorizz rivenditor",
    "ja": "値下げ 割引 許可 無断 承認 承諾 転売",
}
"""Neither a low price nor a missing permission makes a violation; such words weaken a report.

Copyright is the exception: there the permission is what it is about.
"""

THREATS = {
    "en": "lawyer attorney court sue legal immediately must deadline demand suspend",
    "de": "anwalt gericht klage rechtlich sofort unverzüglich müssen frist fordern sperr",
    "fr": "avocat tribunal poursuite juridique immédiat devez délai exige suspen",
    "es": "abogad tribunal demanda legal inmediat debe plazo exig suspen",
    "it": "avvocat tribunale causa legal immediat deve termine esig sospen",
    "ja": "弁護士 裁判 訴 法的 直ちに 至急 しなければ 期限 要求 停止",
}

ACCUSATIONS = {
    "en": "infring violat illegal unlawful stol suspect suspicio doubt report remove abuse wrong",
    "de": "verletz verstoß verstöß illegal rechtswidrig verdacht zweifel melden entfern missbrauch",
    "fr": "atteinte viol illégal illicite soupçon doute signal retirer abus",
    "es": "infracc infring viol ilegal ilícit sospech duda notific retir abus",
    "it": "violaz viol illegal illecit sospett dubbi segnal rimuov abus",
    "ja": "侵害 違反 違法 不正 盗 疑 報告 削除 虚偽",
}
"""What a letter that claims nothing may not say."""

SUPERLATIVES = {
    "en": "clearly obviously extremely serious terrible massive blatant",
    "de": "eindeutig offensichtlich extrem schwer massiv dreist",
    "fr": "clairement évidemment extrêmement grave massif flagrant",
    "es": "claramente evidentemente extremadamente grave masiv flagrante",
    "it": "chiaramente evidentemente estremamente grave massicc palese",
    "ja": "明らか 極めて 悪質 重大 明白",
}

COMPOUNDED = {
    lists[language]
    for lists in (FAKE, MONEY_AND_LEAVE, THREATS, ACCUSATIONS, SUPERLATIVES)
    for language in ("de", "ja")
}


def found(text: str, words: str) -> list[str]:
    """Return those of the words that stand in the text, whatever follows them.

    In German and Japanese they count inside a word, too: ``Produktfälschung``.
    """
    joined = words in COMPOUNDED
    return [
        word
        for word in words.split()
        if re.search(("" if joined else r"\b") + word, text, re.IGNORECASE)
    ]


def texts(claim: Claim, language: str) -> str:
    return report_text(full(claim), language) + "\n" + report_text(empty(claim), language)


@each_language
def test_no_other_report_speaks_of_counterfeits(language: str) -> None:
    for claim in {*Claim} - {Claim.COUNTERFEIT}:
        text = texts(claim, language)
        assert found(text, FAKE[spoken(language)]) == []
        assert "one-violation" not in {each.rule for each in told(text, claim)}


@each_language
def test_a_report_of_counterfeits_says_so_in_the_words_that_the_lint_knows(language: str) -> None:
    text = texts(Claim.COUNTERFEIT, language)
    assert found(text, FAKE[spoken(language)]) != []
    assert "one-violation" in {each.rule for each in told(text, Claim.USED_AS_NEW)}


@each_language
@pytest.mark.parametrize("claim", list(Claim))
def test_a_report_has_no_word_of_bargains_or_permission_and_no_threat(
    claim: Claim, language: str
) -> None:
    text = texts(claim, language)
    assert (found(text, MONEY_AND_LEAVE[spoken(language)]) == []) is (claim is not Claim.COPYRIGHT)
    assert found(text, THREATS[spoken(language)]) == []
    assert found(text, SUPERLATIVES[spoken(language)]) == []
    assert "!" not in text


@each_language
def test_the_letter_accuses_nobody(language: str) -> None:
    text = authorisation_letter(full(None), language)
    for words in (FAKE, THREATS, ACCUSATIONS, SUPERLATIVES):
        assert found(text, words[spoken(language)]) == []
    assert "!" not in text
    assert "18.70" not in text


def test_a_report_accuses_by_its_claim_alone() -> None:
    """Of two claims' words only the own ones are found, so no text claims two violations."""
    words = {
        Claim.UTILITY_MODEL: "our utility model",
        Claim.TRADEMARK: "infringe our trademark",
        Claim.COPYRIGHT: "We own the copyright",
        Claim.PATENT: "of our patent",
        Claim.DESIGN: "our registered design",
        Claim.WRONG_VERSION: "different version",
        Claim.USED_AS_NEW: "used, refurbished or opened",
        Claim.MISSING_PARTS: "incomplete items",
        Claim.TAMPERED_SERIAL: "tampered",
        Claim.DUPLICATE: "duplicate product pages",
        Claim.VARIATION: "contains a product that does not belong there",
        Claim.KEYWORDS: "Our brand name",
        Claim.TAKEOVER: "incorrect content",
        Claim.REVIEWS: "customer reviews",
        Claim.COUNTERFEIT: "counterfeit",
    }
    for claim in Claim:
        text = texts(claim, "en")
        assert [each for each, said in words.items() if said in text] == [claim]


def test_a_paragraph_is_one_line_and_every_line_is_tidy() -> None:
    for language in ALL_LANGUAGES:
        for claim in Claim:
            text = report_text(full(claim), language)
            assert "\n\n\n" not in text
            assert all(line == line.rstrip() for line in text.split("\n"))
            first, second = text.split("\n")[:2]
            assert first
            assert not second


def test_every_word_list_finds_what_it_is_about() -> None:
    assert found("Eine Produktfälschung.", FAKE["de"]) == ["fälsch"]
    assert found("A pirated copy", FAKE["en"]) == ["pirat"]
    assert found("Il vous l'autorise", FAKE["fr"]) == []
    assert found("Wir verlangen Rabatte.", MONEY_AND_LEAVE["de"]) == ["rabatt"]
    assert found("許可なく", MONEY_AND_LEAVE["ja"]) == ["許可"]
    assert found("Votre avocat", THREATS["fr"]) == ["avocat"]
    assert found("ブランド", FAKE["ja"]) == []
