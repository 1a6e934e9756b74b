"""Learn the models of likeness, and write them: ``python -m tests.likeness``.

First it prints what a model would stop of the letters of each writer whose letters it did not learn
from, at several scores: of the bad ones it should be most, of the good ones none. It takes a few
minutes.
"""

from __future__ import annotations

import msgspec

from bot.core.lint.likeness import Model, model_path
from bot.features.letters.rules import likeness
from bot.features.letters.rules.likeness import Kind
from tests.likeness.examples import LEARNED, WRITERS, digest, examples, letters
from tests.likeness.learning import learn

SCORES = (0.5, 1.0, 1.25, 1.5, 1.75, 2.0)


def validate(kind: Kind, language: str) -> None:
    """Print for each writer what a model stops that was learned from the others."""
    print(f"{kind} {language}: bad and good letters with at least a score")
    bad: list[float] = []
    good: list[float] = []
    for files in WRITERS[kind]:
        others = [each for each in WRITERS[kind] if each != files]
        model = learn(examples(kind, language, others), digest="")
        own = letters(files, language)
        scores = [[model.likest(text)[1] for text in texts] for texts in (own.bad, own.good)]
        print(f"  {files[0].stem}: {_counts(*scores)}", flush=True)
        bad += scores[0]
        good += scores[1]
    print(f"  all: {_counts(bad, good)}")


def _counts(bad: list[float], good: list[float]) -> str:
    return ", ".join(f"{least}: {_above(bad, least)} and {_above(good, least)}" for least in SCORES)


def _above(scores: list[float], least: float) -> str:
    return f"{sum(score >= least for score in scores)}/{len(scores)}"


def write(kind: Kind, language: str) -> None:
    """Learn from all examples, and write the model, one weight a line."""
    whole = examples(kind, language, WRITERS[kind])
    model = learn(whole, digest(kind, language))
    path = model_path(likeness.__file__, f"{kind}.{language}")
    path.write_bytes(_lines(model))
    print(f"{path.name}: {len(model.weights):,} weights, {path.stat().st_size:,} bytes", flush=True)


def _lines(model: Model) -> bytes:
    return msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n"


def main() -> None:
    """Validate and write each model."""
    for kind in Kind:
        for language in LEARNED:
            validate(kind, language)
            write(kind, language)


if __name__ == "__main__":
    main()
