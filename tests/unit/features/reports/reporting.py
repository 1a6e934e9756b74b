"""What a team does between an alert and a report, step by step."""

from __future__ import annotations

from bot.core.cards import Card
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.interactions import Ask
from bot.features.cases.models.cases import case_key
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, report_key
from tests.unit.conftest import ANA, ASIN, BEN, OWN, THIEF, Team, asked, notice, offer

OURS, THEIRS = offer(OWN, "24.99"), offer(THIEF, "18.70")
CASE = case_key(1)
REPORT = report_key(1)
ORDER = "123-1234567-1234567"
RIGHT: list[Answers] = [
    {"kind": "trademark", "name": "ALDER & FINCH"},
    {"country": "US", "registration": "7123456", "status": "registered"},
    {"owner": "Alder & Finch Ltd", "classes": "21", "expires": "2030-01-01"},
]
TEST_BUY: Answers = {
    "order": ORDER,
    "seller": THIEF,
    "sold_by": "BrightLeaf Store 88",
    "asin": ASIN,
    "price": "18.70",
    "ordered": "2026-11-23",
    "arrived": "2026-11-23",
    "result": "different",
    "files": (),
    "observed": "The logo is printed; on the genuine pan it is embossed.",
    "verified": "Compared side by side under a lens.",
}
DRAFT: Answers = {"draft": "yes"}
COPY: list[Answers] = [{"matter": "doubt"}, {"seen": "copy", "grounds": "test-buy"}, DRAFT]


async def answer(team: Team, ask: Ask, *steps: Answers, who: object = BEN) -> str:
    """Fill in a flow to its end, and return what the person is told."""
    assert who in (ANA, BEN)
    *first, last = steps
    for answers in first:
        ask = asked(await team.submit(ask, answers, who=ANA if who is ANA else BEN))
    told = await team.submit(ask, last, who=ANA if who is ANA else BEN)
    # What to do next may follow it.
    return notice(told[:1])


async def add_right(team: Team) -> None:
    await answer(team, asked(await team.type("/rights add")), *RIGHT, who=ANA)


async def collect(team: Team, kind: EvidenceKind, answers: Answers) -> str:
    ask = asked(await team.press("collect", CASE, BEN))
    forms = 3 if kind is EvidenceKind.TEST_BUY else 1
    return await answer(team, ask, {"what": kind.value}, *[answers] * forms)


async def photo(team: Team, kind: EvidenceKind) -> None:
    digest = await team.app.evidence.keep(kind.encode(), {"at": "now"})
    file = Upload(f"{kind.value}.png", "image/png", 10, digest)
    await collect(team, kind, {"files": (file,), "caption": "The logo"})


async def capture(team: Team) -> None:
    ask = asked(await team.press("collect", CASE, BEN))
    await answer(team, ask, {"what": "capture"})
    await team.work()


async def everything(team: Team) -> None:
    """Collect all that a report wants."""
    await capture(team)
    await collect(team, EvidenceKind.TEST_BUY, TEST_BUY)
    await photo(team, EvidenceKind.RECEIVED)
    await photo(team, EvidenceKind.GENUINE)


async def draft(team: Team, *steps: Answers) -> str:
    ask = asked(await team.press("report", CASE, BEN))
    return await answer(team, ask, *(steps or COPY))


async def report(team: Team, key: str = REPORT) -> Report:
    found = await team.app.store.get(REPORTS, key)
    assert found is not None
    return found


def shown(card: Card) -> str:
    parts = [card.title, card.body, *(f"{each.label}: {each.value}" for each in card.fields)]
    return "\n".join([*parts, *(each.text for each in card.snippets)])


async def start(team: Team) -> None:
    """Let a stranger hit the listing of a team whose mark is in the register."""
    await team.look(OURS, THEIRS)
    await add_right(team)
