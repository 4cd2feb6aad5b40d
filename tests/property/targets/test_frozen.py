"""Whatever is done with targets, and whenever: a period that was judged when it closed stays judged the same way."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import UserError
from data.store.entries import Entries, NewTarget, Number
from kpi.compile.windows import floor, step
from kpi.model import Bounds, Grain, Kpi, Target
from kpi.planning import Rule, rule_to_json
from kpi.target_rows import as_target
from kpi.targets import TargetBook

RATIO = Kpi("rating", "", "", "", "quality", "score", "higher", "x", "value")
KPIS = (
    RATIO,
    Kpi("rework_rate", "", "", "", "quality", "percent", "higher", "x", "value", target=Bounds(good_low=15)),
    Kpi("revenue", "", "", "", "finance", "money", "higher", "x", "value", additive=True),
)
FIRST = date(2026, 1, 12)
SCOPES = (None, ("team", "A"))
GRAINS: tuple[Grain, ...] = ("week", "month", "quarter")
BEGAN = FIRST + timedelta(days=10)

days = st.integers(-60, 120)
acts = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(KPIS), st.sampled_from(SCOPES), days, st.integers(1, 99)),
    st.tuples(st.just("remove"), st.sampled_from(KPIS), st.sampled_from(SCOPES), days, st.just(0)),
    st.tuples(st.just("plan"), st.sampled_from(KPIS), st.sampled_from(SCOPES), days, st.integers(1, 99)),
    st.tuples(st.just("rule"), st.sampled_from(KPIS), st.sampled_from(SCOPES), days, st.integers(1, 99)),
    st.tuples(st.just("undo"), st.just(RATIO), st.just(None), st.just(0), st.integers(1, 12)),
)
Judged = dict[tuple[str, tuple[date, date], tuple[str, str] | None], Target]
Acts = list[tuple[int, tuple[str, Kpi, tuple[str, str] | None, int, int]]]


def periods(until: date) -> Iterator[tuple[date, date]]:
    """Every week, month and quarter that closed on the day."""
    for grain in GRAINS:
        first = floor(until, grain)
        if step(first, grain, 1) - timedelta(days=1) == until:
            yield first, until


def book(entries: Entries) -> TargetBook:
    return TargetBook(tuple(as_target(row) for row in entries.target_changes()), began=BEGAN)


def judged(entries: Entries, day: date) -> Judged:
    """What judges every period that closed on the day: KPI, period and scope → target."""
    found: Judged = {}
    for kpi in KPIS:
        for span in periods(day):
            for scope in SCOPES:
                target = book(entries).of_period(kpi, span, dict([scope] if scope else []))
                if target is not None:
                    found[kpi.id, span, scope] = target
    return found


def act(entries: Entries, what: str, kpi: Kpi, scope: tuple[str, str] | None, day: date, value: int) -> None:
    first = floor(day, "month")
    if what == "set":
        entries.set_target(kpi.id, good_low=value, scope=scope, valid_from=day)
    elif what == "remove":
        entries.remove_target(kpi.id, scope, day)
    elif what == "plan":
        end = step(first, "month", 1) - timedelta(days=1)
        entries.change_targets([NewTarget(kpi.id, "plan", scope, first, end, "month", good_low=value)])
    elif what == "rule":
        entries.change_targets(
            [NewTarget(kpi.id, "rule", scope, day, None, "month", rule=rule_to_json(Rule("previous")))]
        )
    else:
        try:
            entries.undo_targets(value)
        except UserError:
            return


def resolve(entries: Entries, now: datetime) -> None:
    """As `kpi.rules` does: the periods that have begun get their number once."""
    due: dict[int, list[Number]] = {}
    for row in entries.targets():
        if row.kind == "rule":
            known = {number.first for number in row.numbers}
            first = floor(row.valid_from, "month")
            while first <= now.date():
                if first not in known:
                    last = step(first, "month", 1) - timedelta(days=1)
                    due.setdefault(row.id, []).append(Number(first, last, (float(now.day), None, None, None), 1.0, now))
                first = step(first, "month", 1)
    if due:
        entries.keep_numbers(due)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 9), acts), min_size=1, max_size=14))
def test_no_sequence_of_changes_judges_a_closed_period_again(plan: Acts) -> None:
    clock = [datetime.combine(FIRST, datetime.min.time())]
    kept: Judged = {}
    with tempfile.TemporaryDirectory() as folder:
        entries = Entries(Path(folder) / "app.sqlite", lambda: clock[0])
        try:
            for wait, (what, kpi, scope, offset, value) in plan:
                for _ in range(wait):
                    if clock[0].date() >= BEGAN:
                        kept |= judged(entries, clock[0].date())
                    clock[0] += timedelta(days=1)
                act(entries, what, kpi, scope, clock[0].date() + timedelta(days=offset), value)
                if value % 3:
                    resolve(entries, clock[0])
            now = book(entries)
        finally:
            entries.close()
    for (kpi_id, span, scope), was in kept.items():
        kpi = next(kpi for kpi in KPIS if kpi.id == kpi_id)
        found = now.of_period(kpi, span, dict([scope] if scope else []))
        assert found is not None
        assert bounds(found) == bounds(was), (kpi_id, span, scope)


def bounds(target: Target) -> tuple[object, ...]:
    return target.good_low, target.good_high, target.ok_low, target.ok_high, target.scope, target.kind
