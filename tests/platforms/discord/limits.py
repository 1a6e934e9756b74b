"""Discord's limits of messages, and the house rule on mentions, which no specification tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.platforms.discord.components import Part, walk
from tests.platforms.discord.limits_components import component_problems
from tests.platforms.discord.wire import Json, Problem

EPHEMERAL = 1 << 6
SILENT = 1 << 12
V2 = 1 << 15
CONTENT = 2000
EMBEDS = 10
EMBED_CHARACTERS = 6000
V2_CHARACTERS = 4000
V2_PARTS = 40
ROWS = 5
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
REQUEST_BYTES = 25_000_000
NONCE = 25
ALT = 1024
ALT = 1024
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
WHOLE_MESSAGE = "content", "embeds", "components"
_MENTION = re.compile(r"@everyone|@here|<@[!&]?[0-9]+>")


def message_problems(body: Json) -> list[Problem]:
    """Return what Discord refuses in a message."""
    return [
        *_content_problems(body),
        *_embed_problems(body.get("embeds") or []),
        *component_problems(body.get("components") or []),
        *_layout_problems(body),
    ]


def thread_problems(body: Json) -> list[Problem]:
    """Return what Discord refuses in a thread, or a change of one."""
    problems = []
    if "name" in body and not 1 <= len(str(body["name"])) <= 100:
        problems.append(("name", "Must be between 1 and 100 in length."))
    if body.get("auto_archive_duration") not in (None, *ARCHIVE_MINUTES):
        problems.append(("auto_archive_duration", f"Value must be one of {ARCHIVE_MINUTES}."))
    return problems


def files_problem(sizes: Sequence[int]) -> str:
    """Return why Discord would not take files of so many bytes in one message."""
    if len(sizes) > FILES:
        return f"more than {FILES} files"
    if any(size > FILE_BYTES for size in sizes):
        return f"a file over {FILE_BYTES} bytes"
    return f"over {REQUEST_BYTES} bytes in all" if sum(sizes) > REQUEST_BYTES else ""


def mention_problem(body: Json) -> str:
    """Return how a message could mention somebody whom it does not name by their id."""
    if not any(body.get(part) for part in WHOLE_MESSAGE):
        return ""
    allowed = body.get("allowed_mentions")
    if allowed is None:
        return "allowed_mentions is missing"
    if allowed.get("parse") != [] or allowed.keys() - {"parse", "users", "roles"}:
        return f"allowed_mentions allows {allowed}"
    return ""


def pinging(body: Json) -> list[str]:
    """Return the mentions that would really call somebody. An embed's never do."""
    texts = [str(body.get("content") or "")]
    texts += [part["content"] for part in walk(body.get("components") or []) if _is_text(part)]
    found = [mention for text in texts for mention in _MENTION.findall(text)]
    allowed = body.get("allowed_mentions")
    return [mention for mention in found if allowed is None or _permits(allowed, mention)]


def _permits(allowed: Json, mention: str) -> bool:
    parse = allowed.get("parse") or ()
    if mention.startswith("@"):
        return "everyone" in parse
    kind = "roles" if mention.startswith("<@&") else "users"
    return kind in parse or mention.strip("<@!&>") in map(str, allowed.get(kind) or ())


def _content_problems(body: Json) -> Iterator[Problem]:
    if len(body.get("content") or "") > CONTENT:
        yield "content", f"Must be {CONTENT} or fewer in length."
    if len(str(body.get("nonce") or "")) > NONCE:
        yield "nonce", f"Must be {NONCE} or fewer in length."
    if len(body.get("attachments") or ()) > FILES:
        yield "attachments", f"Must be {FILES} or fewer in length."
    for number, attachment in enumerate(body.get("attachments") or ()):
        if len(attachment.get("description") or "") > ALT:
            yield f"attachments.{number}.description", f"Must be {ALT} or fewer in length."


def _layout_problems(body: Json) -> Iterator[Problem]:
    components = body.get("components") or []
    if not (body.get("flags") or 0) & V2:
        if len(components) > ROWS:
            yield "components", f"Must be between 1 and {ROWS} in length."
        if any(each["type"] != Part.ROW for each in components):
            yield "components", "Needs the flag IS_COMPONENTS_V2."
        return
    for key in ("content", "embeds"):
        if body.get(key):
            yield key, "Cannot be used with the flag IS_COMPONENTS_V2."
    parts = list(walk(components))
    if len(parts) > V2_PARTS:
        yield "components", f"Must be {V2_PARTS} or fewer components in all."
    if sum(len(part["content"]) for part in parts if _is_text(part)) > V2_CHARACTERS:
        yield "components", f"Must be {V2_CHARACTERS} or fewer characters in all."


def _is_text(part: Json) -> bool:
    return bool(part["type"] == Part.TEXT)


def _embed_problems(embeds: list[Json]) -> Iterator[Problem]:
    if len(embeds) > EMBEDS:
        yield "embeds", f"Must be {EMBEDS} or fewer in length."
    if sum(map(_embed_size, embeds)) > EMBED_CHARACTERS:
        yield "embeds", f"Embed size exceeds maximum size of {EMBED_CHARACTERS}."
    for number, embed in enumerate(embeds):
        for path, text in _one_embed_problems(embed):
            yield f"embeds.{number}.{path}", text


def _one_embed_problems(embed: Json) -> Iterator[Problem]:
    for path, text, least, most in _embed_texts(embed):
        if not least <= len(text) <= most:
            yield path, f"Must be between {least} and {most} in length."
    for path, url in _embed_urls(embed):
        if not url.startswith(("http://", "https://", "attachment://")):
            yield path, "Scheme must be one of http, https, attachment."
    if len(embed.get("fields") or ()) > 25:
        yield "fields", "Must be 25 or fewer in length."


def _embed_texts(embed: Json) -> Iterator[tuple[str, str, int, int]]:
    yield "title", embed.get("title") or "", 0, 256
    yield "description", embed.get("description") or "", 0, 4096
    yield "footer.text", (embed.get("footer") or {}).get("text") or "", 0, 2048
    yield "author.name", (embed.get("author") or {}).get("name") or "", 0, 256
    for number, field in enumerate(embed.get("fields") or ()):
        yield f"fields.{number}.name", field.get("name") or "", 1, 256
        yield f"fields.{number}.value", field.get("value") or "", 1, 1024


def _embed_urls(embed: Json) -> Iterator[tuple[str, str]]:
    if embed.get("url"):
        yield "url", embed["url"]
    for key in ("image", "thumbnail"):
        if embed.get(key):
            yield f"{key}.url", embed[key].get("url", "")


def _embed_size(embed: Json) -> int:
    return sum(len(text) for _, text, _, _ in _embed_texts(embed))
