"""A chat platform as it is put together: its settings, how it connects, whether it works."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from pydantic_settings import SettingsConfigDict

from bot.core.secret_files import SecretSettings

if TYPE_CHECKING:
    from bot.core.chat import Chat
    from bot.core.gateway import ChatGateway
    from bot.core.request import CommandSpec

S = TypeVar("S", bound="ChatSettings")

ReadFile = Callable[[str], Awaitable[bytes]]
"""Returns the bytes of a kept file, by the name of its content."""

Found = tuple[str, str, str]
"""What was looked at; 'fine', 'missing' or 'wrong'; what it is, or what is to be done.

``OPEN`` is 'missing' unless the settings name the team's members by their ids.
"""

OPEN = "open"
"""How the channel for alerts is that everybody of the workspace may see or join."""


def split_ids(value: object) -> object:
    """Read ids that are separated by commas; the case of letters does not count."""
    if isinstance(value, str):
        return frozenset(word.strip().upper() for word in value.split(",") if word.strip())
    return value


class ChatSettings(SecretSettings):
    """What a deployment is told from outside about one chat.

    Each subclass gives itself the prefix ``BRANDWARDEN_<CHAT>_``, and every field a description.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )


class Connection(Protocol):
    """A chat and what listens to it."""

    name: str

    @property
    def chat(self) -> Chat:
        """Where messages go out."""
        ...

    def serve(self, gateway: ChatGateway) -> AbstractAsyncContextManager[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: the chat refuses us; it says what to do.
        """
        ...


class AppForm(NamedTuple):
    """How an app of the team's own is made in a chat, with all that it needs."""

    link: str
    """Opens the chat's own page for it, filled in."""
    manifest: str
    """The same as JSON, for an app that is there already."""


@dataclass(frozen=True, kw_only=True)
class ChatPlatform(Generic[S]):
    """A chat's own description of itself. Nothing about it is listed anywhere else.

    It is the ``PLATFORM`` of ``adapters/<name>/platform.py``, and is read at every start: what the
    chat's SDK takes long to load is imported in its functions.
    """

    name: str
    """As the outbox and the folder are called."""
    settings: type[S]
    connect: Callable[[S, ReadFile], Connection | None]
    """Make the connection; None where the settings have no credentials for it.

    Raises UserError: a part of them is missing; it says which.
    """
    examine: Callable[[S, str, Sequence[CommandSpec]], AsyncIterator[Found]]
    """Say whether it works: nothing at all where the settings have no credentials.

    It is given the id of the channel that alerts go to, if any, and all that can be typed.
    """
    app_form: Callable[[Sequence[CommandSpec]], AppForm] | None = None
    """How its app is made, where the chat has a form for that; given all that can be typed.

    It stands in ``adapters/<name>/app_form.py``: by that file the command line knows that it has
    one, and imports no chat.
    """
