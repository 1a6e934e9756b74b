"""Our messages in the history of a channel or thread, known by their marks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping

from adapters.discord.render import MARK, Json

PAGE, PAGES = 100, 5
"""Messages in a page of the history, and pages that are looked through."""

ReadPage = Callable[[Json], Awaitable[list[Json]]]
"""Returns a page of the history, newest first, for the query of one."""


async def sweep(read: ReadPage, marks: Collection[str], own: str) -> Mapping[str, str]:
    """Look for messages of ours, the newest first; return their ids by their marks."""
    found: dict[str, str] = {}
    query: Json = {"limit": PAGE}
    for _ in range(PAGES):
        page = await read(query)
        for each in page:
            if each["author"]["id"] == own and (mark := _mark(each)) in marks:
                found.setdefault(mark, each["id"])
        if len(page) < PAGE or len(found) == len(marks):
            break
        query["before"] = page[-1]["id"]
    return found


def _mark(message: Json) -> str:
    """Return what a message ends with: its words if it is plain, else its embeds' footers."""
    _, plain, last = str(message["content"]).rpartition("\n-# ")
    footers = "".join(embed.get("footer", {}).get("text", "") for embed in message["embeds"])
    return last if plain else footers[-MARK:]
