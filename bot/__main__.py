"""The command line: ``python -m bot``."""

from __future__ import annotations

import typer

from bot.cli import (
    attacks,
    auditing,
    checklists,
    data,
    inspect,
    link,
    sample,
    serving,
    verify,
    watching,
)

app = typer.Typer(
    help="Watch a brand's Amazon listings, and work the cases with its team.",
    epilog="New here? Try: python -m bot demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)
app.command()(serving.demo)
app.command()(serving.run)
app.command()(inspect.check)
app.add_typer(watching.app, name="watch")
app.add_typer(checklists.app, name="checklist")
app.add_typer(attacks.app, name="attacks")
app.add_typer(auditing.app, name="audit")
app.add_typer(data.app, name="data")
app.command()(sample.sample)
app.command()(verify.verify)
app.command()(inspect.doctor)
app.command()(link.link)
app.command()(link.page_link)
app.command()(inspect.version)

if __name__ == "__main__":
    app(prog_name="python -m bot")
