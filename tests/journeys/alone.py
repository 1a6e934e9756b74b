"""What Ana and Ben do with the cards and forms that they alone see."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from tests.journeys.hands import Answers, InDiscord, InSlack
from tests.journeys.office import ALERTS, SLACK_ALERTS, discord_text, slack_text
from tests.patience import PATIENCE
from tests.platforms.discord.seen import seen as seen_in_discord
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.forms import field_named
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.state import Message as SlackMessage

AGAIN = 2.0
"""Seconds until a command is typed again whose answer is not there yet."""
M = TypeVar("M", SlackMessage, DiscordMessage)


class Alone(ABC, Generic[M]):
    """Somebody's hands on what only they see."""

    async def types(self, name: str, word: str = "") -> str:
        """Type a command, and return the card that comes."""
        before = len(self.cards)
        await self.command(name, word)
        return await self._comes(before)

    async def hears(self, name: str, words: str) -> str:
        """Type a command now and then until what it says has the words, and return that."""
        async with asyncio.timeout(PATIENCE):
            while words not in (told := await self.types(name)):  # noqa: ASYNC110 - it is no event
                await asyncio.sleep(AGAIN)
        return told

    async def gets(self, words: str, button: str) -> str:
        """Press a button of a card that all see, and return the one that comes."""
        before = len(self.cards)
        await self.press(words, button)
        return await self._comes(before)

    async def taps(self, button: str, *steps: Answers) -> str:
        """Press a button of their own, fill in what it asks, and return what takes its place."""
        card, number = self.with_button(button), len(self.cards)
        before = self.text(card)
        await self.touches(button)
        await self.answer(*steps)
        await self.until(lambda: self.text(card) != before)
        assert len(self.cards) == number, "what came does not stand in the card's place"
        return self.text(card)

    def with_button(self, button: str) -> M:
        """Return the latest card that has the button."""
        found = [card for card in self.cards if button in self.buttons(card)]
        assert found, f"nothing of {[self.text(card) for card in self.cards]} has {button!r}"
        return found[-1]

    async def says(self, *steps: Answers) -> str:
        """Fill in the form that opens, and return what is told then."""
        before = self.told
        await self.answer(*steps)
        await self.until(lambda: self.told != before)
        return self.told[-1]

    @property
    def told(self) -> list[str]:
        """The texts of all that only they are told, the latest last."""
        return [self.text(card) for card in self.cards]

    async def _comes(self, before: int) -> str:
        await self.until(lambda: len(self.cards) > before)
        return self.text(self.cards[-1])

    @property
    @abstractmethod
    def cards(self) -> Sequence[M]:
        """What only they see, the latest last."""

    @abstractmethod
    def text(self, card: M) -> str: ...

    @abstractmethod
    def buttons(self, card: M) -> Sequence[str]: ...

    @abstractmethod
    async def until(self, condition: Callable[[], object]) -> None: ...

    @abstractmethod
    async def command(self, name: str, word: str = "") -> None: ...

    @abstractmethod
    async def press(self, words: str, button: str) -> None: ...

    @abstractmethod
    async def answer(self, *steps: Answers) -> None: ...

    @abstractmethod
    async def touches(self, button: str) -> None:
        """Press a button of the latest card that has it."""

    @abstractmethod
    async def typed(self, label: str) -> str:
        """Return what stands in a field of the form that is open, or opens."""

    @abstractmethod
    async def is_refused(self, step: Answers) -> str:
        """Fill in the form that opens, and return what is wrong; it stays open to be mended."""


class Ana(InSlack, Alone[SlackMessage]):
    """Ana at Slack."""

    @property
    def cards(self) -> Sequence[SlackMessage]:
        return self._ana.ephemerals

    @property
    def told(self) -> list[str]:
        return self._office.ana_is_told()

    def text(self, card: SlackMessage) -> str:
        return slack_text(card)

    def buttons(self, card: SlackMessage) -> Sequence[str]:
        return seen_in_slack(card).buttons

    async def until(self, condition: Callable[[], object]) -> None:
        await self._office.in_slack(condition)

    async def touches(self, button: str) -> None:
        await self._closes()
        assert (await self._ana.press(self.with_button(button), button)).acked

    async def typed(self, label: str) -> str:
        await self.until(lambda: label in self._asked())
        assert self._ana.modal is not None
        return str(field_named(self._ana.modal, label).element["initial_value"])

    async def is_refused(self, step: Answers) -> str:
        await self.until(lambda: self._asked() >= {*step})
        await self._ana.fill_in(step)
        assert (await self._ana.submit()).acked
        assert self._ana.modal is not None
        wrong = self._ana.modal.errors
        assert {*wrong} <= {*step}, "it does not stand beside what is wrong"
        return "\n".join(wrong.values())

    def _offering(self, words: str, button: str) -> SlackMessage | None:
        for message in reversed(self._office.slack.channel(SLACK_ALERTS).history):
            if words in slack_text(message) and button in seen_in_slack(message).buttons:
                return message
        return None


class Ben(InDiscord, Alone[DiscordMessage]):
    """Ben at Discord."""

    @property
    def cards(self) -> Sequence[DiscordMessage]:
        return self._ben.ephemerals

    def text(self, card: DiscordMessage) -> str:
        return discord_text(card)

    def buttons(self, card: DiscordMessage) -> Sequence[str]:
        return seen_in_discord(card).buttons

    async def until(self, condition: Callable[[], object]) -> None:
        await self._office.in_discord(condition)

    async def touches(self, button: str) -> None:
        assert (await self._ben.press(self.with_button(button), button)).answered

    async def typed(self, label: str) -> str:
        await self._opens()
        assert self._ben.modal is not None
        return str(self._ben.modal.inputs[label]["value"])

    async def is_refused(self, step: Answers) -> str:
        await self._opens()
        await self._ben.fill_in(step)
        assert (await self._ben.submit()).answered
        told = self.text(self.cards[-1])
        await self.touches("Correct it")
        return told

    async def _opens(self) -> None:
        await self.until(lambda: self._ben.modal or self._goes_on())
        if self._ben.modal is None:
            await self.touches("Continue")

    def _offering(self, words: str, button: str) -> DiscordMessage | None:
        shown = self._office.discord.channel(ALERTS).messages
        threads = [told for head in shown if head.thread for told in head.thread.messages]
        for message in reversed([*shown, *threads]):
            if words in discord_text(message) and button in seen_in_discord(message).buttons:
                return message
        return None
