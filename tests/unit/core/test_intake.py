"""Files on their way in: kept with what names them, and with nothing else."""

from __future__ import annotations

import errno

import pytest

from bot.core.collections import DAILY_INTAKES, DailyIntake
from bot.core.disk import MB
from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.intake import Intake
from bot.core.interactions import Command, Quote
from bot.core.permissions import Role
from bot.errors import UserError
from bot.features.evidence.collections import EVIDENCE_ITEMS, EVIDENCE_LOGS
from bot.features.evidence.models.custody import EvidenceLog
from bot.features.evidence.models.items import PIECES_AT_MOST
from tests.fakes import MemoryEvidence
from tests.files import orders, pdf, png
from tests.unit.conftest import ANA, BEN, PLACE, Team, asked, notice
from tests.unit.features.reports.reporting import CASE, start


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


def kept(team: Team) -> set[str]:
    assert isinstance(team.app.evidence, MemoryEvidence)
    return set(team.app.evidence.kept)


async def taken(team: Team, *contents: bytes) -> tuple[Intake, tuple[Upload, ...]]:
    files = Intake(team.app)
    return files, tuple([await files.take("a", content) for content in contents])


async def adds_a_note(team: Team, content: bytes, **wrong: str) -> list[object]:
    files, given = await taken(team, content)
    ask = asked(await team.type("/note"))
    answers: Answers = {"case": "1", "note": "See the paper.", "files": given}
    return [*await team.submit(ask, {**answers, **wrong}, files=files)]


async def test_a_file_is_kept_with_what_names_it(hit: Team) -> None:
    before = kept(hit)
    await adds_a_note(hit, pdf())
    [piece] = [each for each in await hit.app.store.page(EVIDENCE_ITEMS) if each.who == ANA[0]]
    assert piece.file is not None
    assert kept(hit) == before | {piece.file.content}
    assert await hit.app.evidence.read(piece.file.content) == pdf()


async def test_a_disk_that_refuses_a_file_is_not_said_to_be_full(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_: object) -> str:
        raise OSError(errno.EIO, "refused")

    monkeypatch.setattr(Intake, "hold", refuses)
    with pytest.raises(UserError) as refused:
        await taken(team, pdf())
    says = "a: Could not save the file to disk. Tell an admin."
    assert str(refused.value) == says


@pytest.mark.parametrize("wrong", [{"note": ""}, {"case": ""}, {"note": "x" * 4000}])
async def test_a_wrong_answer_keeps_no_file(hit: Team, wrong: dict[str, str]) -> None:
    before = kept(hit)
    for _ in range(6):
        await adds_a_note(hit, pdf(), **wrong)
    assert kept(hit) == before


async def test_what_the_end_of_a_flow_refuses_keeps_no_file(team: Team) -> None:
    for _ in range(6):
        [again] = await adds_a_note(team, pdf(), case="7")
        assert "There is no case" in str(again)
    assert kept(team) == set()


async def test_a_case_that_is_full_keeps_no_file(hit: Team) -> None:
    async with hit.app.store.transaction() as tx:
        tx.put(EVIDENCE_LOGS, EvidenceLog(case=CASE, items=PIECES_AT_MOST))
    before = kept(hit)
    [told] = await adds_a_note(hit, pdf())
    assert f"The limit is {PIECES_AT_MOST}." in str(told)
    assert kept(hit) == before


async def test_a_form_that_comes_late_keeps_no_file(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    await hit.submit(ask, {"what": "received"}, BEN)
    before = kept(hit)
    files, given = await taken(hit, png())
    await hit.submit(ask, {"files": given}, BEN, files=files)
    assert kept(hit) == before


async def test_a_viewer_keeps_no_file(hit: Team) -> None:
    ask = asked(await hit.type("/note"))
    before = kept(hit)
    files, given = await taken(hit, pdf())
    answers: Answers = {"case": "1", "note": "See the paper.", "files": given}
    await hit.submit(ask, answers, (ANA[0], Role.VIEWER), files=files)
    assert kept(hit) == before


async def test_files_in_a_thread_that_is_no_cases_are_not_kept(hit: Team) -> None:
    before = kept(hit)
    files, given = await taken(hit, pdf())
    dropped = Command(
        id="1",
        who=BEN[0],
        role=BEN[1],
        where=PLACE,
        at=hit.clock.now,
        name="note",
        quote=Quote(text="", author="Ben", files=given, dropped=True),
    )
    assert "This thread does not belong to a case" in notice(
        await hit.router.handle(dropped, files)
    )
    assert kept(hit) == before


async def test_a_file_that_waits_for_the_next_question_is_kept(team: Team) -> None:
    ask = asked(await team.type("/papers add"))
    files, given = await taken(team, pdf())
    answers: Answers = {"kind": "invoice", "name": "Invoice", "file": given}
    asked(await team.submit(ask, answers, files=files))
    assert kept(team) == {given[0].content}


async def test_an_order_report_is_read_before_it_is_kept(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    ask = asked(await hit.submit(ask, {"what": "orders"}, BEN))
    files, given = await taken(hit, orders())
    told = notice(await hit.submit(ask, {"files": given}, BEN, files=files))
    assert told.startswith("Added to C-1")
    assert given[0].content in kept(hit)


async def test_a_transaction_that_is_repeated_keeps_each_file_once(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, [file] = await taken(team, pdf())
    entered: list[str] = []
    keep = team.app.evidence.keep

    async def counted(content: bytes, facts: dict[str, str]) -> str:
        entered.append(facts["kind"])
        return await keep(content, facts)

    monkeypatch.setattr(team.app.evidence, "keep", counted)
    for _ in range(2):
        async with team.app.store.transaction() as tx:
            tx.put(DAILY_INTAKES, DailyIntake(file.content, "", 0))
            await files.keep(tx, BEN[0])
    assert entered == ["upload"]


async def test_a_person_hands_in_so_much_a_day(hit: Team) -> None:
    object.__setattr__(hit.app, "daily_intake", 2 * len(pdf()))
    for number in range(2):
        assert "Added to C-1" in str(await adds_a_note(hit, pdf()[:-1] + b"%d" % number))
    before = kept(hit)
    [told] = await adds_a_note(hit, pdf()[:-1] + b"3")
    assert "The limit is" in str(told)
    assert kept(hit) == before
    hit.clock.advance(days=1)
    assert "Added to C-1" in str(await adds_a_note(hit, pdf()[:-1] + b"3"))


async def test_what_was_refused_does_not_count(hit: Team) -> None:
    for _ in range(5):
        await adds_a_note(hit, pdf(), note="")
    assert await hit.app.store.get(DAILY_INTAKES, ANA[0].id) is None
    assert hit.app.daily_intake == 500 * MB
