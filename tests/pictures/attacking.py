"""Cards and forms of attacks: what is logged, and what all of it tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.cards import Card
from bot.core.flows.forms import known_in
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.core.labeled import AttackKind
from bot.core.views.lists import ListPage
from bot.features.attacks.flows import AttackForm
from bot.features.attacks.models import Incident
from bot.features.attacks.rules.analysis import Analysis, analyse
from bot.features.attacks.rules.weeks import in_order
from bot.features.attacks.views.attacks import attacks_card, incidents_card
from bot.features.cases.models.cases import case_key
from tests.fakes import START as NOW
from tests.pictures.asking import asked
from tests.pictures.story import BOARD, BOWL, OTHER, SCENE, THIEF, TRAY

ZONE = ZoneInfo(SCENE.team.zone)
NAMES = {watch.asin: watch.name for watch in (BOWL, BOARD, TRAY)}


def _incident(
    number: int, days: float, method: AttackKind, source: str = "", *asins: str
) -> Incident:
    at = NOW - timedelta(days=days)
    return Incident(at=at, method=method, source=source, asins=asins, ref=f"A-{number}")


FEW = [
    _incident(1, 90, AttackKind.PHISHING),
    _incident(2, 20, AttackKind.FOLLOW_UP, THIEF, BOWL.asin),
    _incident(3, 2, AttackKind.FALSE_COMPLAINT, OTHER, BOARD.asin),
]
MANY = [
    *FEW,
    *(
        _incident(10 + week, 7 * week + 3, AttackKind.FOLLOW_UP, THIEF, BOWL.asin)
        for week in range(9)
    ),
    *(_incident(30 + n, 18 + n / 3, AttackKind.REVIEW_BOMBING, "", TRAY.asin) for n in range(12)),
    *(
        _incident(50 + n, 5 + n, AttackKind.FOLLOW_UP, OTHER, watch.asin)
        for n, watch in enumerate((BOWL, BOARD, TRAY))
    ),
    *(
        _incident(60 + n, 30 + 9 * n, AttackKind.RETURNS, f"A{n}RETURNS00000", BOWL.asin)
        for n in range(4)
    ),
    _incident(70, 40, AttackKind.CLICK_FRAUD),
    _incident(71, 12, AttackKind.PRICE_WAR, "A9REGIONALDLR3", BOARD.asin),
]


NEWEST = sorted(MANY, key=lambda each: each.at, reverse=True)


def _look(incidents: list[Incident]) -> Analysis:
    return analyse(in_order(incidents), NOW, ZONE)


def _forms() -> dict[str, Ask]:
    free = AttackForm(today=NOW.date(), known_market="US")
    here = AttackForm(
        subject=case_key(12),
        today=NOW.date(),
        about="C-12: Unknown seller A1QX7ZP9KD4W2M holds the Buy Box of Walnut Salad Bowl",
        known_source=THIEF,
        known_products=(BOWL.asin,),
        known_market="US",
    )
    day = free.today.isoformat()
    what: Answers = {"kind": "follow-up", "day": day, "often": "once", "damage": ""}
    wrong: Answers = {
        "source_kind": "seller",
        "source": "no id",
        "products": "a bowl",
        "market": "US",
    }
    return {
        "form-attack-1": asked("attack", known_in(free)),
        "form-attack-2": asked("attack", known_in(free), ("what", what)),
        "form-attack-in-case": asked("attack", known_in(here), ("what", what)),
        "form-attack-error": asked("attack", known_in(free), ("what", what), ("who", wrong)),
    }


CARDS: Mapping[str, Card] = {
    "attacks-many": attacks_card(_look(MANY), NAMES, SCENE.team),
    "attacks-few": attacks_card(_look(FEW), NAMES, SCENE.team),
    "attacks-none": attacks_card(_look([]), NAMES, SCENE.team),
    "attacks-list": incidents_card(
        NEWEST[:8], ListPage.of(1, len(MANY), "attacks list"), SCENE.team
    ),
}
FORMS: Mapping[str, Ask] = _forms()
