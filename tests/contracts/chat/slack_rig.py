"""Slack: the real slack_bolt against the Slack on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.core.chat import MessageRef
from bot.core.permissions import Role
from tests.contracts.chat.rig import NAMES, Answer, Rig, Shown, ShownForm
from tests.platforms.slack.people import Person
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working
from tests.unit.conftest import Team

_POST = "chat.postMessage"


class SlackRig(Rig):
    """A team that works in Slack."""

    name = "slack"
    channel = ALERTS
    nowhere = "1700000000.000001"

    def __init__(self, at_work: SlackTeam) -> None:
        super().__init__(at_work.team, at_work.slack.chat, at_work.dispatcher)
        self._fake = at_work.fake
        others = {Role.MEMBER: False, Role.VIEWER: True}
        self._people = {Role.ADMIN: at_work.ana} | {
            role: self._fake.person(f"U{NAMES[role].upper()}", NAMES[role], guest=guest)
            for role, guest in others.items()
        }
        eve = NAMES[Role.NOBODY]
        self._people[Role.NOBODY] = self._fake.person(f"U{eve.upper()}", eve, joins=False)

    async def types(self, command: str) -> None:
        name, _, text = command.partition(" ")
        seen_before = len(self._acting.ephemerals)
        assert (await self._acting.command(f"/{name}", text, self.typing_in or ALERTS)).acked
        await self.until(
            lambda: len(self._acting.ephemerals) > seen_before or self._acting.modal is not None
        )

    async def presses(self, label: str, on: MessageRef | None = None) -> None:
        message = self._message(on) if on else self._acting.ephemerals[-1]
        assert (await self._acting.press(message, label)).acked

    async def presses_twice(self, label: str, on: MessageRef) -> None:
        act = await self._acting.press(self._message(on), label)
        assert act.acked
        assert (await self._fake.redeliver(act)).acked

    async def fills_in(self, answers: Mapping[str, Answer]) -> None:
        await self.until(lambda: self._acting.modal)
        await self._acting.fill_in(answers)

    async def hands_in(self) -> None:
        assert (await self._acting.submit()).acked

    async def gives_up(self) -> None:
        await self._acting.close_modal()

    @property
    def form(self) -> ShownForm | None:
        modal = self._acting.modal
        return ShownForm(seen(modal).text, modal.errors) if modal else None

    @property
    def private(self) -> list[Shown]:
        return [_shown(each) for each in self._acting.ephemerals]

    async def messages(self) -> list[Shown]:
        return [_shown(each) for each in self._fake.channel(ALERTS).messages]

    async def replies(self, head: MessageRef) -> list[Shown]:
        return [_shown(each) for each in self._fake.channel(head.channel).thread(head.id)]

    def loses_an_answer(self) -> None:
        self._fake.faults.abort_after(_POST)

    def refuses_once(self) -> None:
        self._fake.faults.rate_limit(_POST, 7)

    def broken_rules(self) -> list[str]:
        return [*self._fake.violations, *self.uncalled_for(self._fake.mentions)]

    def adds_channel(self) -> str:
        everybody = [self._people[role] for role in (Role.ADMIN, Role.MEMBER)]
        return self._fake.add_channel("C0BRANDDE", "brand-us", everybody, private=True).id

    def loses_channel(self, channel: str) -> None:
        self._fake.channels[channel].archived = True

    async def looks_at(self, alert: MessageRef) -> bool:
        assert (await self._acting.react(self._message(alert), "eyes")).acked
        return True

    def answer_of(self, role: Role) -> str:
        return self._people[role].id

    def called(self) -> list[str]:
        # Each stands in the text and in a block, and calls once.
        return [each for each in self._fake.mentions if each.startswith("<")]

    def calls(self, role: Role) -> str:
        return f"<@{self._people[role].id}>"

    async def until(self, condition: Callable[[], object]) -> None:
        await self._fake.until(condition)

    @property
    def _acting(self) -> Person:
        return self._people[self.role]

    def _message(self, ref: MessageRef) -> Message:
        found = self._fake.channel(ref.channel).find(ref.id)
        assert found is not None
        return found


def _shown(message: Message) -> Shown:
    read = seen(message)
    files = {file.name: file.data or b"" for file in message.files}
    alts = {file.name: file.alt for file in message.files}
    return Shown(read.text, read.colour, read.buttons, files, alts)


@asynccontextmanager
async def slack_rig(team: Team, _: Path) -> AsyncIterator[Rig]:
    """Let the team work in Slack as long as the block lasts."""
    async with FakeSlack() as fake, working(team, fake) as at_work:
        yield SlackRig(at_work)
