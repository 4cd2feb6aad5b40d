"""What hinders staff and clients: from the surveys of one's own, else from answers in spreadsheets.

Invariant: a figure stands for five people or more; of answers in spreadsheets the evaluator sees to it.
"""

import math
from dataclasses import replace

from data.access.reader import Reader
from data.store.store import Store
from kpi.audit.model import Pain
from kpi.catalogue import Catalogue
from kpi.evaluate import availability, evaluate
from kpi.model import Kpi, Query
from kpi.surveys import pain_points
from kpi.targets import TargetBook

_LOADED = Kpi(
    "pain_points", "", "", "", "team", "percent", "lower",
    "100 * average((score - scale_min) / (scale_max - scale_min), survey = 'pain')", "value", "surveys", internal=True,
)  # fmt: skip
"""How far up the scale the answers about one thing are."""


def pains(store: Store, reader: Reader, catalogue: Catalogue) -> tuple[Pain, ...]:
    """What hinders, the worst of each audience first."""
    told = tuple(
        Pain(
            one.audience, one.theme.text if one.theme else "", one.text.text, one.measure.value, one.measure.low,
            one.measure.high, one.measure.people,
        )
        for one in pain_points(store.entries.surveys)
    )  # fmt: skip
    return told or _loaded(reader, catalogue)


def _loaded(reader: Reader, catalogue: Catalogue) -> tuple[Pain, ...]:
    """By question, where answers of such a survey were loaded."""
    own = replace(catalogue, kpis={**catalogue.kpis, _LOADED.id: _LOADED})
    relation = reader.relations().get("surveys")
    if relation is None or not {"survey", "score", "question"} <= relation.columns:
        return ()
    if _LOADED.id in own and not _computable(reader, own):
        return ()
    frame = evaluate(reader, own, Query((_LOADED.id,), by="question", compare=()), TargetBook()).frame
    rows = frame[~frame["is_total"].astype(bool) & frame["slice"].notna()].sort_values("value", ascending=False)
    return tuple(
        Pain("staff", "", row["slice"], float(row["value"]), None, None, int(row["used"]))
        for row in rows.to_dict("records")
        if math.isfinite(row["value"])
    )


def _computable(reader: Reader, catalogue: Catalogue) -> bool:
    seen = replace(catalogue, kpis={_LOADED.id: replace(_LOADED, internal=False)})
    return availability(reader.relations(), seen)[_LOADED.id].computable
