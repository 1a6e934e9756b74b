"""A team that is spoken to in Chinese, on every chat: buttons, forms and what is wrong there."""

from __future__ import annotations

import pytest

from bot.core.collections import POSTED, PostedMessage
from bot.core.interface import InterfaceLanguage, speak
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.service.posting import post
from checks.checklists import shipped
from tests.contracts.chat.rig import Rig
from tests.unit.conftest import Team
from tests.unit.features.checklists.guarding import checklist_run

WEEKLY = next(each for each in shipped() if each.id == "account-security")
LIST = "列出所有用户"


@pytest.fixture
def team(team: Team) -> Team:
    """The team has a shipped checklist."""
    resources = team.app.resources.having(CHECKLISTS, (WEEKLY,))
    object.__setattr__(team.app, "resources", resources)
    return team


async def test_items_and_their_forms_are_in_chinese(rig: Rig) -> None:
    await rig.moves_in()
    await rig.types("settings language zh")
    await rig.until(lambda: rig.private and "简体中文" in rig.private[-1].text)
    async with rig.team.app.store.transaction() as tx:
        with speak(InterfaceLanguage.CHINESE):
            await post(rig.team.app, tx, checklist_run(rig.team.clock.now))
    await rig.sends()
    found = await rig.team.app.store.get(POSTED, PostedMessage.key_of(rig.name, "K-1"))
    assert found is not None
    await rig.presses("开始", found.ref)
    await rig.until(lambda: "Users and permissions" in rig.private[-1].text)
    await rig.presses("完成")
    await rig.until(lambda: rig.form)
    await rig.fills_in({LIST: "ana\npassword: hunter2hunter2"})
    await rig.hands_in()
    assert rig.form is not None
    assert rig.form.errors[LIST].endswith("第 2 行像是密码或密钥。请只输入名称后重新提交。")
