"""Any log, on any working calendar, counted again with plain Python; the moments of orders as a log by hand."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.access.reader import Reader
from data.expression import Params
from data.store.case_figures import cases
from data.store.entries import ProcessSettings, WorkingHours
from data.store.executions import Executions, Shape, shape_sql
from data.store.store import Store
from data.store.working_clock import works_on
from kpi.language import language
from kpi.process import ProcessLog, activities, edges, variants
from kpi.process.orders import in_words_of
from tests.oracle.process import brute
from tests.oracle.process.brute import Row
from tests.unit.store.files import load, opened

START = datetime(2026, 4, 28, 8)
"""Before the May holidays: 1 and 9 May are off, so are days moved to beside them."""
HEADER = "case_id,activity,at,lifecycle,started_at,employee,is_superfluous,cost"
CALENDARS = {
    "office": WorkingHours(), "barbers": WorkingHours((2, 3, 4, 5, 6, 7)),
    "always": WorkingHours((1, 2, 3, 4, 5, 6, 7), holidays=False),
}  # fmt: skip
EVENTS = pa.schema(
    [("case_id", pa.string()), ("activity", pa.string()), ("at", pa.timestamp("us")), ("lifecycle", pa.string()),
     ("started_at", pa.timestamp("us")), ("employee", pa.string()), ("is_superfluous", pa.bool_()),
     ("cost", pa.float64()), ("_import", pa.int32()), ("_line", pa.int64()), ("_source", pa.string())]
)  # fmt: skip


def test_the_may_holidays_of_a_calendar() -> None:
    days = [date(2026, 5, day) for day in range(1, 14)]
    open_ = {name: [day.day for day in days if works_on(hours, day)] for name, hours in CALENDARS.items()}
    assert open_ == {
        "office": [4, 5, 6, 7, 8, 12, 13], "barbers": [2, 3, 5, 6, 7, 8, 10, 12, 13],
        "always": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    }  # fmt: skip
    assert works_on(CALENDARS["office"], date(2024, 4, 27)), "a Saturday that was made a working day"
    assert not works_on(WorkingHours((1, 2, 3)), date(2024, 4, 27))


def moments() -> st.SearchStrategy[datetime]:
    return st.integers(0, 4 * 24 * 18).map(lambda n: START + n * brute.STEP)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    at = draw(moments())
    before = draw(st.none() | st.integers(-2, 40))
    return Row(
        draw(st.sampled_from("123")), draw(st.sampled_from(["call", "visit", "pay", "почта"])), at,
        draw(st.sampled_from([None, "complete", "start", "assign"])),
        None if before is None else at - before * brute.STEP,
        draw(st.sampled_from([None, "Anna", "Boris"])), draw(st.sampled_from([None, True, False])),
        draw(st.sampled_from([None, None, 0.0, 120.5])),
    )  # fmt: skip


@st.composite
def calendars(draw: st.DrawFn) -> WorkingHours | None:
    if draw(st.booleans()):
        return None
    begins = draw(st.integers(0, 90)) * 15
    weekdays = draw(st.sets(st.integers(1, 7), min_size=1) | st.just({1, 2, 3, 4, 5}))
    return WorkingHours(
        tuple(sorted(weekdays)), begins, draw(st.integers(begins // 15 + 1, 96)) * 15, draw(st.booleans())
    )


def line(row: Row) -> str:
    cells = (
        row.case, row.activity, f"{row.at:%Y-%m-%d %H:%M}", row.lifecycle,
        row.started_at and f"{row.started_at:%Y-%m-%d %H:%M}", row.employee, row.needless, row.cost,
    )  # fmt: skip
    return ",".join("" if cell is None else str(cell) for cell in cells)


@settings(max_examples=50, deadline=None)
@given(
    log=st.lists(rows(), min_size=1, max_size=25), hours=calendars(),
    marks=st.sets(st.sampled_from(["call", "pay"])), sla=st.sampled_from([None, 8.0, 100.0]),
)  # fmt: skip
def test_any_case(log: list[Row], hours: WorkingHours | None, marks: set[str], sla: float | None) -> None:
    said = ProcessSettings(tuple(sorted(marks)), 100.0, (), sla, hours)
    compare(counted(log, said), log, said)


def test_a_long_log_through_a_workspace(tmp_path: Path) -> None:
    chance = Random(7)
    log = [
        Row(
            str(chance.randint(1, 60)), chance.choice("abcdef"), at := START + chance.randint(0, 2000) * brute.STEP,
            chance.choice([None, "complete", "start", "assign"]),
            chance.choice([None, at - chance.randint(0, 90) * brute.STEP]), chance.choice([None, "Anna", "Boris"]),
            chance.choice([None, True, False]), chance.choice([None, 10.0]),
        )
        for _ in range(600)
    ]  # fmt: skip
    said = ProcessSettings(("a", "b"), 100.0, (), 40.0, WorkingHours())
    with opened(tmp_path) as made:
        load(made, tmp_path, "log.csv", "events", [HEADER, *map(line, log)])
        compare(ProcessLog(Reader(made), settings=said).ask("select * from cases"), log, said)


def counted(log: list[Row], said: ProcessSettings) -> pd.DataFrame:
    """The cases of these rows by the SQL of any log."""
    cursor = duckdb.connect()
    events = pd.DataFrame([vars(row) for row in log]).rename(columns={"case": "case_id", "needless": "is_superfluous"})
    cursor.register("rows", pa.Table.from_pandas(events.assign(_import=1, _line=range(len(log)), _source="a"), EVENTS))
    held, params = frozenset(EVENTS.names), Params()
    shape = Shape.of_row(cursor.execute(shape_sql("from rows", held, ())).fetchone() or ())
    made = Executions("from rows", held, shape, said, (), params.place)
    sql = f"with {made.sql}{cases(made)} from cases"
    return cursor.execute(sql, params.used_in(sql)).df()


def compare(found: pd.DataFrame, log: list[Row], said: ProcessSettings) -> None:
    wanted = {n: brute.figures(d, said.superfluous, said.hours, 100.0) for n, d in brute.executions(log).items()}
    plain = found.astype(object).where(found.notna(), None)
    told = {case["case_id"]: case for case in plain.to_dict("records")}
    assert told.keys() == wanted.keys()
    for name, case in wanted.items():
        for key, value in vars(case).items():
            assert told[name][key] == (None if value is None else pytest.approx(value)), (name, key)
        if said.sla_hours is not None:
            assert told[name]["is_late"] == (case.throughput_hours > said.sla_hours)
        waiting = None if case.work_hours is None else case.throughput_hours - case.work_hours
        assert told[name]["waiting_hours"] == (None if waiting is None else pytest.approx(waiting, abs=1e-9)), name


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def test_two_branches_with_the_same_numbers_are_two_logs(store: Store, tmp_path: Path) -> None:
    steps = ["1,call,2026-03-02 09:00,{}", "1,pay,2026-03-02 10:00,{}"]
    for branch in ("North", "South"):
        rows = [step.format(branch) for step in steps]
        load(store, tmp_path, f"{branch}.csv", "events", ["case_id,activity,at,branch", *rows])
    log = ProcessLog(Reader(store))
    assert sorted(log.ask("select case_id from paths")["case_id"]) == ["1 · North", "1 · South"]
    assert [(one.path, one.cases) for one in variants(log)] == [(("call", "pay"), 2)]
    (narrowed,) = variants(ProcessLog(Reader(store), (("branch", ("North",)),)))
    assert narrowed.cases == 1


def test_two_sources_with_the_same_numbers_are_two_logs(store: Store, tmp_path: Path) -> None:
    for name in ("crm", "service"):
        load(store, tmp_path, f"{name}.csv", "events", ["case_id,activity,at", f"1,{name},2026-03-02 09:00"])
    log = ProcessLog(Reader(store))
    assert sorted(log.ask("select case_id from paths")["case_id"]) == ["1 · crm", "1 · service"]


def test_the_log_goes_on_in_the_next_file_of_its_source(store: Store, tmp_path: Path) -> None:
    for month, activity in ((1, "call"), (2, "pay")):
        rows = ["case_id,activity,at", f"1,{activity},2026-0{month}-02 09:00"]
        load(store, tmp_path, f"crm 2026-0{month}.csv", "events", rows)
    assert [one.path for one in variants(ProcessLog(Reader(store)))] == [("call", "pay")]


ORDERS = [
    "order_id,created_at,responded_at,started_at,finished_at,paid_at,status,employee",
    "1,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 10:00,2026-03-02 12:00,2026-03-02 12:00,done,Anna",
    "2,2026-03-02 10:00,,2026-03-02 11:00,2026-03-02 12:00,,done,Anna",
    "3,2026-03-03 10:00,2026-03-03 10:05,,,,cancelled,Boris",
    "4,2026-03-03 11:00,,,2026-03-03 12:00,2026-12-31 12:00,done,Boris",
]  # fmt: skip


def test_orders_as_a_log(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders.csv", "orders", ORDERS)
    log = ProcessLog(Reader(store), source="orders")
    assert {one.path: one.cases for one in variants(log)} == {
        ("Request", "First answer", "Work", "Payment"): 1, ("Request", "Work"): 1, ("Request", "First answer"): 1,
        ("Request", "End of work"): 1,
    }  # fmt: skip
    assert next(one for one in activities(log) if one.name == "Work").median_hours == 1.5
    flow = {(one.before, one.after): one.median_hours for one in edges(log)}
    assert flow["Request", "Work"] == 1.0, "the wait ends when work begins"
    assert flow["Work", "Payment"] == 0.0
    russian = ProcessLog(Reader(store), source="orders", language=language("ru"))
    assert variants(russian)[0].path[0] == "Заявка"
    (annas,) = {one.cases for one in variants(ProcessLog(Reader(store), (("employee", ("Boris",)),), "orders"))}
    assert annas == 1


def test_lines_of_one_order_are_one_case(store: Store, tmp_path: Path) -> None:
    rows = [
        "order_id,created_at,started_at,finished_at,service,status",
        "1,2026-03-02 09:00,2026-03-02 10:00,2026-03-02 11:00,Cut,done",
        "1,2026-03-02 09:00,2026-03-02 10:30,2026-03-02 12:00,Shave,done",
    ]
    load(store, tmp_path, "orders.csv", "orders", rows)
    (work,) = [one for one in activities(ProcessLog(Reader(store), source="orders")) if one.name == "Work"]
    assert (work.count, work.median_hours) == (1, 2.0)


def test_orders_without_numbers_are_cases_too(store: Store, tmp_path: Path) -> None:
    rows = ["created_at,finished_at,client,status", "2026-03-02 09:00,2026-03-02 10:00,A,done"]
    load(store, tmp_path, "orders.csv", "orders", [*rows, "2026-03-02 09:00,2026-03-02 11:00,B,done"])
    assert variants(ProcessLog(Reader(store), source="orders"))[0].cases == 2


def test_what_was_said_in_one_language_holds_in_the_other(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders.csv", "orders", ORDERS)
    russian = language("ru").t("Work"), language("ru").t("Payment")
    for words in (language("ru"), language("en")):
        said = in_words_of(ProcessSettings(superfluous=(russian[0],), reference=(russian[1], "Own")), words)
        log = ProcessLog(Reader(store), source="orders", settings=said, language=words)
        marked = log.ask("select distinct activity from executions where is_superfluous")["activity"].tolist()
        assert marked == [words.t("Work")]
        assert said.reference == (words.t("Payment"), "Own")
