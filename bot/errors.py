"""Everything that may go wrong, as one tree. What people read is a message, never a docstring."""

from __future__ import annotations

import enum
from typing import ClassVar


class BrandwardenError(Exception):
    """Something went wrong: ``str`` of it is a message for people, and never empty."""

    default_message: ClassVar[str] = "Something went wrong."
    """Shown where no message is given. Docstrings cannot be: ``python -OO`` removes them."""

    def __init__(self, message: str = "") -> None:
        """Take a message for people; an empty one is replaced by the default of the class."""
        super().__init__(message or self.default_message)


class UserError(BrandwardenError):
    """A person asked for something that cannot be done."""

    default_message = "That did not work. Type /help to see what you can do."


class NotAllowed(UserError):
    """A person's role lacks the permission."""

    default_message = "Your role does not allow this. Ask an admin on your team."

    def __init__(self, message: str = "", *, permission: str = "") -> None:
        """Say which permission is missing, where it is one."""
        super().__init__(message)
        self.permission = permission


class NotConnected(UserError):
    """The chat does not let Brandwarden in."""

    def __init__(self, cause: str, remedy: str) -> None:
        """Say in sentences what happened, and what a person can do about it."""
        super().__init__(f"{cause} {remedy}")
        self.cause = cause
        self.remedy = remedy


class SourceError(BrandwardenError):
    """What is read about products, above all offers, could not be read."""

    default_message = "Could not read the offers. Try again later."


class Unavailable(SourceError):
    """Amazon does not answer; a later try may work."""

    default_message = "Amazon is not answering. Try again later."


class QuotaExceeded(SourceError):
    """Amazon asks for fewer requests."""

    default_message = "Amazon is limiting our requests."

    def __init__(self, message: str = "", retry_after: float | None = None) -> None:
        """Add how many seconds to wait, where the answer said so."""
        super().__init__(message)
        self.retry_after = retry_after


class LoginError(SourceError):
    """The credentials give no access."""

    default_message = (
        "Amazon refused the login. Check the client ID, the client secret and the refresh token."
    )

    def __init__(self, message: str = "", retry_after: float | None = None) -> None:
        """Add after how many seconds the login is tried again, where that is settled."""
        super().__init__(message)
        self.retry_after = retry_after


class AccessRefused(LoginError):
    """Amazon refuses access to one region, with a login that it granted."""

    default_message = "Amazon refused access to one region. Check the app's authorization there."


def is_login_refused(error: object) -> bool:
    """Tell whether the whole account may ask nothing at all, whatever was to be asked."""
    return isinstance(error, LoginError) and not isinstance(error, AccessRefused)


class Refused(SourceError):
    """Amazon refuses one request for what it asks."""

    default_message = "Amazon refused this request. Check the product, then try again."

    def __init__(self, message: str, status: int, body: bytes = b"") -> None:
        """Keep the status and the body of the answer."""
        super().__init__(message)
        self.status = status
        self.body = body


class UnknownProduct(SourceError):
    """The source says that there is no such product, whatever the SKU."""

    default_message = "No such product was found. Check the ASIN and the marketplace."


class SkuRefused(SourceError):
    """A product cannot be asked for by our SKU; its ASIN must do."""

    default_message = "Your SKU was not found for this product. Check it in Seller Central."

    def __init__(self, message: str, sku: str, asin: str = "") -> None:
        """Keep the SKU, and the other product's ASIN that it belongs to, where that is known."""
        super().__init__(message)
        self.sku = sku
        self.asin = asin


class CaptureError(BrandwardenError):
    """A page could not be captured."""

    default_message = "Could not take a screenshot of the page. Try again later."


class StampError(BrandwardenError):
    """A time-stamp authority gave no usable answer."""

    default_message = "The timestamp authority did not answer."


class Refusal(enum.Enum):
    """What a chat's refusal means for the message, for its thread and for the chat."""

    LATER = "later"
    """The same may work at a later time."""
    UNLISTED = "unlisted"
    """Nobody wrote down what it means: tried a number of times, then given up."""
    GONE = "gone"
    """The message that is edited, or that heads the thread, was deleted."""
    FORM = "form"
    """Not in this form: once more as plain text."""
    FILE = "file"
    """Not with these files, now or ever: the text goes without them."""
    EDIT = "edit"
    """This message can never be edited again."""
    THREAD = "thread"
    """No thread can be opened there: the message goes into the channel."""
    PRIVATE = "private"
    """This person takes no private messages of ours: it goes into the thread."""
    ROOM = "room"
    """Nothing can be posted in this channel until a person mends it."""
    CHAT = "chat"
    """The chat takes nothing at all: no login, an outage, a pause for everything."""


class ChatError(BrandwardenError):
    """A chat did not take a message."""

    default_message = "The chat did not accept the message."

    def __init__(
        self,
        message: str = "",
        retry_after: float | None = None,
        *,
        refusal: Refusal = Refusal.LATER,
        remedy: str = "",
        certain: bool = False,
    ) -> None:
        """Say what happened; ``certain``: nothing was posted.

        ``retry_after`` are the seconds to wait before anything else is sent to this chat, where it
        said so; ``remedy`` is what a person can do about it, in a sentence.
        """
        super().__init__(message)
        self.retry_after = retry_after
        self.refusal = refusal
        self.remedy = remedy
        self.certain = certain


class MessageGone(ChatError):
    """The message that is edited or answered was deleted."""

    default_message = "The message was deleted."

    def __init__(self, message: str = "") -> None:
        """Say what happened."""
        super().__init__(message, refusal=Refusal.GONE)


class StoreError(BrandwardenError):
    """The data could not be read or written, for any reason."""

    default_message = "Could not read or write the data. Check the disk."


class StoreLocked(StoreError):
    """Another process has the data open."""

    default_message = (
        "Another process is using this data folder. Stop it, or choose another data folder."
    )


class DiskError(StoreError):
    """The disk did not take a change; nothing was changed."""

    default_message = "Could not write to the disk. Check it."


class DiskFull(DiskError):
    """There is no room for a change; nothing was changed."""

    default_message = "The disk is full. Free up some space."


def disk_words(error: StoreError) -> str:
    """Say in a few words, behind a colon, why something could not be kept."""
    return "the disk is full" if isinstance(error, DiskFull) else "could not write to the disk"


class Conflict(StoreError):
    """A document changed since it was read; the transaction may be repeated."""

    default_message = "Someone else just changed this. Check it, then try again."


class BudgetError(BrandwardenError):
    """A card or a form exceeds a limit of some chat."""

    default_message = "This card or form is too large to show."
