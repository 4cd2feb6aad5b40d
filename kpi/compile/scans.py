"""One scan of one relation: every KPI of it is a column, totals and slices come out together.

Invariant: a scan reads each row of its days once per kind of window, or none where a rollup tells all; windows that are
whole calendar periods share one GROUP BY, the few others (cut periods, ranges) are scanned by their own days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from data.access.source import dimension, quoted, select
from data.expression import Params
from data.model import Source
from kpi.compile.ahead import Reading, reading
from kpi.compile.windows import Window, disjoint, outline, regular
from kpi.formula import ROW_WORDS, Aggregate, Aggregates, Measure, Rows, measure, parsed
from kpi.model import Grain, Kpi, Query

_TRAILING_MONTHS = 12
NOWHERE = Window(date.max, date.max)
"""The days of a query that lies outside everything loaded."""


@dataclass
class Scan:
    """What is read of one relation by one time column and kind of window."""

    name: str
    """Name of its CTE."""
    source: Source
    """Where it reads."""
    query: Query
    """Slice and filters."""
    params: Params
    """Places of the whole statement."""
    time: str | None
    """Time column that places the rows; None: the business date."""
    window: str
    """period, period_end or trailing_12_months."""
    measures: dict[str, Measure] = field(default_factory=dict)
    """KPI id → its measure."""

    def __post_init__(self) -> None:
        self.aggregates = Aggregates(f"{self.name}_")
        self.columns: dict[str, None] = {}

    def add(self, kpi: Kpi, now: datetime) -> None:
        """Adds a KPI's aggregates."""
        relation = self.source.relation
        rows = Rows(
            self.column,
            lambda name: relation.tells(name) or name in ROW_WORDS,
            lambda name: name in relation.complete,
            now,
            self.column("_key") if relation.has_lines else None,
        )
        self.measures[kpi.id] = measure(parsed(kpi.definition), rows, self.aggregates, self.params)

    def column(self, name: str) -> str:
        """SQL of a column in this scan; the source is asked for it."""
        if name != "day":
            self.columns[name] = None
        return quoted(name)

    def count_people(self) -> str:
        """Column that counts the respondents, for results that must not show fewer than five."""
        return self.aggregates.place(Aggregate("distinct", self.column("response_id")))

    @property
    def slice(self) -> str | None:
        """The relation's spelling of the query's dimension."""
        return dimension(self.source.relation, self.query.by) if self.query.by else None

    @property
    def ahead(self) -> Reading | None:
        """How it is read from a rollup; None: no rollup holds all it asks."""
        if self.window != "period":
            return None
        where, counted = self.query.where, self.aggregates.columns
        return reading(self.source, self.time, self.slice, where, self.columns, counted, self.params)

    def sql(
        self, windows: Iterable[Window], ids: Mapping[Window, int], grain: Grain, ahead: Reading | None = None
    ) -> str:
        """SELECT of wid, is_total, slice and the aggregate columns, over the given windows.

        `ahead`: where those are read that it answers.
        """
        wanted = list(windows)
        known = [window for window in wanted if ahead is not None and ahead.answers(window)]
        if ahead is None or not known:
            return self._scanned(wanted, ids, grain)
        rest = [window for window in wanted if window not in known]
        parts = [ahead.sql(known, ids, self.params), *([self._scanned(rest, ids, grain)] if rest else [])]
        return "\n union all\n".join(parts)

    def _scanned(self, wanted: list[Window], ids: Mapping[Window, int], grain: Grain) -> str:
        if not wanted:
            return self._by_days([NOWHERE], {NOWHERE: -1})
        if self.window != "period":
            return self._by_window([ids[window] for window in wanted])
        bounds = outline(wanted)
        grouped = [w for w in wanted if regular(w, grain, bounds)]
        parts = [self._by_period(grouped, ids, grain)] if grouped else []
        parts += [self._by_days(some, ids) for some in disjoint(w for w in wanted if w not in grouped)]
        return "\n union all\n".join(parts)

    def _aggregated(self) -> str:
        return "".join(f", {aggregate.sql} as {name}" for aggregate, name in self.aggregates.columns.items())

    def _rows(self, days: Window | None) -> str:
        wanted = [*self.columns, *([self.slice] if self.slice else [])]
        run = (days.since, days.until) if days else None
        return select(self.source, wanted, self.params, where=self.query.where, time=self.time, days=run)

    def _by_period(self, windows: list[Window], ids: Mapping[Window, int], grain: Grain) -> str:
        rows = self._rows(outline(windows))
        sliced = f"cast({quoted(self.slice)} as varchar)" if self.slice else "null"
        inner = f"select *, date_trunc('{grain}', day) as started, {sliced} as slice_ from ({rows})"
        sets = "grouping sets ((started), (started, slice_))" if self.slice else "started"
        total, member = ("grouping(slice_) = 1", "slice_") if self.slice else ("true", "null::varchar")
        wanted = self.params.place([ids[window] for window in windows])
        return (
            f"select w.wid, g.* exclude (started) from (select started, {total} as is_total, {member} as slice"
            f"{self._aggregated()} from ({inner}) group by {sets}) g"
            f" join windows w on date_trunc('{grain}', w.since) = g.started"
            f" and list_contains({wanted}::integer[], w.wid)"
        )

    def _by_days(self, windows: list[Window], ids: Mapping[Window, int]) -> str:
        """For windows that are no calendar periods; none of them share a day."""
        place = self.params.place
        cases = " ".join(f"when day between {place(w.since)} and {place(w.until)} then {ids[w]}" for w in windows)
        sliced = f"cast({quoted(self.slice)} as varchar)" if self.slice else "null"
        inner = f"select *, case {cases} end as wid, {sliced} as slice_ from ({self._rows(outline(windows))})"
        return self._grouped_by_wid(f"select * from ({inner}) where wid is not null")

    def _by_window(self, wids: list[int]) -> str:
        """For small relations: rows of a window's last day, or of the twelve months up to it."""
        chosen = f"list_contains({self.params.place(wids)}::integer[], w.wid)"
        until = f"least(w.until, {self.params.place(self.source.relation.data_until)}::date)"
        days = f"r.day = {until}"
        if self.window == "trailing_12_months":
            days = f"r.day <= {until} and r.day > {until} - to_months({_TRAILING_MONTHS})"
        sliced = f"cast(r.{quoted(self.slice)} as varchar)" if self.slice else "null"
        inner = (
            f"select w.wid, r.*, {sliced} as slice_ from windows w join ({self._rows(None)}) r on {days} and {chosen}"
        )
        return self._grouped_by_wid(inner)

    def _grouped_by_wid(self, rows: str) -> str:
        sets = "grouping sets ((wid), (wid, slice_))" if self.slice else "wid"
        total, member = ("grouping(slice_) = 1", "slice_") if self.slice else ("true", "null::varchar")
        return f"select wid, {total} as is_total, {member} as slice{self._aggregated()} from ({rows}) group by {sets}"
