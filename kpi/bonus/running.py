"""What a running month will come to: the forecast of the people a scheme is for, as a factor on each one's sum so far.

Invariant: one forecast a KPI, never one a person: a person's own days are too few to tell a pattern by.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from data.access.reader import Reader
from kpi.bonus.scheme import Scheme
from kpi.catalogue import Catalogue
from kpi.compile.windows import month_end
from kpi.forecast.asking import Asker
from kpi.targets import TargetBook


def growth(
    reader: Reader, catalogue: Catalogue, book: TargetBook, schemes: Sequence[Scheme], last: date, today: date
) -> Mapping[str, float]:
    """KPI id → what its sum grows by until the month's end; without those no forecast can be made of.

    `last`: the first day of the last month asked for; only while the calendar is in it there is anything to foretell.
    """
    if month_end(last) < today:
        return {}
    groups = {tuple(sorted(scheme.who.items())) for scheme in schemes}
    asker = Asker(reader, catalogue, book, today, groups.pop() if len(groups) == 1 else ())
    found: dict[str, float] = {}
    for id_ in dict.fromkeys(kpi for scheme in schemes for kpi in scheme.kpis if catalogue.get(kpi).additive):
        told = asker.told(id_, "month").forecast
        if told is not None and told.span.since == last and told.fact > 0:
            found[id_] = told.expected / told.fact
    return found
