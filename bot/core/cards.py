"""Cards: the one kind of message. Flat, so that every chat can show all of it."""

from __future__ import annotations

import enum
import hashlib
import re
from datetime import datetime

import msgspec

from bot.core.permissions import Permission
from bot.core.stored import is_stored
from bot.core.text import at_word, count, within
from bot.errors import BudgetError

TITLE = 150
BADGE = 24
HEADING = BADGE + 3 + TITLE
"""Characters of a title with its badge before it."""
GIST = 120
NOTIFICATION = 120
"""Characters of what a phone shows of a message before anybody opens it."""
BODY = 2000
FIELDS = 18
FIELD_LABEL = 40
FIELD_VALUE = 300
FOOTER = 200
SNIPPETS = 3
SNIPPET = 3000
TEXT = 3900
"""Characters of body and snippets together, which one chat shows as one text."""
BUTTONS = 12
BUTTON_LABEL = 40
LINKS = 3
MENU = 5
"""What a menu holds at most: as much as the smallest one of all chats."""
ACTION = 100
LINK = 500
MOMENT = 24
"""Characters that a chat needs at most to write a moment, as people see it."""
CONFIRM_TITLE = 24
CONFIRM_TEXT = 300
CONFIRM_YES = 24
_ALLOWED = re.compile(
    r"https://www\.amazon\.[a-z.]{2,6}/|https://(sellercentral|brandregistry)\.amazon\.[a-z.]{2,6}/"
    r"|http://127\.0\.0\.1:[0-9]{1,5}/",
    re.ASCII,
)
"""Where a button or a title may lead: Amazon's own pages, or a simulation's on this machine."""

CARD = 5000
"""Characters in all: the smallest chat takes 6,000, and the mark 'simulated' wants room."""


class Tone(enum.StrEnum):
    """How bad it is, at a glance; a chat shows it as a colour and a word."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    GOOD = "good"
    QUIET = "quiet"

    @property
    def symbol(self) -> str:
        """A sign that stands before a first line; told apart by shape, not by colour alone."""
        return _SYMBOLS[self]


_SYMBOLS = {
    Tone.CRITICAL: "🚨",
    Tone.WARNING: "⚠️",
    Tone.INFO: "ℹ️",  # noqa: RUF001
    Tone.GOOD: "✅",
    Tone.QUIET: "⚪",
}


class Style(enum.StrEnum):
    """How much a button stands out."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


class Field(msgspec.Struct, frozen=True):
    """A label and its value. ``wide`` wants a line of its own."""

    label: str
    value: str
    wide: bool = False
    at: datetime | None = None
    """The moment with which the value ends; it may be all of it. Each reads it in their own zone,
    as far as the chat knows that."""


class Snippet(msgspec.Struct, frozen=True):
    """Words to be copied as they are: shown in a block of their own, with a way to copy them."""

    label: str
    text: str


