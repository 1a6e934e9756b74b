"""A dossier as a web page: the same words, tables and pictures, for a printer of web pages."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape

from bot.core.findings import Fact
from bot.features.reports.models.dossier import Dossier, Exhibit

STYLE = "body{font:10pt sans-serif} td{border-bottom:1px solid #ccc} img{max-width:100%}"


def as_web_page(dossier: Dossier, pictures: Mapping[str, bytes]) -> str:
    """Return the page; ``pictures`` are PNG or JPEG by their SHA-256."""
    offers = [(each.asin, each.seller, each.price, each.shipping) for each in dossier.offers]
    moments = [(f"{each.at:%Y-%m-%d %H:%M}", each.text, each.who) for each in dossier.moments]
    custody = [
        (str(each.number), each.at, each.who, each.deed, each.detail, each.sha256)
        for each in dossier.custody
    ]
    parts = [
        f"<h1>{escape(dossier.title)}</h1>",
        _facts(dossier.summary),
        *(f"<p>{escape(each)}</p>" for each in dossier.statement.split("\n\n")),
        _table(offers),
        _table(moments),
        *(_exhibit(each, pictures) for each in dossier.exhibits),
        _table(custody),
        _table((each,) for each in dossier.unseen),
        f"<p>{dossier.seal}</p>",
    ]
    return f"<!doctype html><style>{STYLE}</style>{''.join(parts)}"


def _exhibit(exhibit: Exhibit, pictures: Mapping[str, bytes]) -> str:
    head = f"<h2>{escape(exhibit.label)} {escape(exhibit.caption)}</h2>{_facts(exhibit.facts)}"
    if exhibit.picture not in pictures:
        return head
    data = base64.b64encode(pictures[exhibit.picture]).decode()
    return f'{head}<img src="data:image;base64,{data}">'


def _facts(facts: Iterable[Fact]) -> str:
    return _table((fact.label, fact.value) for fact in facts)


def _table(rows: Iterable[Iterable[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
