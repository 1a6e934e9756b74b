"""Charts of every kind, a review, and what a picture says: its pixels, and the words on it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import typst
from PIL import Image

from adapters.rendering import printer
from adapters.rendering.charts import sheet
from bot.core.charts import Bar, Bars, Chart, Course, Curve, Curves, Heat, Phase, PhaseKind
from bot.features.reviews.models.reviews import Earlier, Point, Review
from tests.unit.adapters.packets.reading import page_texts

FOLDER = Path(printer.__file__).parent
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = tuple(str(hour) for hour in range(24))

HOSTILE = (
    '#panic("x") $x^2$ *bold* `raw` @ref <label> \\ // /* [',
    '"); #read("/etc/passwd")',
    "W" * 4000,
    "😀🔥👩‍👩‍👧",
    "山田太郎",
    "\u202eevil\u202c \u2066x\u2069",
    "שלום עולם",
    "متجرالعلامةالتجاريةالطويلة" * 9,
    "\U000f0000\ue000\ufdd0",
    "a\u0301" * 500,
    "one\ntwo\ttab\x00\x1b[31m",
    "",
)

BARS = Bars(
    title="Attacks by method",
    says="Most are listing hijacks: report the two sellers.",
    bars=(
        Bar("Listing hijack", 14, "3 sellers", strong=True),
        Bar("False complaint against us", 3),
        Bar("Phishing", 0.5),
    ),
)
COURSE = Course(
    title="Score",
    says="It rises.",
    points=tuple(Bar(f"wk {week}", 40 + 3 * week % 50, strong=week == 7) for week in range(1, 14)),
    most=100,
    unit="%",
)
HEAT = Heat(
    title="When",
    says="On Friday evenings.",
    rows=DAYS,
    columns=HOURS,
    counts=tuple(
        tuple(12 if (day, hour) == (4, 19) else day * hour % 4 for hour in range(24))
        for day in range(7)
    ),
)
CURVES = Curves(
    title="Prices",
    says="A stranger undercuts us.",
    curves=(
        Curve(
            label="Our price",
            note="49.90 now",
            ways=(((0, 49.9), (0.2, 47.9), (0.4, 47.9)), ((0.5, 49.9), (1, 49.9))),
        ),
        Curve(label="Lowest price", note="39.90 now", ways=(((0, 49.9), (1, 39.9)),)),
    ),
    band="Buy Box",
    phases=(
        Phase(0, 0.2, "us", PhaseKind.GOOD),
        Phase(0.2, 0.3, "no one", PhaseKind.HOLLOW),
        Phase(0.3, 0.4, "known seller", PhaseKind.CALM),
        Phase(0.5, 1, "unknown seller", PhaseKind.LOUD),
    ),
    gaps=((0.4, 0.5),),
    gap="Not checked",
    marks=((0, "1 Sep"), (0.5, "15 Oct"), (1, "30 Nov")),
    unit="USD",
)
POINT = Point(
    heading="Listing hijacks: 12 after 5",
    says="Two sellers came back, mostly on Friday evenings when nobody looks.",
    propose="Report both sellers, and agree who looks on Fridays.",
    refs=("C-12", "A-3"),
)
REVIEW = Review(
    number=3,
    quarter="2026 Q4",
    since=date(2026, 10, 1),
    until=date(2026, 12, 31),
    points=(POINT,),
    numbers=(("Attacks", "12, after 5"), ("Accepted this quarter", "70% (7 of 10)")),
    unseen=("No lessons were answered, so the team's knowledge was not measured.",),
    earlier=(
        Earlier(text="Change the passwords", owner="Ana", due=date(2026, 11, 1)),
        Earlier(
            text="Renew the mark", owner="Ben", due=date(2026, 12, 1), done_on=date(2026, 11, 20)
        ),
        Earlier(text="Ask the printer", owner="Ben", due=date(2027, 2, 1)),
    ),
    made_at=datetime(2027, 1, 4, 9, tzinfo=UTC),
)


def words(chart: Chart, simulated: str = "") -> str:
    """Return all words of the picture, in the order in which they are drawn, without spaces."""
    inputs = {"sheet": msgspec.json.encode(sheet(chart)).decode(), "simulated": simulated}
    compiler = typst.Compiler(root=FOLDER)
    content = compiler.compile(FOLDER / "picture.typ", format="pdf", sys_inputs=inputs)
    assert isinstance(content, bytes)
    return "".join(page_texts(content)).replace("\u200b", "")


def image(content: bytes) -> Image.Image:
    """Decode the picture."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture
