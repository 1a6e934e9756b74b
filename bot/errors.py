"""Everything that may go wrong, as one tree. A class's docstring is its default message."""

from __future__ import annotations


class BrandwardenError(Exception):
    """Something went wrong."""

    def __init__(self, message: str = "") -> None:
        """Take a message for people; without one the class's docstring speaks."""
        super().__init__(message or type(self).__doc__ or "")


class UserError(BrandwardenError):
    """That did not work. Type /help to see what is possible."""


class NotAllowed(UserError):
    """Your role does not allow this. Ask an admin of your team."""


class SourceError(BrandwardenError):
    """The offers could not be read."""


class QuotaExceeded(SourceError):
    """Amazon asks to slow down."""

    def __init__(self, message: str = "", retry_after: float | None = None) -> None:
        """Add how many seconds to wait, where the answer said so."""
        super().__init__(message)
        self.retry_after = retry_after


class LoginError(SourceError):
    """Amazon refused the login. Check the client id, the secret and the refresh token."""


class CaptureError(BrandwardenError):
    """The page could not be captured."""


class StampError(BrandwardenError):
    """The time-stamp authority did not answer."""


class ChatError(BrandwardenError):
    """The chat did not take the message."""

    def __init__(self, message: str = "", retry_after: float | None = None) -> None:
        """Add how many seconds to wait before the next try, where the chat said so."""
        super().__init__(message)
        self.retry_after = retry_after


class MessageGone(ChatError):
    """The message is there no more."""


class StoreError(BrandwardenError):
    """The data could not be read or written."""


class StoreLocked(StoreError):
    """Another process uses this data folder. Stop it first, or choose another data folder."""


class Conflict(StoreError):
    """Somebody else changed this a moment ago. Look again, then repeat."""


class BudgetError(BrandwardenError):
    """A card or a form is larger than every chat can show."""
