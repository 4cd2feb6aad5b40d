"""The cases of a process log in figures, as SQL over its executions.

Invariant: a case's time is from its first start or event to its last end, all hours are those of the working clock, and
what the log does not tell is no column here: without starts nothing is known of waiting, without people of hand-overs.
"""

from data.store.executions import Executions

OPTIONAL = {
    "work_hours": "started_at", "waiting_hours": "started_at", "handovers": "employee", "is_late": "sla_hours",
    "case_cost": "cost", "superfluous_cost": "cost",
}  # fmt: skip
"""Column that is there only where something is told → what that is."""

MONEY = frozenset({"case_cost", "superfluous_cost"})
"""Columns that hold money."""

ALWAYS = (
    "case_id", "first_step_at", "last_step_at", "events", "repeats", "superfluous", "throughput_hours", "has_repeats",
    "has_loop", "has_ping_pong",
)  # fmt: skip
"""Columns that every case has."""


def cases(log: Executions, kept: str = "") -> str:
    """The common tables `touched` and `cases`, to stand after the log's own. `kept`: SQL of further columns."""
    return f""",
    touched as not materialized (
      select case_id,
        sum(greatest(finished_clock - greatest(started_clock, coalesce(busy_until, started_clock)), 0)) as touched
      from (
        select case_id, started_clock, finished_clock, max(finished_clock) over (partition by case_id
          order by started_clock, finished_clock rows between unbounded preceding and 1 preceding) as busy_until
        from executions where started is not null)
      group by case_id),
    figures as not materialized (
      select case_id, min(coalesce(started, finished)) as first_step_at, max(finished) as last_step_at,
        count(*) as events, count_if(nth > 1) as repeats, count_if(wasted) as superfluous,
        max(finished_clock) - min(coalesce(started_clock, finished_clock)) as lasted,
        count_if(nth > 1) > 0 as has_repeats, coalesce(bool_or(before = activity), false) as has_loop,
        coalesce(bool_or(before_that = activity and before <> activity), false) as has_ping_pong{_told(log)}{kept}
      from executions group by case_id),
    cases as not materialized (
      select *, lasted / 3.6e9 as throughput_hours{_late(log)}{_waiting(log)} from figures{_touched(log)})"""


def columns_of_cases(log: Executions) -> tuple[str, ...]:
    """Names of the columns that such a log's cases have."""
    known = {
        "started_at": log.has_work, "employee": "employee" in log.held, "cost": log.has_costs,
        "sla_hours": log.settings.sla_hours is not None,
    }  # fmt: skip
    return (*ALWAYS, *(name for name, needs in OPTIONAL.items() if known[needs]))


def _told(log: Executions) -> str:
    handed = ", case when count(employee) > 0 then count(*) filter (where employee <> giver) end as handovers"
    costs = """, sum(cost) as case_cost,
        case when count_if(wasted) = 0 then 0 else sum(cost) filter (where wasted) end as superfluous_cost"""
    return (handed if "employee" in log.held else "") + (costs if log.has_costs else "")


def _late(log: Executions) -> str:
    sla = log.settings.sla_hours
    return "" if sla is None else f", lasted / 3.6e9 > {log.place(float(sla))} as is_late"


def _waiting(log: Executions) -> str:
    return ", touched / 3.6e9 as work_hours, (lasted - touched) / 3.6e9 as waiting_hours" if log.has_work else ""


def _touched(log: Executions) -> str:
    return " left join touched using (case_id)" if log.has_work else ""
