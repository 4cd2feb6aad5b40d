"""What comes from Avito's API in a workspace: the same KPIs as from the cabinet's own file, and nothing twice."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from data.access.reader import Reader
from data.collect import avito
from data.collect.model import Value
from data.collect.running import run
from data.ingest.pipeline import ImportOptions
from data.store.entries.collect import Connection
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.unit.collect.avito.cabinet import CALL, KEYS, NOTHING, REVIEW, Cabinet
from tests.unit.collect.avito.double import Figures
from tests.unit.collect.gathering import NOW, Wall, collected, connected

DAYS = [date(2026, 11, 2) + timedelta(days=n) for n in range(3)]
ACCOUNT = "Центр"
KPIS = (
    "impressions", "views", "contacts", "view_rate", "contact_rate", "favorite_rate", "ad_spend", "cost_per_contact",
    "cost_per_view",
)  # fmt: skip


@pytest.fixture
def store(cabinet: Cabinet, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "workspace", clock=cabinet.wall) as found:
        yield found


def connect(store: Store, **given: Value) -> Connection:
    return connected(store, avito.KIND, {**NOTHING, **given}, KEYS, ACCOUNT)


def figures() -> list[Figures]:
    """Two advertisements over a week, money in kopecks; bonuses are 0.50 a day of the second."""
    return [
        Figures(ad, day, {
            "impressions": 1000 * ad + n, "views": 100 + n * ad, "contacts": n + ad, "contactsMessenger": n,
            "contactsShowPhone": ad, "favorites": n % 3, "allSpending": 10_050 * ad + n + 50 * (ad - 1),
            "spending": 10_050 * ad + n, "promoSpending": 5_000,
        }) for ad in (1, 2) for n, day in enumerate(DAYS)
    ]  # fmt: skip


HEADER = (
    ("Номер объявления", None), ("Показы", "impressions"), ("Просмотры", "views"), ("Контакты", "contacts"),
    ("Написали в чат", "contactsMessenger"), ("Посмотрели телефон", "contactsShowPhone"),
    ("Добавили в избранное", "favorites"), ("Расходы на объявления", "spending"),
    ("Расходы на продвижение", "promoSpending"),
)  # fmt: skip


def cabinet_file(folder: Path, rows: list[Figures]) -> Path:
    """The workbook the cabinet would write of these days: one row an advertisement, money in roubles."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title for title, _ in HEADER])
    for ad in sorted({row.ad for row in rows}):
        sums = [sum(row.metrics[name] for row in rows if row.ad == ad) for _, name in HEADER if name]
        money = [
            value / 100 if "pending" in str(name) else value for value, (_, name) in zip(sums, HEADER[1:], strict=True)
        ]
        sheet.append([str(ad), *money])
    path = folder / f"{ACCOUNT} Статистика_с_{DAYS[0]}_по_{DAYS[-1]}.xlsx"
    book.save(path)
    return path


def values(store: Store, *kpis: str, grain: str = "total", **more: object) -> list[tuple[object, ...]]:
    query = Query(kpis or KPIS, grain=grain, **more)  # type: ignore[arg-type]
    frame = evaluate(Reader(store), catalogue(), query, TargetBook()).frame
    shown = frame[["period", "kpi", "value"]].itertuples(index=False)
    return [(str(period)[:10], kpi, None if value != value else round(float(value), 9)) for period, kpi, value in shown]


def shown(store: Store, *kpis: str) -> dict[str, object]:
    return {str(kpi): value for _, kpi, value in values(store, *kpis)}


def test_the_file_and_the_api_count_once_and_tell_the_same(cabinet: Cabinet, store: Store, tmp_path: Path) -> None:
    """The cabinet's file first, then the API day by day; the file once more; then the file under another account."""
    cabinet.double.figures = figures()
    path = cabinet_file(tmp_path, figures())
    store.publish(path, None, ImportOptions())
    of_file = values(store)
    told = {str(kpi): value for _, kpi, value in of_file}
    assert told["ad_spend"] == round(3 * (100.50 + 201.00) + 2 * 0.03, 2)  # by hand: kopecks 0…2 of each, no bonuses
    assert told["contacts"] == (0 + 1 + 2) * 2 + 3 * (1 + 2)
    connection = connect(store, statistics=True, history=4)
    first = run(store, connection, sleep=cabinet.wall.sleep)
    assert first is not None
    assert first.ended is not None
    assert (first.ended.outcome, first.ended.rows_new) == ("came", 2)
    assert values(store) == of_file  # one day by the API, the others still by the file
    cabinet.wall.sleep(60)
    collected(store, connection, cabinet.wall)
    assert values(store) == of_file
    per_day = [value for _, _, value in values(store, "views", grain="day", since=DAYS[0], until=DAYS[-1])]
    assert per_day == [200, 203, 206]  # the days of the API, not the file's spread evenly
    assert [entry.options.account for entry in store.imports()] == [ACCOUNT] * 3 + [None]
    renamed = path.rename(path.with_name(path.name.replace(ACCOUNT, "Центр 1")))
    (report,) = store.publish(renamed, None, ImportOptions())
    (said,) = [finding for finding in report.findings if finding.rule == "advertisements_of_two_accounts"]
    assert (said.severity, said.count) == ("warning", 2)
    assert f"«{ACCOUNT}»" in str(said.message)


def counted(calls: int, answered: int) -> list[dict[str, object]]:
    days = [
        {"date": "2026-11-03", "calls": 1, "answered": 1}, {"date": "2026-11-04", "calls": calls, "answered": answered},
    ]  # fmt: skip
    return [{"itemId": 5, "employeeId": 0, "days": days}]


def test_late_figures_take_the_place_of_early_ones_and_what_vanished_is_gone(cabinet: Cabinet, store: Store) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    cabinet.double.figures = [Figures(1, yesterday, {"views": 4}), Figures(2, yesterday, {"views": 1})]
    cabinet.double.counts = counted(5, 2)
    connection = connect(store, statistics=True, calls="counts", history=3)
    collected(store, connection, cabinet.wall)
    assert shown(store, "views", "call_answer_rate") == {"views": 5, "call_answer_rate": 50}
    cabinet.wall.at = NOW + timedelta(days=1)
    cabinet.double.figures, cabinet.double.counts = [Figures(1, yesterday, {"views": 6})], counted(4, 3)
    collected(store, connection, cabinet.wall)
    assert shown(store, "views", "call_answer_rate") == {"views": 6, "call_answer_rate": 80}


def test_calls_and_reviews_of_the_api_equal_their_files(cabinet: Cabinet, store: Store, tmp_path: Path) -> None:
    missed = {**CALL, "id": 12, "duration": 0, "statusId": 3, "price": 0}
    cabinet.double.target, cabinet.double.reviews = [CALL, missed], [REVIEW, {**REVIEW, "id": 6, "score": 5}]
    kpis = ("call_answer_rate", "call_wait_seconds", "target_call_share", "rating", "reviews_answered", "deal_success")
    collected(store, connect(store, calls="target", reviews=True), cabinet.wall)
    with Store.open(tmp_path / "other", clock=Wall(NOW)) as other:
        for name, content in (("calls", {"calls": [CALL, missed]}), ("reviews", {"reviews": cabinet.double.reviews})):
            (tmp_path / f"{name}.json").write_text(json.dumps(content))
            other.publish(tmp_path / f"{name}.json", None, ImportOptions(account=ACCOUNT))
        assert values(store, *kpis) == values(other, *kpis)
    told = shown(store, *kpis)
    assert (told["call_answer_rate"], told["target_call_share"], told["rating"]) == (50, 50, 4.5)
