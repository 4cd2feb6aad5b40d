"""The monthly report of the example business as PDF, against drawing its charts alone.

Ours is everything: asking, composing, writing. The yardstick draws the same charts as the vectors that are laid into
the paper, by the same renderer, which is warm on both sides.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from data.demo.load import load
from data.store.store import Store
from kpi.language import language
from kpi.report.composing import asking, compose, latest
from kpi.report.drawing import draw
from kpi.report.forms.pdf import write
from kpi.report.forms.pdf.pictures import PIXELS
from kpi.report.model import WHOLE
from kpi.report.pictures.rendered import pdf
from tests.bench.timing import Ratio, compare

LIMIT = 3.0
NOW = datetime(2026, 11, 5, 12)


def run(folder: Path) -> Iterator[Ratio]:
    """Both in turn."""
    words = language("ru")
    with Store.open(folder / "workspace", lambda: NOW) as store:
        load(store, until=date(2026, 11, 4))
        edition = latest(asking(store).reader, "month")
        assert edition is not None
        report = compose(asking(store), WHOLE, edition)

        def charts() -> None:
            for picture in report.pictures:
                pdf(draw(report, picture, words, "light"), PIXELS, "light", padding=1)

        def paper() -> None:
            assert write(compose(asking(store), WHOLE, edition), words).startswith(b"%PDF")

        name = f"monthly report as PDF, {len(report.pictures)} charts, against drawing them alone"
        yield compare(name, paper, charts, limit=LIMIT, rounds=7)
