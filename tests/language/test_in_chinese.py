"""Cards and forms as a Chinese team gets them: no English is left in what is translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain

from bot.core.cards import Card
from bot.core.interactions import Ask
from bot.core.interface import InterfaceLanguage, phrases, speak
from bot.features.cases.views.case import case_title
from bot.features.overview.views.team import settings_card
from tests.cases import for_each
from tests.language.rendered import of_card, of_form
from tests.language.test_lengths import FOOTER, LABEL, TITLE
from tests.pictures import account, comparing, guard, guarding_pages, reporting, story, teaching
from tests.pictures.kinds import ROOMS
from tests.pictures.story import SCENE

CHINESE = InterfaceLanguage.CHINESE

_WORD = re.compile(r"[A-Za-z]{2,}")
_NAME = re.compile(r"\{\w+\}")
_OUTSIDE = re.compile(
    r"/[a-z]+(?: [a-z]+)*"  # a command
    r"|Ana Alder|Ben Finch|Ben's home|Ben|Vik|temp-va|Lumen Agency"  # people
    r"|all permissions|listings|ads"
    r"|English|Slack|Discord|#brand-alerts|America/New_York|UTC|ASINs|USD"
    r"|\b[A-Z0-9]{10,}\b"  # an ID of Amazon's
    r"|Walnut Salad Bowl(?:, 12 Inch, with Servers)?|A1DER FINCH|HUALIYA STAR"
    r"|SKU AF-\d+|amazon\.com"
    r"|LOVEHOME|\b(?:US|CA|MX)\b|Tray|ALDER & FINCH|US 7123456"  # products and rights
    r"|the offer's page with price and seller|logo printed, no batch mark|logo embossed, batch 7731"
    f"|{re.escape(case_title(story.CRITICAL))}"
    f"|{'|'.join(map(re.escape, guarding_pages.TEXTS))}|BOWL"
)
"""What comes from outside, or stays as it is in every language."""


@cache
def cards() -> Mapping[str, Card]:
    """Return the cards of what is translated; whoever translates more adds theirs."""
    with speak(CHINESE):
        settings = settings_card(SCENE.team, ROOMS)
        return {
            **guard.cards(),
            **reporting.cards(),
            **comparing.cards(),
            **teaching.cards(),
            **guarding_pages.cards(),
            **account.cards(),
            "settings": settings,
        }


@cache
def forms() -> Mapping[str, Ask]:
    """Return the forms of what is translated."""
    with speak(CHINESE):
        return {**guard.forms(), **reporting.forms()}


@cache
def known() -> frozenset[str]:
    """Return the Latin words that translations have: names of Amazon's menus, for example."""
    lessons = (lesson.translations[CHINESE] for lesson in teaching.LESSONS)
    texts = chain.from_iterable(
        (each.title, each.text, each.question, each.because, *each.options) for each in lessons
    )
    said = (_NAME.sub("", each) for each in phrases(CHINESE).values())
    return frozenset(chain.from_iterable(map(_WORD.findall, (*said, *texts))))


def english_in(text: str) -> set[str]:
    """Return the English words of a text."""
    return {*_WORD.findall(_OUTSIDE.sub("", text))} - known()


@for_each("name", cards())
def test_a_card_is_in_chinese(name: str) -> None:
    english = {text: left for text in of_card(cards()[name]) if (left := english_in(text))}
    assert not english


@for_each("name", forms())
def test_a_form_is_in_chinese(name: str) -> None:
    ask = forms()[name]
    texts = (*of_form(ask.form), *ask.errors.values())
    english = {text: left for text in texts if (left := english_in(text))}
    assert not english


@for_each("name", cards())
def test_a_card_in_chinese_is_read_at_a_glance(name: str) -> None:
    card = cards()[name]
    # A Chinese character is as wide as two letters.
    assert _width(card.title) <= TITLE, card.title
    assert _width(card.footer) <= FOOTER, card.footer
    for button in card.pressable:
        assert _width(button.label) <= LABEL, button.label


def test_english_is_found() -> None:
    assert english_in("2 个 answered") == {"answered"}
    assert english_in("打开 Settings，输入 /training ask") == set()


def _width(text: str) -> int:
    return sum(1 if each.isascii() else 2 for each in text)
