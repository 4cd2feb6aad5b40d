"""The KPIs of the process as tiles, each opening its own page.

Invariant: they are the catalogue's figures with their targets, for the same period and filters as the map; where they
cannot be told of the log that is shown, there are none.
"""

from pages._ui import address, board, cards, navigation, session
from pages._ui.markup import Html, tag
from pages._ui.process.asked import Asked

SHOWN = (
    "throughput_hours", "waiting_share", "superfluous_share", "superfluous_cost", "rework_case_share",
    "late_case_share",
)  # fmt: skip


def tiles(asked: Asked) -> list[Html]:
    """The tiles of what can be computed; of the orders' own moments nothing is a KPI."""
    if asked.source != "events":
        return []
    known = {kpi.id: kpi for kpi in session.computable(asked.view)}
    kpis = [known[name] for name in SHOWN if name in known]
    found = board.figures(asked.view, kpis, asked.chosen, history=False)
    shown = [
        cards.tile(asked.view, one, navigation.href(cards.page_of(one), address.link(kpi=one.kpi.id)), on=False)
        for one in found
        if one.value is not None
    ]
    return [tag("nav", *shown, css="tiles", aria_label=asked.view.language.t("KPI"))] if shown else []
