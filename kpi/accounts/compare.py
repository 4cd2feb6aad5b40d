"""Members side by side: what came in, what came through, what it cost, and who is dearer than the others.

Invariant: a member is called better or worse only where chance does not explain its distance from all others together
over the days that both have, with all members of a rate judged at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from data.access.reader import Reader
from data.errors import UserError
from data.message import say
from kpi.accounts.asking import Table, advertisements, new_clients, orders, unattributed
from kpi.accounts.grid import Grid, grid, span, window
from kpi.accounts.member import clusters_of, members, pair_in, rounded
from kpi.accounts.model import PERIODS, Asked, Comparison, Difference, Member, Unknown, Verdict
from kpi.accounts.ratio import FEWEST, difference, reach
from kpi.accounts.steps import ADS, COSTS, ORDERS, RATES, SPEND, STEPS, VISITS, Rate, Step
from kpi.accounts.uniques import TOTAL, uniques
from kpi.signals.chance import discoveries, t_chance

SURE = 0.05
"""Share of false ones among the differences that are called."""
KNOWN = 0.5
"""Share of rows that must say what they cost before a cost is judged."""
DAYS = 30
"""Days of the month that money is told for."""


class NothingToCompare(UserError):
    """There are neither advertisements nor orders with an account, or none in these days."""

    def __init__(self, loaded: tuple[date, date] | None = None) -> None:
        if loaded is not None:
            first, last = loaded
            super().__init__(
                say("Nothing of these days is loaded."),
                hint=say("The data go from {first} to {last}.", first=first, last=last),
            )
            return
        super().__init__(
            say("There is nothing to compare yet."),
            hint=say("Load the statistics of your advertisements: impressions, views, contacts and spend."),
        )


def compare(reader: Reader, asked: Asked) -> Comparison:
    """The members of a slice. `NothingToCompare` where no relation knows any."""
    answers = {
        ADS: advertisements(reader, asked), ORDERS: orders(reader, asked), VISITS: new_clients(reader, asked),
    }  # fmt: skip
    tables = {name: answer for name, answer in answers.items() if isinstance(answer, Table)}
    if not tables:
        raise NothingToCompare
    since, until = span(asked, tables.get(ADS), list(tables.values()))
    if since > until or not any(len(table.frame) for table in tables.values()):
        raise NothingToCompare(span(Asked(), tables.get(ADS), list(tables.values())))
    both = window([tables.get(ADS), tables.get(ORDERS)], since, until)
    cells = grid(asked, list(tables.values()), since, until)
    asked_days = (asked.since or since, asked.until or until)
    whole = uniques(reader, replace(asked, since=None, until=None), *asked_days)
    found = [replace(one, uniques=whole.get(one.member, {})) for one in members(cells, both)]
    total = replace(members(cells.total(), both)[0], uniques=whole.get(TOTAL, {}))
    unknown = {name: answer for name, answer in answers.items() if isinstance(answer, Unknown)}
    return Comparison(
        asked, since, until, both, tuple(with_differences(cells, found, asked, both)), total,
        _unknown(reader, unknown, total), tables[VISITS].first if VISITS in tables else None,
        unattributed(reader, asked, since, until) if ORDERS in tables else None,
    )  # fmt: skip


def _lacking(reader: Reader, step: Step) -> Unknown:
    """Why a relation that is loaded does not tell a step."""
    return Unknown("hidden" if step.column in reader.relations()[step.relation].hidden else "column", step.column)


def _unknown(reader: Reader, relations: Mapping[str, Unknown], total: Member) -> dict[str, Unknown]:
    """Step → why it is not known."""
    found = {}
    for step in STEPS:
        if step.relation in relations:
            found[step.id] = relations[step.relation]
        elif total.counts[step.id] is None:
            found[step.id] = _lacking(reader, step)
    if ADS in relations:
        found["spend"] = relations[ADS]
    elif total.counts["spend"] is None:
        found["spend"] = _lacking(reader, SPEND)
    return found


def with_differences(
    cells: Grid, found: Sequence[Member], asked: Asked, both: tuple[date, date] | None
) -> list[Member]:
    """Every member with its distance from all others together, each rate's members judged at once."""
    told: list[dict[str, Difference]] = [{} for _ in found]
    for rate in RATES.values():
        for place, one in _differences(cells, found, rate, asked, both).items():
            told[place][rate.id] = one
    return [replace(member, differences=own) for member, own in zip(found, told, strict=True)]


def _differences(
    cells: Grid, found: Sequence[Member], rate: Rate, asked: Asked, both: tuple[date, date] | None
) -> dict[int, Difference]:
    """Row → its difference from all others together."""
    pair = pair_in(cells, rate, both)
    if pair is None or len(found) < 2:
        return {}
    above, below = (np.where(pair.counts, part, 0.0) for part in (pair.above, pair.below))
    days = pair.counts.sum(axis=0)
    common = np.broadcast_to(days > 0, above.shape) if asked.by in PERIODS else pair.counts & (days > pair.counts)
    clusters, weekly = clusters_of(cells).min(axis=0), asked.by not in PERIODS
    estimate, own, others = difference(above * rate.times, below, clusters, common, weekly=weekly)
    known = np.isfinite(estimate.value)
    sure = known & np.isfinite(estimate.error) & np.array([_is_judged(one, rate) for one in found])
    chances = [
        _chance(float(estimate.value[p]), float(estimate.error[p]), int(estimate.clusters[p]))
        for p in np.flatnonzero(sure)
    ]
    stand = dict(zip(np.flatnonzero(sure).tolist(), discoveries(chances, SURE), strict=True))
    chance_of = dict(zip(stand, chances, strict=True))
    result = {}
    for p in np.flatnonzero(known).tolist():
        value, error, n = float(estimate.value[p]), float(estimate.error[p]), int(estimate.clusters[p])
        apart = reach(n) * error if np.isfinite(error) else None
        units, length = float(np.where(common[p], below[p], 0.0).sum()), int(common[p].sum())
        money = value * units / rate.times / _length(cells, p, length, asked) * DAYS if rate in COSTS else None
        result[p] = Difference(
            rounded(float(own[p])), rounded(float(others[p])), None if apart is None else value - apart,
            None if apart is None else value + apart, chance_of.get(p, 1.0), length,
            _verdict(stand.get(p), value, rate), money,
        )  # fmt: skip
    return result


def _length(cells: Grid, place: int, common: int, asked: Asked) -> int:
    """Days over which a member counted what it counted."""
    return max(int((cells.of("n")[place] > 0).sum()) if asked.by in PERIODS else common, 1)


def _is_judged(member: Member, rate: Rate) -> bool:
    """Whether the member has days enough, and says what it cost."""
    own = member.rates.get(rate.id)
    known = member.spend_known >= KNOWN or "spend" not in (rate.above, rate.below)
    return own is not None and own.clusters >= FEWEST and known


def _chance(value: float, error: float, clusters: int) -> float:
    return t_chance(value / error, clusters - 1) if error > 0 else float(value == 0)


def _verdict(stands: bool | None, value: float, rate: Rate) -> Verdict:
    if stands is None:
        return "too_few"
    if not stands or value == 0:
        return "none"
    return "better" if (value > 0) == (rate.better == "higher") else "worse"
