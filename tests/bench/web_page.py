"""A dossier as a web page: the same words, tables and pictures, for a printer of web pages."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape

from bot.features.reports.models.dossier import Dossier, Exhibit

STYLE = "body{font:10pt sans-serif} td{border-bottom:1px solid #ccc} img{max-width:100%}"


def as_web_page(dossier: Dossier, pictures: Mapping[str, bytes]) -> str:
    """Return the page; ``pictures`` are PNG or JPEG by their SHA-256."""
    offers = [(each.asin, each.seller, each.price, each.shipping) for each in dossier.offers]
    moments = [(f"{each.at:%Y-%m-%d %H:%M}", each.kind, each.about) for each in dossier.moments]
    custody = [
        (str(each.number), f"{each.at}", each.who, each.deed, each.detail, each.sha256)
        for each in dossier.custody
    ]
    parts = [
        f"<h1>{escape(dossier.says)}</h1>",
        _table((product.asin, product.title) for product in dossier.products),
        *(f"<p>{escape(each)}</p>" for each in dossier.statement.split("\n\n")),
        _table(offers),
        _table(moments),
        *(_exhibit(each, pictures) for each in dossier.exhibits),
        _table(custody),
        _table((each.kind, each.about) for each in dossier.limits),
        f"<p>{dossier.seal}</p>",
    ]
    return f"<!doctype html><style>{STYLE}</style>{''.join(parts)}"


def _exhibit(exhibit: Exhibit, pictures: Mapping[str, bytes]) -> str:
    facts = _table([(f"{exhibit.at}", exhibit.who, exhibit.url, exhibit.sha256)])
    head = f"<h2>{escape(exhibit.label)} {escape(exhibit.caption)}</h2>{facts}"
    if exhibit.picture not in pictures:
        return head
    data = base64.b64encode(pictures[exhibit.picture]).decode()
    return f'{head}<img src="data:image;base64,{data}">'


def _table(rows: Iterable[Iterable[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
