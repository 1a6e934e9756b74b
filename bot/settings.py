"""Settings, read once from the environment or from a file named ``.env``.

Those of a chat platform stand in its adapter's ``platform.py``.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from bot.core.addresses import LOCAL_HOSTS
from bot.core.amazon_retail import is_amazons
from bot.core.chat_platform import split_ids
from bot.core.identifiers import is_seller_id
from bot.core.marketplaces import Marketplace
from bot.core.offered_commands import CommandSet
from bot.core.queue_address import QueueAddress
from bot.core.secret_files import SecretSettings
from bot.core.text import bare

PREFIX = "BRANDWARDEN_"

_ORIGIN = re.compile(r"https://[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*(:[1-9][0-9]{0,4})?", re.ASCII)
_PERSON = re.compile(r"[A-Z0-9]{1,32}", re.ASCII)
_PUBLIC = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+", re.ASCII)
_PRIVATE = ("home", "internal", "lan", "local", "localhost")
"""Last words of names that lead to somewhere in the house."""
_AMAZON = re.compile(r"(?:[a-z0-9-]+\.)+amazon\.com", re.ASCII)
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]", re.ASCII)

AUTO = "auto"
"""What is written where products are checked as often as the quota allows."""
KEEPA = "https://api.keepa.com"
"""The one address beside this machine to which Keepa's key may go."""
SHORTEST = timedelta(milliseconds=100)
"""No product is looked at more often than this."""


