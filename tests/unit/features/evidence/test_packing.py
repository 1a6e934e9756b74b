"""A packet is of the text that was confirmed, whatever happens while it is made."""

from __future__ import annotations

from bot.core.collections import JOBS, OUTBOX, TEAMS
from bot.core.team import Team as TeamSettings
from bot.features.reports.models.packets import Archived, Bundle
from tests.unit.conftest import ANA, BEN, THIEF, Team, asked, offer
from tests.unit.features.reports.reporting import (
    OURS,
    REPORT,
    answer,
    draft,
    everything,
    report,
    shown,
    start,
)


async def confirmed(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)


async def edit(team: Team) -> None:
    team.clock.advance(seconds=30)
    ask = asked(await team.press("edit-report", REPORT, BEN))
    text = (await report(team)).text.replace("embossed", "embossed in steel")
    await answer(team, ask, {"text": text})


async def test_a_text_that_is_confirmed_anew_meanwhile_gets_its_own_packet(team: Team) -> None:
    await confirmed(team)
    packer = team.packer
    archive = packer.archive

    async def archive_while_it_is_changed(bundle: Bundle) -> Archived:
        packer.archive = archive  # type: ignore[method-assign]
        await edit(team)
        await team.press("confirm-report", REPORT, ANA)
        return await archive(bundle)

    packer.archive = archive_while_it_is_changed  # type: ignore[method-assign]
    await team.work()
    assert (await report(team)).packet is None
    await team.work()
    packed = await report(team)
    assert packed.packet is not None
    assert packer.bundles[-1].statement == packed.text
    assert "in steel" in packed.text
    assert sum(key.startswith("C-1/R-1-") for key in team.chat.messages) == 1
    assert await team.app.store.count(JOBS) == 0


async def test_in_the_quiet_hours_a_packet_comes_into_the_thread_at_once(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, TeamSettings(quiet_from=9, quiet_to=12))
    team.clock.advance(minutes=11)
    await team.look(OURS, offer(THIEF, "18.60"))
    held = await team.app.store.count(OUTBOX)
    assert held == 1
    before = len(team.chat.order)
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    came = [team.chat.messages[key] for key in team.chat.order[before:]]
    assert all(each.thread is not None and each.thread.id == "C-1" for each in came)
    said = "\n".join(shown(each.card) for each in came)
    assert "Sealed the packet of R-1" in said
    assert [file.name for each in came for file in each.files] == ["C-1-R-1.pdf", "C-1-R-1.zip"]
    assert await team.app.store.count(OUTBOX) == held
