"""Why a KPI changed, over the tiny business: every KPI and dimension against the evaluator's own values, a few against
counting by hand, and memory against DuckDB."""

import math
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import pandas as pd
import pytest

from data.access.reader import Reader
from data.errors import UnknownName
from data.model import Scope
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import availability, evaluate
from kpi.model import Query, Result
from kpi.targets import TargetBook
from kpi.why import Asked, Breakdown, Why, explain
from tests.oracle.conftest import opened, publish
from tests.oracle.plain import Plain
from tests.property.evaluate.test_in_memory import Forgetful, orders, written

JANUARY, FEBRUARY = (date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 2, 1), date(2025, 2, 28))


def february(kpi: str, where: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Asked:
    return Asked(kpi, *FEBRUARY, "previous", where, "month")


def by(why: Why, dimension: str) -> Breakdown:
    return next(told for told in why.breakdowns if told.dimension == dimension)


def computable(store: Store) -> list[str]:
    return [id_ for id_, found in availability(store.relations(), catalogue()).items() if found.computable]


@pytest.fixture(scope="module")
def answers(store: Store) -> Mapping[str, Why]:
    return {id_: explain(Reader(store), catalogue(), february(id_)) for id_ in computable(store)}


SILENT = {"enps", "engagement", "goals_met", "time_to_fill_days", "time_to_fill_published_days"}
"""Answers of staff, and what is no sum of parts."""


def test_every_kpi_is_told_or_says_why_not(answers: Mapping[str, Why]) -> None:
    silent = {id_: str(why.silent) for id_, why in answers.items() if why.silent is not None}
    assert {id_ for id_, reason in silent.items() if "no value" not in reason} <= SILENT
    assert len(answers) - len(silent) > 45
    untold = [id_ for id_, why in answers.items() if why.silent is None and not why.breakdowns]
    assert untold == ["lead_time_hours", "service_time_hours", "response_minutes"], "medians of orders of several rows"


def test_effects_add_up_to_the_evaluators_change(answers: Mapping[str, Why], ask: Callable[[Query], Result]) -> None:
    for id_, why in answers.items():
        if why.silent is not None:
            continue
        frame = ask(Query((id_,), *FEBRUARY, "month")).frame
        (row,) = frame[frame["is_total"]].to_dict("records")
        assert (why.before, why.after) == pytest.approx((row["previous"], row["value"]), abs=1e-6), id_
        for told in why.breakdowns:
            assert math.fsum(c.effect for c in told.contributions) == why.change, (id_, told.dimension)
            assert math.fsum(p for c in told.contributions for p in (c.rate, c.mix)) == why.change
        if why.drivers:
            assert math.fsum(driver.effect for driver in why.drivers) == why.change, id_


def test_members_have_the_values_the_evaluator_gives(
    answers: Mapping[str, Why], ask: Callable[[Query], Result]
) -> None:
    compared = 0
    for id_, why in answers.items():
        for told in why.breakdowns:
            frame = ask(Query((id_,), *FEBRUARY, "month", told.dimension)).frame
            rows = {
                None if pd.isna(r["slice"]) else r["slice"]: r for r in frame.to_dict("records") if not r["is_total"]
            }
            for c in told.contributions:
                if c.part == "member" and c.member in rows and not math.isnan(rows[c.member]["value"]):
                    assert c.after == pytest.approx(rows[c.member]["value"], abs=1e-6), (id_, told.dimension, c.member)
                    compared += 1
    assert compared > 300


def test_rework_by_branch_counted_by_hand(answers: Mapping[str, Why], plain: Plain) -> None:
    rows = plain.con.execute(
        """
        select coalesce(branch, '') as branch, date_trunc('month', day)::date as month,
            count(distinct k) filter (is_rework) as above, count(distinct k) as below
        from orders_all where status = 'done' and day between '2025-01-01' and '2025-02-28' group by all
        """
    ).fetchall()
    cells = {(branch, month): (above, below) for branch, month, above, below in rows}
    whole = {m: [sum(c[n] for (_, month), c in cells.items() if month == m) for n in (0, 1)] for m in
             (JANUARY[0], FEBRUARY[0])}  # fmt: skip
    rates = [100 * whole[month][0] / whole[month][1] for month in (JANUARY[0], FEBRUARY[0])]
    why = answers["rework_rate"]
    assert (why.before, why.after) == pytest.approx(tuple(rates))
    for c in by(why, "branch").contributions:
        (n0, d0), (n1, d1) = (cells.get((c.member or "", month), (0, 0)) for month in (JANUARY[0], FEBRUARY[0]))
        shares = d0 / whole[JANUARY[0]][1], d1 / whole[FEBRUARY[0]][1]
        expected = 100 * (n1 / whole[FEBRUARY[0]][1] - n0 / whole[JANUARY[0]][1])
        expected -= sum(rates) / 2 * (shares[1] - shares[0])
        assert c.effect == pytest.approx(expected)
        assert (c.weight_before, c.weight_after) == pytest.approx(shares)


@pytest.fixture(scope="module")
def unlined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Orders of one row each, with cells missing."""
    folder = tmp_path_factory.mktemp("unlined")
    with opened(folder / "workspace") as found:
        publish(found, written(folder / "orders.csv", orders(1, lines=False)), "orders")
        yield found


@pytest.mark.parametrize("kpi", ["lead_time_hours", "repeat_share"])
def test_what_cannot_be_divided_is_told_by_leaving_one_out(unlined: Store, kpi: str) -> None:
    """Each effect is the change less the change of everybody else's rows, as the evaluator counts those."""
    reader, compared = Reader(unlined), 0
    why = explain(reader, catalogue(), february(kpi))
    for told in why.breakdowns:
        if told.method != "leave_one_out" or told.dimension == "weekday":
            continue
        everybody = tuple(unlined_members(reader, told.dimension))
        for c in told.contributions:
            if c.part != "member":
                continue
            others = tuple(m for m in everybody if m != (c.member or ""))
            asked = Query((kpi,), *FEBRUARY, "month", None, ((told.dimension, others),))
            (row,) = evaluate(reader, catalogue(), asked, TargetBook()).frame.to_dict("records")
            assert c.effect == pytest.approx(why.change - (row["value"] - row["previous"]), abs=1e-6), (
                told.dimension,
                c,
            )
            compared += 1
    assert compared > 5


def unlined_members(reader: Reader, dimension: str) -> list[str]:
    return [*reader.members(dimension), ""]


def test_memory_and_duckdb_tell_the_same(store: Store) -> None:
    chance = random.Random(2)
    for id_ in chance.sample(computable(store), 16):
        since = date(2024, 12, 1) + timedelta(days=chance.randint(0, 60))
        against = chance.choice(("previous", (date(2024, 11, 1), date(2024, 11, 20))))
        asked = Asked(id_, since, since + timedelta(days=20), against)  # type: ignore[arg-type]
        ours, plain = (explain(Reader(one), catalogue(), asked) for one in (store, Forgetful(store)))
        assert (ours.before, ours.after) == pytest.approx((plain.before, plain.after), nan_ok=True)
        told = {t.dimension: t for t in plain.breakdowns}
        for breakdown in ours.breakdowns:
            if breakdown.method == "leave_one_out":
                assert breakdown.dimension in plain.left_out
                continue
            other = {(c.member, c.part): c.effect for c in told[breakdown.dimension].contributions}
            mine = {(c.member, c.part): c.effect for c in breakdown.contributions}
            assert mine == pytest.approx(other, abs=1e-6), id_


def test_nothing_outside_a_scope_is_told(store: Store) -> None:
    scope = Scope("viewer", None, (("branch", ("North",)),))
    narrowed = explain(Reader(store), catalogue(), february("revenue", (("branch", ("North",)),)))
    seen = explain(Reader(store, scope), catalogue(), february("revenue"))
    assert (seen.before, seen.after) == (narrowed.before, narrowed.after)
    assert {c.member for c in by(seen, "branch").contributions} == {"North"}


def test_the_same_days_a_year_before_and_any_days(store: Store) -> None:
    days = (date(2024, 11, 5), date(2024, 11, 25))
    why = explain(Reader(store), catalogue(), Asked("orders_done", *FEBRUARY, days))
    assert (why.days[0].since, why.days[0].until) == days
    year = explain(Reader(store), catalogue(), Asked("orders_done", *FEBRUARY, "year", (), "month"))
    assert year.days[0].since == date(2024, 2, 1)


@pytest.mark.parametrize("since", [date(1, 1, 1), date(9999, 1, 1)])
def test_days_without_data_are_said_to_be_so(store: Store, since: date) -> None:
    for against in ("previous", "year", (date(2025, 1, 1), date(2025, 1, 31))):
        why = explain(Reader(store), catalogue(), Asked("revenue", since, since.replace(day=20), against))
        assert why.silent is not None
        assert why.breakdowns == ()


def test_what_does_not_exist_is_named(store: Store) -> None:
    with pytest.raises(UnknownName):
        explain(Reader(store), catalogue(), february("reworkrate"))
    with pytest.raises(UnknownName):
        explain(Reader(store), catalogue(), february("rework_rate", (("brnch", ("North",)),)))
