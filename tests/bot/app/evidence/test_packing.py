"""A packet is of the text that was confirmed, whatever happens while it is made."""

from __future__ import annotations

from bot.app.collections import ERRANDS
from bot.domain.evidence.packets import Archived, Bundle
from tests.bot.app.conftest import ANA, BEN, Team, asked
from tests.bot.app.reports.reporting import REPORT, answer, draft, everything, report, start


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
    assert await team.desk.store.count(ERRANDS) == 0
