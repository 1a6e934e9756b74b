"""What a report's text says under its labels: for claims that no photo and no test buy explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.features.reports.models.claims import GOODS, Claim
from bot.features.reports.models.dossier import ReportPoint

_COLONS = ":\uff1a"


def points_in(text: str, labels: Sequence[str]) -> Iterator[ReportPoint]:
    """Tell what stands behind each label, up to the next one or an empty line.

    A blank that is still there says nothing.
    """
    label, words = "", list[str]()
    for line in [*text.splitlines(), ""]:
        found = next((each for each in labels if _under(line, each) is not None), "")
        if found or not line.strip():
            told = " ".join(" ".join(words).split())
            if label and told and not (told.startswith("[") and told.endswith("]")):
                yield ReportPoint(label, told)
            label, words = found, [_under(line, found) or ""]
        elif label:
            words.append(line)


def untold(claim: Claim, labels: Sequence[str], *, bought: bool) -> Sequence[str]:
    """Return the labels of what a test buy does not say already."""
    if not bought:
        return labels
    # The last one is how it was verified, which the test buy says.
    return () if claim in GOODS else labels[:-1]


def _under(line: str, label: str) -> str | None:
    """Return what a line says behind a label; None: it does not begin with it."""
    rest = line.strip().removeprefix(label).lstrip()
    begins = label and line.strip().startswith(label) and rest[:1] and rest[0] in _COLONS
    return rest[1:].strip() if begins else None
