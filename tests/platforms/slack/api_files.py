"""Files: the three steps of an upload, what is known of a file, and its download."""

from __future__ import annotations

from aiohttp import web

from tests.platforms.slack import shapes
from tests.platforms.slack.api_chat import open_channel_of, thread_root, written
from tests.platforms.slack.methods import Method, check_message
from tests.platforms.slack.state import File, Invalid, Json, Refused
from tests.platforms.slack.workspace import Workspace

ALT = 1000


def _announce(slack: Workspace, arguments: Json) -> Json:
    size, alt = int(arguments["length"]), arguments.get("alt_txt") or ""
    if len(alt) > ALT:
        raise Refused("alt_txt_too_large")
    file = File(slack.new_id("F"), arguments["filename"], size, user=slack.bot_user, alt=alt)
    slack.files[file.id] = file
    return {"upload_url": f"{slack.url}/upload/v1/{file.id}", "file_id": file.id}


async def upload(slack: Workspace, request: web.Request) -> web.Response:
    """Take the bytes, as they are or as a form's file."""
    file = slack.files.get(request.match_info["id"])
    if file is None:
        return web.Response(status=404, text="not found")
    if request.content_type == "multipart/form-data":
        parts = (await request.post()).values()
        data = b"".join(part.file.read() for part in parts if isinstance(part, web.FileField))
    else:
        data = await request.read()
    if len(data) != file.size:
        slack.violations.append(f"upload: {len(data)} bytes, {file.size} announced")
        return web.Response(status=400, text="length mismatch")
    file.data = data
    return web.Response(text=f"OK - {file.size}")


def _complete(slack: Workspace, arguments: Json) -> Json:
    files = [_uploaded(slack, item) for item in arguments["files"]]
    ids = [arguments.get("channel_id"), *str(arguments.get("channels") or "").split(",")]
    for id in (id for id in ids if id):
        channel = open_channel_of(slack, {"channel": id})
        comment = {"text": arguments.get("initial_comment"), "blocks": arguments.get("blocks")}
        check_message(slack, comment)
        root = thread_root(channel, arguments.get("thread_ts"))
        message = written(slack, channel.id, comment)
        message.thread_ts, message.files = root, list(files)
        channel.history.append(message)
        for file in files:
            file.shares.append((channel.id, message.ts))
    return {"files": [shapes.of_file(slack, file) for file in files]}


def _uploaded(slack: Workspace, item: Json) -> File:
    if unknown := set(item) - {"id", "title", "highlight_type"}:
        raise Invalid("invalid_arguments", [f"files: unknown key {sorted(unknown)}"])
    file = slack.files.get(item["id"])
    if file is None or file.data is None:
        raise Refused("file_not_found")
    file.title = item.get("title", file.name)
    return file


def _info(slack: Workspace, arguments: Json) -> Json:
    if arguments["file"] not in slack.files:
        raise Refused("file_not_found")
    return {"file": shapes.of_file(slack, slack.files[arguments["file"]])}


def download(slack: Workspace, request: web.Request, *, allowed: bool) -> web.Response:
    """Return the bytes; to strangers, the page on which people log in, which is no error."""
    file = slack.files.get(request.match_info["id"].rpartition("-")[2])
    if not allowed:
        return web.Response(text="<!DOCTYPE html><h1>Sign in</h1>", content_type="text/html")
    if file is None or file.data is None:
        return web.Response(status=404, text="not found")
    return web.Response(body=file.data, content_type=file.mimetype)


METHODS = {
    "files.getUploadURLExternal": Method(
        _announce, "files:write", needs=("filename", "length"), takes=("alt_txt", "snippet_type")
    ),
    "files.completeUploadExternal": Method(
        _complete,
        "files:write",
        needs=("files",),
        takes=("channel_id", "channels", "initial_comment", "thread_ts", "blocks"),
    ),
    "files.info": Method(
        _info, "files:read", needs=("file",), takes=("count", "cursor", "limit", "page")
    ),
}
