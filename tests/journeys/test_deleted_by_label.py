"""What has no entry in a case is deleted by its label: every byte is searched for its words."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.bootstrap.application import Application
from bot.core.clocks import utc_now
from bot.core.forms import Answers
from bot.core.interactions import Ask, Notice, Reply
from bot.features.cases.collections import CASES
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Run, Task
from bot.features.reports.collections import REPORTS
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import Point, Review
from tests.journeys.at_the_page import Person, at_the_page
from tests.journeys.test_deleted import Hands, days_later
from tests.journeys.test_privacy import application, log, through_the_front, to_the_packet
from tests.journeys.traces import all_reports, traces, traces_under
from tests.unit.features.checklists.guarding import SECURITY, USERS

__all__ = ["application", "log"]

SAID = "Quillfeather of Kastanienweg asked for it."
TODAY = utc_now().date().isoformat()


async def told(hands: Hands, ask: Reply, *steps: Answers) -> Reply:
    """Fill in a flow to its end; what it objects to once is sent again."""
    for answers in steps:
        sent = await hands.sends(ask, answers)
        ask = await hands.sends(ask, answers) if isinstance(sent, Ask) and sent.errors else sent
        assert not isinstance(ask, Ask) or not ask.errors, ask
    return ask


async def an_attack(hands: Hands, _: Application, __: Person) -> str:
    what: Answers = {"kind": "other", "day": TODAY, "often": "once", "damage": SAID}
    who: Answers = {
        "source_kind": "address",
        "source": "zoe.quillf@buyers.example",
        "products": "",
        "market": "US",
    }
    assert isinstance(await told(hands, await hands.types("attack"), what, who), Notice)
    await hands.presses("show-attacks", "")
    return "A-1"


async def a_letter(hands: Hands, _: Application, __: Person) -> str:
    """Write to Amazon's support about no case."""
    matter: Answers = {
        "need": "other",
        "about": "B0PRIVATE1",
        "since": TODAY,
        "merchant": "",
        "language": "en",
    }
    story: Answers = {
        "happened": "The page was changed.",
        "steps": (),
        "done": "We have told them.",
        "wish": "Please restore the detail page.",
        "earlier": "",
    }
    ask = await told(hands, await hands.types("support"), matter, story)
    assert isinstance(ask, Ask)
    [text] = ask.form.inputs
    draft = str(getattr(text, "initial", ""))
    await told(hands, ask, {"text": draft.replace("We have told them.", SAID)})
    await told(hands, await hands.presses("letter-sent", "000001"), {"ticket": ""})
    answer: Answers = {"outcome": "solved", "words": SAID}
    await told(hands, await hands.presses("letter-answered", "000001"), answer)
    return "L-1"


async def a_report(hands: Hands, application: Application, person: Person) -> str:
    """File a report with the words in its text, its packet and Amazon's answer."""
    [case] = await application.app.store.page(CASES)
    await through_the_front(application, case.key, all_reports()[0])
    await to_the_packet(person, application, case.key)
    [report] = await application.app.store.page(REPORTS)
    ask = await hands.presses("edit-report", report.key)
    assert isinstance(ask, Ask)
    kept = {each.name: getattr(each, "initial", "") for each in ask.form.inputs}
    await told(hands, ask, {**kept, "text": f"{report.text}\n{SAID}"})
    assert isinstance(await hands.presses("confirm-report", report.key), Notice)
    await person.work()
    await told(hands, await hands.presses("report-filed", report.key), {"complaint": ""})
    answer: Answers = {"outcome": "accepted", "words": SAID}
    await told(hands, await hands.presses("report-answer", report.key), answer)
    return "R-1"


async def a_list(hands: Hands, application: Application, _: Person) -> str:
    async with application.app.store.transaction() as tx:
        tx.put(
            RUNS,
            Run(
                number=1,
                checklist=SECURITY.id,
                title=SECURITY.title,
                area=SECURITY.area,
                duty=SECURITY.owner,
                planned_at=utc_now(),
                posted_at=utc_now(),
                tasks=(Task(item=USERS),),
            ),
        )
    await told(hands, await hands.presses("item-done", "000001/users"), {"proof": SAID})
    return "K-1"


async def reviewed(application: Application) -> None:
    async with application.app.store.transaction() as tx:
        tx.put(
            REVIEWS,
            Review(
                number=1,
                quarter="2026 Q4",
                since=utc_now().date(),
                until=utc_now().date(),
                points=(Point(heading="One", says="It is so.", propose="Do it."),),
                numbers=(),
                made_at=utc_now(),
            ),
        )


async def a_decision(hands: Hands, application: Application, _: Person) -> str:
    await reviewed(application)
    decided: Answers = {"what": SAID, "owner": "me", "due": TODAY}
    await told(hands, await hands.presses("decide", "000001-1"), decided)
    return "D-1"


async def a_reason(hands: Hands, application: Application, _: Person) -> str:
    await reviewed(application)
    await told(hands, await hands.presses("leave-point", "000001-1"), {"why": SAID})
    return "2026 Q4 1"


@pytest.mark.ci
@pytest.mark.parametrize("written", [an_attack, a_letter, a_report, a_list, a_decision, a_reason])
async def test_what_was_written_is_gone_once_it_is_redacted_by_its_label(
    application: Application, tmp_path: Path, log: io.StringIO, written: object
) -> None:
    assert callable(written)
    hands = Hands(application)
    async with at_the_page(application) as person:
        label = await written(hands, application, person)
        await person.work()
        await person.look()
        assert "Quillfeather" in found(traces_under(tmp_path).values())
        ask = await hands.types(f"redact {label}")
        assert isinstance(await told(hands, ask, {"why": "A buyer is named."}), Notice)
        await person.work()
        for day in range(31, 40):
            await days_later(application, day)
            await person.work()
        person.seen.clear()
        await person.look()
        assert traces("".join(person.seen).encode()) == set()
    assert traces_under(tmp_path) == {}
    assert traces(log.getvalue().encode()) == set()


def found(several: Iterable[set[str]]) -> set[str]:
    return set().union(*several)
