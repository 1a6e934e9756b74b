"""Catalogs of texts: Jinja without escaping, and what is known made harmless before it gets in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, TemplateSyntaxError

from bot.core.languages import spoken
from bot.core.money import Money
from bot.core.text import at_word, one_line
from bot.core.written import written_day, written_moment, written_money

ENGLISH = "en"
LONGEST = 1000
"""Characters that are taken of any one thing that is known."""
WORDS = "words"
"""The key of what the texts of one language share; in them it is ``w``."""

_Source = tuple[str, str, None]
"""A template, where it stands, and that it never changes: as Jinja's loader wants it."""


class TextCatalogs:
    """The texts of one kind: a TOML file for each language, and one for what all of them share.

    ``reports.de.toml`` has a Jinja template for each of ``keys``, and one for ``words``;
    ``reports.toml`` has the parts that they extend and include. ``reports.es-MX.toml`` has only
    what Mexico says otherwise than ``reports.es.toml``: its words are set after those.
    """

    def __init__(self, folder: Path, kind: str, keys: Iterable[str]) -> None:
        """Find the languages. A catalog is read once, as a whole, when its first text is wanted."""
        paths = sorted(folder.glob(f"{kind}.*.toml"))
        self._catalogs = {path.stem.removeprefix(f"{kind}."): path for path in paths}
        self._shared, self._keys = folder / f"{kind}.toml", {*keys, WORDS}
        self._environments: dict[str, Environment] = {}
        self.languages = tuple(self._catalogs)

    def written_in(self, language: str) -> str:
        """Return the language of the texts: English where the language has no catalog."""
        known = (language, spoken(language), ENGLISH)
        return next(each for each in known if each in self.languages)

    def words(self, language: str) -> Mapping[str, Any]:
        """Return what the texts of a language share, by its names. Raises as ``render``."""
        return vars(self._template(WORDS, language).module)

    def render(self, key: str, language: str, **known: object) -> str:
        """Return a text about what is known, in English where the language has no catalog.

        Raises:
            ValueError: the catalog is not sound; it says which one, and which key.
            jinja2.TemplateError: a template wants what is not there; the traceback says which one.
        """
        words = self._template(WORDS, language).module
        return tidy(self._template(key, language).render(w=words, **known))

    def _template(self, key: str, language: str) -> Template:
        language = self.written_in(language)
        if language not in self._environments:
            texts = _read(self._shared) | self._own(language)
            self._environments[language] = _environment(texts, language)
        return self._environments[language].get_template(key)

    def _own(self, language: str) -> dict[str, _Source]:
        """Return the templates of a language; a country's stand over those of its language."""
        texts = _read(self._catalogs[spoken(language)])
        _require(self._catalogs[spoken(language)], self._keys ^ texts.keys())
        if language != spoken(language):
            path = self._catalogs[language]
            over = _read(path)
            _require(path, over.keys() - self._keys)
            if WORDS in over:
                (before, _, _), (after, place, _) = texts[WORDS], over[WORDS]
                over[WORDS] = (before + after, place, None)
            texts |= over
        return texts


def _read(path: Path) -> dict[str, _Source]:
    """Return the templates of a catalog."""
    try:
        texts = msgspec.toml.decode(path.read_bytes(), type=dict[str, str])
    except msgspec.MsgspecError as error:
        message = f"{path.name}: {error}"
        raise ValueError(message) from error
    return {key: (text, f"{path.name}, {key}", None) for key, text in texts.items()}


def _require(path: Path, wrong: Set[str]) -> None:
    if wrong:
        message = f"{path.name}: these keys are missing or unknown: {', '.join(sorted(wrong))}"
        raise ValueError(message)


def _environment(texts: Mapping[str, _Source], language: str) -> Environment:
    """Return what renders the templates of a language, all of which it parses."""
    # Nothing is escaped: the text is plain, and every chat escapes what it shows.
    environment = Environment(
        loader=FunctionLoader(texts.get),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters.update(
        brief=at_word,
        day=partial(written_day, language=language),
        utc=partial(written_moment, language=language),
        money=lambda known: written_money(Money(Decimal(known[0]), known[1]), language),
    )
    for text, place, _ in texts.values():
        try:
            environment.parse(text)
        except TemplateSyntaxError as error:
            message = f"{place}, line {error.lineno}: {error}"
            raise ValueError(message) from error
    return environment


def tidy(text: str) -> str:
    """Return the text without blanks at ends of lines, and with one empty line at most."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def harmless(value: object) -> object:
    """Return what is known with every text on one line, and nothing in it that looks like a blank.

    Whoever names a product or a seller could otherwise write a line of the report, or a blank.
    """
    if isinstance(value, dict):
        return {key: harmless(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [harmless(each) for each in value]
    if isinstance(value, str):
        return _UNDERSCORES.sub("___", one_line(value, LONGEST).translate(_ROUND))
    return value


_ROUND = str.maketrans("[]{}", "()()")
_UNDERSCORES = re.compile(r"_{4,}")
