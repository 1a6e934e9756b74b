"""The command line: ``python -m bot``."""

from __future__ import annotations

import typer

from bot.cli import looking, serving, watching

app = typer.Typer(
    help="Watches a brand's Amazon listings, and works the cases with its team.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command()(serving.demo)
app.command()(serving.run)
app.command()(looking.check)
app.add_typer(watching.app, name="watch")
app.command()(looking.doctor)
app.command()(looking.version)

if __name__ == "__main__":
    app(prog_name="python -m bot")
