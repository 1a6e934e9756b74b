"""The command line: ``python -m bot``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import adapters
from bot.cli.lazy import LazyCommand, LazyGroup
from bot.cli.output import PROGRAM
from bot.cli.version import show_version

CHATS = sorted(file.parent.name for file in Path(adapters.__path__[0]).glob("*/app_form.py"))
"""Those whose app has a form, found without importing one."""


class Commands(LazyGroup):
    """All commands, in the order in which people meet them."""

    lazy = (
        LazyCommand(
            "demo",
            "bot.cli.serving:demo",
            "Try everything on a simulated marketplace.",
            "demo",
            "demo --speed 4 --fresh",
        ),
        LazyCommand(
            "run", "bot.cli.serving:run", "Watch your Amazon listings. Stop with Ctrl+C.", "run"
        ),
        LazyCommand(
            "doctor",
            "bot.cli.inspect:doctor",
            "Check your setup and show what to do next.",
            "doctor",
        ),
        LazyCommand(
            "check",
            "bot.cli.inspect:check",
            "Show a product's current offers.",
            "check B0ALDER001",
            "check B0ALDER001 --marketplace DE",
        ),
        LazyCommand(
            "plan", "bot.cli.plan:plan", "Show how often each product is checked, and why.", "plan"
        ),
        LazyCommand(
            "watch", "bot.cli.watching:app", "Watch products of your account or of a table."
        ),
        LazyCommand("push", "bot.cli.push:app", "Hear of changes from Amazon at once."),
        LazyCommand("checklist", "bot.cli.checklists:app", "Check and list your checklists."),
        LazyCommand("attacks", "bot.cli.exports:attacks", "Export the attacks on your brand."),
        LazyCommand("audit", "bot.cli.exports:audit", "Export the record of who did what."),
        LazyCommand("data", "bot.cli.data:app", "Check, back up, restore and repair the data."),
        LazyCommand(
            "verify",
            "bot.cli.verify:verify",
            "Check whether a report's evidence packet was changed.",
            "verify R-1.zip",
            "verify R-1.zip --seal SEAL",
        ),
        LazyCommand(
            "sample",
            "bot.cli.sample:sample",
            "Write sample reports and charts into a folder.",
            "sample sample-files",
        ),
        LazyCommand(
            "link",
            "bot.cli.link:link",
            "Print the link that creates a chat app.",
            *(f"link {chat}" for chat in CHATS),
        ),
        *(
            LazyCommand(
                f"{chat}-manifest",
                "bot.cli.link:write_manifest",
                "Print the chat app's manifest as JSON.",
                f"{chat}-manifest",
                f"{chat}-manifest --write manifest.json",
            )
            for chat in CHATS
        ),
        LazyCommand(
            "page-link",
            "bot.cli.link:page_link",
            "Print a new link to the local page.",
            "page-link",
        ),
        LazyCommand(
            "version", "bot.cli.version:version", "Print the version.", "version", "version --json"
        ),
    )


app = typer.Typer(
    cls=Commands,
    help="Watch your brand's Amazon listings and work on cases with your team.",
    epilog=f"New here? Try: {PROGRAM} demo",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=show_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Leave everything to the commands."""


if __name__ == "__main__":
    app(prog_name=PROGRAM)
