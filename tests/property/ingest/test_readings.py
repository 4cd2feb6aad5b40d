"""Whatever is written in one of the ways people write it comes back as it was; no row is ever lost."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.ingest.clean.cells import cells_of
from data.ingest.clean.missing import MISSING
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.times import settle_time
from data.ingest.mapping import ColumnMap, Mapping
from data.ingest.pipeline import ImportOptions, clean
from tests.unit.ingest.staged_rows import column, staged

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CON = duckdb.connect()

GROUPS = (" ", "\u00a0", "\u202f", "'", "")
MARKS = ("", " ₽", "₽", " руб.", " р.", " RUB", " ?")
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
times = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2035, 12, 31)).map(
    lambda t: t.replace(microsecond=0, second=0)
)
MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
SHORT = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сент", "окт", "ноя", "дек")

WAYS: tuple[Callable[[datetime], str], ...] = (
    lambda t: f"{t:%d.%m.%Y %H:%M}",
    lambda t: f"{t.day}.{t.month}.{t.year} {t.hour}:{t.minute:02}",
    lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    lambda t: f"{t:%Y-%m-%dT%H:%M:%S}+03:00",
    lambda t: f"{t:%Y/%m/%d %H:%M}",
    lambda t: f"{t.day} {MONTHS[t.month - 1]} {t.year} г., {t:%H:%M}",
    lambda t: f"{t.day} {SHORT[t.month - 1]}. {t.year} {t:%H:%M}",
    lambda t: f"{t:%d-%b-%Y %H:%M}",
    lambda t: f"{t:%b} {t.day}, {t.year} {t:%H:%M}",
)
SLASHED: tuple[tuple[Callable[[datetime], str], bool], ...] = (
    (lambda t: f"{t.day}/{t.month}/{t.year} {t:%H:%M}", True),
    (lambda t: f"{t:%d/%m/%Y %H:%M:%S}", True),
    (lambda t: f"{t.month}/{t.day}/{t.year} {t:%H:%M}", False),
    (lambda t: f"{t:%m/%d/%Y %I:%M %p}", False),
)


def values(cells: list[str | None], settle: Callable[[Session, Cells], Reading]) -> tuple[list[object], Reading]:
    raw = column(CON, cells)
    session = Session(CON)
    reading = settle(session, cells_of(session, raw.table, raw.header, [0])[0])
    found = [value for (value,) in session.rows(f"select {reading.sql} from {raw.table} order by line")]
    CON.execute(f"drop table {raw.table}")
    return found, reading


def written(amount: Decimal, group: str, comma: bool, mark: str) -> str:
    whole, _, part = f"{abs(amount):.2f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{'-' if amount < 0 else ''}{grouped}{',' if comma else '.'}{part}{mark}"


@QUICK
@given(st.lists(amounts, min_size=1, max_size=8), st.sampled_from(GROUPS), st.booleans(), st.sampled_from(MARKS))
def test_an_amount_comes_back(numbers: list[Decimal], group: str, comma: bool, mark: str) -> None:
    cells: list[str | None] = [written(number, group, comma, mark) for number in numbers]
    found, reading = values(cells, lambda session, cells_: settle_number(session, cells_, "money"))
    assert found == numbers
    assert (reading.unreadable, reading.question) == (0, None)


@QUICK
@given(st.lists(st.tuples(amounts, st.booleans()), min_size=1, max_size=6), st.sampled_from([",", "."]))
def test_a_number_is_never_another_number(numbers: list[tuple[Decimal, bool]], mark: str) -> None:
    """Even where columns mix decimal marks: right, or no value, never wrong by a factor."""
    cells: list[str | None] = [f"{n:.2f}".replace(".", mark if odd else ".") for n, odd in numbers]
    found, _ = values(cells, lambda session, cells_: settle_number(session, cells_, "money"))
    assert all(value in (None, number) for value, (number, _) in zip(found, numbers, strict=True))


@QUICK
@given(st.lists(times, min_size=1, max_size=8), st.data())
def test_a_time_comes_back(moments: list[datetime], data: st.DataObject) -> None:
    one_way = data.draw(st.sampled_from(WAYS))
    mixed = data.draw(st.booleans())
    cells: list[str | None] = [(data.draw(st.sampled_from(WAYS)) if mixed else one_way)(moment) for moment in moments]
    found, reading = values(cells, lambda session, cells_: settle_time(session, cells_, "time"))
    assert found == moments, cells
    assert (reading.unreadable, reading.question) == (0, None)


@QUICK
@given(st.lists(times, min_size=1, max_size=8), st.sampled_from(SLASHED))
def test_a_slashed_date_comes_back_or_is_asked(
    moments: list[datetime], way: tuple[Callable[[datetime], str], bool]
) -> None:
    write, _ = way
    found, reading = values([write(m) for m in moments], lambda session, cells_: settle_time(session, cells_, "time"))
    if any(moment.day > 12 for moment in moments):
        assert reading.question is None
        assert found == moments
    else:
        same = all(moment.day == moment.month for moment in moments)
        assert same or reading.question is not None


@QUICK
@given(st.lists(times, min_size=1, max_size=8), st.sampled_from(SLASHED))
def test_a_format_makes_every_slashed_date_come_back(
    moments: list[datetime], way: tuple[Callable[[datetime], str], bool]
) -> None:
    write, day_first = way
    format_ = "D/M/YYYY" if day_first else "M/D/YYYY"
    found, _ = values(
        [write(m) for m in moments], lambda session, cells_: settle_time(session, cells_, "time", format_)
    )
    assert found == moments


@QUICK
@given(st.lists(times, min_size=1, max_size=8), st.integers(min_value=-12, max_value=14), st.booleans())
def test_seconds_since_1970_come_back_by_a_clock_and_are_asked_without(
    moments: list[datetime], east: int, in_milliseconds: bool
) -> None:
    moments = [moment.replace(year=2002 + moment.year % 30) for moment in moments if moment.day < 29]
    assume(moments)
    epoch = datetime(1970, 1, 1)
    seconds = [int((moment - epoch).total_seconds()) - east * 3600 for moment in moments]
    cells: list[str | None] = [str(second * 1000 if in_milliseconds else second) for second in seconds]
    format_ = f"Unix {east:+03}:00"
    assert values(cells, lambda session, cells_: settle_time(session, cells_, "time", format_))[0] == moments
    _, reading = values(cells, lambda session, cells_: settle_time(session, cells_, "time"))
    assert reading.choices == ("Unix +03:00", "Unix")


@QUICK
@given(st.lists(st.dates(min_value=date(1955, 1, 1), max_value=date(2060, 1, 1)), min_size=1, max_size=6))
def test_day_numbers_of_excel_come_back(days: list[date]) -> None:
    cells: list[str | None] = [str((day - date(1899, 12, 30)).days) for day in days]
    found, _ = values(cells, lambda session, cells_: settle_time(session, cells_, "date"))
    assert found == days


cells_ = st.one_of(
    st.none(),
    st.text(max_size=12).map(lambda text: text.strip() or None),
    st.sampled_from(["?", "-", "да", "31.02.2026", "1.500", "46300"]),
    times.map(lambda t: f"{t:%d.%m.%Y}"),
    amounts.map(str),
)


@QUICK
@given(st.lists(st.tuples(cells_, cells_, cells_, cells_), max_size=12))
def test_every_row_is_kept_or_rejected_and_no_cell_is_lost(rows: list[tuple[str | None, ...]]) -> None:
    assume(all("\x00" not in (cell or "") for row in rows for cell in row))
    raw = staged(CON, ["Дата", "Сумма", "Статус", "Мастер"], rows)
    mapping = Mapping("orders", (
        ColumnMap("scheduled_at", "Дата", format="D/M/YYYY"), ColumnMap("revenue", "Сумма", format="decimal point"),
        ColumnMap("status", "Статус"), ColumnMap("employee", "Мастер"),
    ))  # fmt: skip
    result = clean(CON, raw, mapping, ImportOptions())
    (kept,) = CON.execute(f"select count(*) from {result.table}").fetchone() or (0,)
    (rejected,) = CON.execute(f"select count(*) from {result.rejects}").fetchone() or (0,)
    assert result.rows_in == len(rows) == kept + rejected
    lines = CON.execute(f"select _line from {result.table} union all select line from {result.rejects}").fetchall()
    assert sorted(line for (line,) in lines) == list(range(2, len(rows) + 2))
    _cells_kept(result.table, rows, "revenue", 1, result.extras.get("Сумма"))
    _cells_kept(result.table, rows, "status", 2, result.extras.get("Статус"))


def _cells_kept(table: str, rows: list[tuple[str | None, ...]], target: str, place: int, extra: str | None) -> None:
    """A cell without a value says «missing», or its column is kept as text."""
    for line, value in CON.execute(f'select _line, "{target}" from {table}').fetchall():
        cell = rows[line - 2][place]
        assert value is not None or cell is None or cell.lower() in MISSING or extra is not None


def test_a_day_has_the_same_date_in_every_way_of_writing() -> None:
    day = datetime(2026, 2, 28, 23, 59) + timedelta(minutes=1)
    found, _ = values([write(day) for write in WAYS], lambda session, cells_: settle_time(session, cells_, "time"))
    assert set(found) == {datetime(2026, 3, 1)}