class Confirm(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked before a button does what reaches far.

    A chat that can ask by itself does; elsewhere, and in a menu, a short form asks.
    """

    title: str
    text: str
    """What follows if they say yes."""
    yes: str

    @property
    def mark(self) -> str:
        """Return what a chat sends back to say that just this was asked, and answered with yes."""
        asked = "\n".join((self.title, self.text, self.yes))
        return hashlib.sha256(asked.encode()).hexdigest()[:16]


class Button(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to press: an action with a short reference, or a link, never both.

    It carries no state, so it works a year and many restarts later.
    """

    label: str
    action: str = ""
    ref: str = ""
    url: str = ""
    style: Style = Style.PLAIN
    confirm: Confirm | None = None
    """What is asked first; whoever acts on the press asks too, if a chat did not."""
    needs: Permission | None = None
    """What a person needs to press it, where its action alone does not say so."""

    @property
    def id(self) -> str:
        """Return what a chat sends back when it is pressed."""
        return f"{self.action}:{self.ref}"


class Menu(msgspec.Struct, frozen=True):
    """What else can be done, folded away beside the buttons.

    ``label`` says what it is called, to those who see it and to those who hear it. An item is an
    action, for no menu of any chat opens a link; its style shows where a chat has one for it.
    """

    label: str
    items: tuple[Button, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A message. Text is plain: a chat escapes it and adds no meaning to it."""

    title: str
    badge: str = ""
    """How bad it is, in a word that stands before the title; empty: nothing is bad about it."""
    gist: str = ""
    """What else one must know at once; stands below the title, and in the notification."""
    link: str = ""
    """Where the title leads; nowhere, if it is empty."""
    body: str = ""
    tone: Tone = Tone.INFO
    fields: tuple[Field, ...] = ()
    image: str = ""
    beside: str = ""
    """Another picture, with which the first one is compared."""
    thumbnail: str = ""
    """A small picture of what it is about. It says nothing that the words do not say, and a chat
    shows it only where whoever has the picture does not see who looks at it."""
    snippets: tuple[Snippet, ...] = ()
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    links: tuple[Button, ...] = ()
    """Where one can look oneself: they stand below the facts, and stand out less than buttons."""
    footer: str = ""
    footer_at: datetime | None = None
    """The moment with which the footer ends."""
    simulated: bool = False
    """The facts come from a simulated marketplace; every chat must say so."""

    def __post_init__(self) -> None:
        """Check the budget, unless the card was stored: what is kept stays readable.

        Raises:
            BudgetError: some part is larger than every chat can show.
        """
        if is_stored():
            return
        within("title", self.title, TITLE, least=1)
        within("badge", self.badge, BADGE)
        within("gist", self.gist, GIST)
        _check_link("title", self.link)
        within("body", self.body, BODY)
        within("footer", self.footer, FOOTER)
        within("image", self.image, LINK)
        within("second image", self.beside, LINK)
        within("thumbnail", self.thumbnail, LINK)
        count("fields", len(self.fields), FIELDS)
        count("buttons", len(self.buttons), BUTTONS)
        count("links", len(self.links), LINKS)
        for field in self.fields:
            _check_field(field)
        count("snippets", len(self.snippets), SNIPPETS)
        for snippet in self.snippets:
            _check_snippet(snippet)
        count("characters of text", self.told, TEXT)
        if self.menu is not None:
            _check_menu(self.menu)
        for button in (*self.pressable, *self.links):
            _check_button(button)
        if any(link.action for link in self.links):
            message = "What stands below the facts is a link and does nothing."
            raise BudgetError(message)
        ids = [button.id for button in self.pressable if button.action]
        if len(set(ids)) < len(ids):
            message = "Two buttons on one card have the same action and reference."
            raise BudgetError(message)
        count("characters", self.size, CARD)

    @property
    def pressable(self) -> tuple[Button, ...]:
        """Return all that can be pressed: the buttons, then what the menu holds."""
        return (*self.buttons, *(self.menu.items if self.menu else ()))

    @property
    def heading(self) -> str:
        """Return the title with how bad it is before it."""
        return f"{self.badge} · {self.title}" if self.badge else self.title

    @property
    def notification(self) -> str:
        """Return what people hear of it before they open it; cut behind a word."""
        said = f"{self.heading} · {self.gist}" if self.gist else self.heading
        return at_word(said, NOTIFICATION)

    @property
    def size(self) -> int:
        """Return how many characters it shows to be read; buttons and menu have limits alone."""
        first = len(self.heading) + len(self.gist)
        last = len(self.footer) + (MOMENT if self.footer_at else 0)
        return first + self.told + last + sum(map(size_of, self.fields))

    @property
    def told(self) -> int:
        """Return how many characters body and snippets have."""
        return len(self.body) + sum(
            len(snippet.label) + len(snippet.text) for snippet in self.snippets
        )


def parse_button_id(text: object) -> tuple[str, str]:
    """Split what a chat sent back into action and reference; both empty if it is none of ours."""
    if not isinstance(text, str) or len(text) > ACTION:
        return "", ""
    action, _, ref = text.partition(":")
    return action, ref


def size_of(field: Field) -> int:
    """Return how many characters a field shows to be read."""
    return len(field.label) + len(field.value) + (MOMENT if field.at else 0)


def allowed(url: str) -> bool:
    """Tell whether a card may lead there: to Amazon's own pages, or a simulation's."""
    return len(url) <= LINK and _ALLOWED.match(url) is not None


def _check_field(field: Field) -> None:
    within("field label", field.label, FIELD_LABEL, least=1)
    within("field value", field.value, FIELD_VALUE, least=0 if field.at else 1)


def _check_snippet(snippet: Snippet) -> None:
    within("snippet label", snippet.label, FIELD_LABEL, least=1)
    within("snippet", snippet.text, SNIPPET, least=1)


def _check_menu(menu: Menu) -> None:
    within("menu label", menu.label, BUTTON_LABEL, least=1)
    count("menu items", len(menu.items), MENU)
    if not menu.items:
        message = f"The menu {menu.label!r} has no items."
        raise BudgetError(message)
    for item in menu.items:
        if item.url:
            message = f"The menu item {item.label!r} must not be a link."
            raise BudgetError(message)


def _check_link(name: str, url: str) -> None:
    within(f"{name} link", url, LINK)
    if url and not allowed(url):
        message = f"The {name} links to a place that is not allowed: {url!r}."
        raise BudgetError(message)


def _check_button(button: Button) -> None:
    within("button label", button.label, BUTTON_LABEL, least=1)
    within("button id", button.id, ACTION)
    if bool(button.action) == bool(button.url):
        message = f"The button {button.label!r} needs an action or a link, but not both."
        raise BudgetError(message)
    _check_link("button", button.url)
    if button.confirm is not None:
        _check_confirm(button.confirm)
    if ":" in button.action:
        message = f"The action {button.action!r} must not contain a colon."
        raise BudgetError(message)


def _check_confirm(confirm: Confirm) -> None:
    within("confirm title", confirm.title, CONFIRM_TITLE, least=1)
    within("confirm text", confirm.text, CONFIRM_TEXT, least=1)
    within("confirm label", confirm.yes, CONFIRM_YES, least=1)