class Settings(SecretSettings):
    """What a deployment is told from outside. Each name carries the prefix ``BRANDWARDEN_``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    brand: str = Field("Our brand", description="Your brand's name, as shown on cards.")
    own_sellers: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Your own seller IDs, separated by commas."
    )
    home: str = Field("US", description="The marketplace where you sell the most.")
    data_dir: Path = Field(Path("data"), description="The folder for all data.")

    amazon_client_id: str = Field("", description="Your SP-API app's client ID.")
    amazon_client_secret: SecretStr = Field(SecretStr(""), description="Your app's client secret.")
    amazon_refresh_token: SecretStr = Field(
        SecretStr(""), description="Your selling account's refresh token."
    )
    amazon_login_url: str = Field(
        "https://api.amazon.com/auth/o2/token", description="Amazon's login address."
    )
    amazon_endpoint: str = Field(
        "", description="One SP-API endpoint for all regions. Default: Amazon's own."
    )
    snapshots: Path | None = Field(
        None, description="Replay this file of snapshots (JSON lines) instead of asking Amazon."
    )

    keepa_key: SecretStr = Field(
        SecretStr(""), description="Optional: your Keepa API key, to see who unknown sellers are."
    )
    keepa_endpoint: str = Field(KEEPA, description="Keepa's address.")
    push_queue_url: str = Field(
        "", description="The URL of the Amazon SQS queue that gets Amazon's notifications."
    )
    push_region: str = Field("", description="The queue's AWS region. Default: the one in its URL.")
    push_access_key_id: str = Field(
        "", description="The ID of the AWS access key that reads the queue."
    )
    push_secret_access_key: SecretStr = Field(
        SecretStr(""), description="The AWS access key itself."
    )

    check_every: Annotated[timedelta, Field(ge=SHORTEST)] | None = Field(
        None,
        description="How often to check each product. With auto, as often as Amazon's quota "
        "allows, and most often what is likely to be attacked. Or a time (ISO 8601), for offers, "
        "pages and listings alike.",
    )
    confirm_after: timedelta = Field(
        timedelta(minutes=1),
        ge=SHORTEST,
        description="How soon to check a doubtful reading again.",
    )
    outage_after: timedelta = Field(
        timedelta(minutes=15), description="How long to wait before announcing a failure."
    )

    prices_kept_days: int = Field(
        400, ge=31, le=3660, description="How many days the price history of each product is kept."
    )

    admins: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Chat IDs of admins, separated by commas."
    )
    viewers: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Chat IDs of people who can only view, separated by commas."
    )
    members: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Chat IDs of members, separated by commas."
    )

    same: Annotated[tuple[frozenset[str], ...], NoDecode] = Field(
        (), description="Each person's chat IDs, joined by =, with commas between people."
    )

    commands: CommandSet = Field(
        CommandSet.FEW,
        description="Chat commands beside /brand: few (/watch, /case and /todo), or all.",
    )
    commands_per_minute: int = Field(
        60, ge=1, description="How many commands, clicks and forms one person can send in a minute."
    )
    files_per_day: int = Field(
        500, ge=1, description="How many megabytes of files one person can add in a day."
    )

    timestamp_authorities: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses of timestamp authorities (RFC 3161), separated by commas."
    )

    checklists: Path | None = Field(
        None, description="A folder with your own checklists, one TOML file each."
    )

    capture_without_sandbox: bool = Field(
        False, description="Run Chromium without its sandbox. Required as root."
    )

    web_port: int = Field(8642, ge=0, le=65535, description="The local page's port on 127.0.0.1.")
    page_url: str = Field(
        "",
        description="Where a reverse proxy with TLS serves the local page, "
        "like https://brand.example.com.",
    )
    page_owner: str = Field(
        "You",
        max_length=40,
        description="The name of whoever opens the local page with page-link.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How detailed the log is."
    )

    @field_validator("page_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        value = value.strip().lower().removesuffix("/")
        if value and not _ORIGIN.fullmatch(value):
            message = "write only https:// and the name, like https://brand.example.com"
            raise ValueError(message)
        return value.removesuffix(":443")

    @field_validator("check_every", mode="before")
    @classmethod
    def _as_the_quota_allows(cls, value: object) -> object:
        return None if value == AUTO else value

    @field_validator("own_sellers", mode="before")
    @classmethod
    def _sellers(cls, value: object) -> object:
        # A seller's name may look like an ID, but for its small letters.
        if isinstance(value, str):
            words = [bare(word) for word in value.split(",")]
            return frozenset(
                word if word.isalpha() and not word.isupper() else word.upper()
                for word in words
                if word
            )
        return value

    @field_validator("admins", "viewers", "members", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split_ids(value)

    @field_validator("admins", "viewers", "members")
    @classmethod
    def _person_ids(cls, value: frozenset[str]) -> frozenset[str]:
        if not all(_PERSON.fullmatch(person) for person in value):
            message = "one ID is not a chat ID like U012ABC or 1234567890"
            raise ValueError(message)
        return value

    @field_validator("same", mode="before")
    @classmethod
    def _humans(cls, value: object) -> object:
        if isinstance(value, str):
            groups = [group.upper().split("=") for group in value.split(",") if group.strip()]
            return tuple(frozenset(id.strip() for id in group) for group in groups)
        return value

    @field_validator("same")
    @classmethod
    def _told_apart(cls, value: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
        if not all(_PERSON.fullmatch(person) for group in value for person in group):
            message = "write the IDs of one person like U012ABC=1234567890=YOU"
            raise ValueError(message)
        if len(frozenset().union(*value)) < sum(map(len, value)):
            message = "one ID is listed for two people"
            raise ValueError(message)
        return value

    @field_validator("own_sellers")
    @classmethod
    def _seller_ids(cls, value: frozenset[str]) -> frozenset[str]:
        # A secret may have been pasted here by mistake, so no value is ever repeated.
        if not all(is_seller_id(seller) for seller in value):
            message = "one ID is not a seller ID: A, then 9 to 20 letters and digits"
            raise ValueError(message)
        for market in filter(None, map(Marketplace.of_id, sorted(value))):
            message = (
                f"one is the ID of the marketplace {market.code}, not of a seller; "
                "Seller Central shows yours under Account info, Merchant token"
            )
            raise ValueError(message)
        if any(map(is_amazons, value)):
            message = (
                "one is Amazon's own, as far as we know, not yours; "
                "Seller Central shows yours under Account info, Merchant token"
            )
            raise ValueError(message)
        return value

    @field_validator("timestamp_authorities", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("timestamp_authorities")
    @classmethod
    def _authorities(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        hosts = [_public_host(address) for address in value]
        if len(set(hosts)) < len(hosts):
            message = "one host is listed twice; keep one address for each host"
            raise ValueError(message)
        return value

    @field_validator("amazon_endpoint", "amazon_login_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value:
            _check_address(value)
        return value.rstrip("/")

    @field_validator("keepa_endpoint")
    @classmethod
    def _keepa(cls, value: str) -> str:
        parts = _parts(value)
        local = parts.hostname in LOCAL_HOSTS and parts.scheme in ("http", "https")
        if not local and value.rstrip("/") != KEEPA:
            message = f"it must be {KEEPA} or an address of this machine"
            raise ValueError(message)
        return value.rstrip("/")

    @field_validator("push_queue_url")
    @classmethod
    def _queue(cls, value: str) -> str:
        return QueueAddress.of(value).url if value else ""

    @field_validator("push_region")
    @classmethod
    def _region(cls, value: str) -> str:
        if value and not _REGION.fullmatch(value):
            message = "it must be an AWS region like us-east-1"
            raise ValueError(message)
        return value

    @field_validator("home")
    @classmethod
    def _market(cls, value: str) -> str:
        found = Marketplace.find(value)
        if found is None:
            message = "there is no such marketplace; write a code like US or DE"
            raise ValueError(message)
        return found.code


def _check_address(value: str) -> None:
    """Refuse an address to which the credentials must not go.

    Raises:
        ValueError: it is one; the address is not repeated, because a secret may stand in it.
    """
    parts = _parts(value)
    host = parts.hostname or ""
    local = host in LOCAL_HOSTS
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        message = "it must start with https:// (http:// only for this machine)"
        raise ValueError(message)
    if not local and not _AMAZON.fullmatch(host):
        message = "it must be an address of amazon.com or of this machine"
        raise ValueError(message)


def _public_host(value: str) -> str:
    """Return the host of an authority's address; http will do, because its answer is signed.

    Raises:
        ValueError: it is no such address; it is not repeated, because a secret may stand in it.
    """
    parts = _parts(value)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https"):
        message = "it must start with https:// or http://"
        raise ValueError(message)
    private = host.rpartition(".")[2] in _PRIVATE
    if host not in LOCAL_HOSTS and (private or not _PUBLIC.fullmatch(host)):
        message = "it must be a public address like https://tsa.example.com/"
        raise ValueError(message)
    return host


def _parts(value: str) -> SplitResult:
    """Return the parts of a web address without credentials. Raises ValueError."""
    message = "it is not an address like https://host/path"
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise ValueError(message)
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(message) from None
    if not host or port == 0 or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError(message)
    return parts
