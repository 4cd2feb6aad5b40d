"""The fast ways of turning a column into texts give what the slow way gives."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.ingest.read.book.celltext import EXACT, cell_text
from data.ingest.read.book.seen import Seen
from data.ingest.read.book.texts import SheetTexts
from data.ingest.read.characters import Cleaner

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1))
KINDS = (
    st.floats(),
    st.integers(-(10**9), 10**9).map(float),
    st.decimals(-(10**6), 10**6, places=2).map(float),
    st.text(max_size=8),
    st.text(alphabet="aя =\t\n\u00a0", max_size=4),
    st.just(""),
    st.dates(date(1900, 1, 1), date(2199, 1, 1)),
    MOMENTS,
    MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.timedeltas(timedelta(0), timedelta(days=99)),
    st.booleans(),
    st.integers(-EXACT, EXACT),
)

Value = object


@st.composite
def columns(draw: st.DrawFn) -> list[list[Value]]:
    height = draw(st.integers(1, 12))
    made: list[list[Value]] = []
    for _ in range(draw(st.integers(1, 4))):
        kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2))
        made.append([draw(draw(st.sampled_from(kinds))) for _ in range(height)])
    return made


@given(columns())
def test_fast_is_slow(values: list[list[Value]]) -> None:
    rows = [list(row) for row in zip(*values, strict=True)]
    texts = SheetTexts(Seen())
    lines = [line.split("\t") for line in texts.lines(rows, 7).split("\n")]
    slow = Cleaner()
    expected = [
        [*((slow.cell(value, line) or "") if isinstance(value, str) else cell_text(value) for value in row), str(line)]
        for line, row in enumerate(rows, 7)
    ]
    assert lines == expected
    assert (texts.cleaner.stripped, texts.cleaner.breaks) == (slow.stripped, slow.breaks)
    long = {
        line for line, row in enumerate(rows, 7) for value in row if isinstance(value, float) and abs(value) >= EXACT
    }
    assert texts.inexact == long
