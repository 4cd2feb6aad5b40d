"""What hinders staff and clients: from the surveys of one's own, else from answers in spreadsheets.

Invariant: a figure is the share of those asked whom something hinders noticeably (the upper half of the scale), over
five people or more: of answers in spreadsheets the evaluator sees to it.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data.access.reader import Reader
from data.store.store import Store
from kpi.audit.model import Pain
from kpi.catalogue import Catalogue
from kpi.compile.windows import step
from kpi.evaluate import availability, evaluate
from kpi.model import Kpi, Query
from kpi.surveys import pain_points
from kpi.targets import TargetBook

AUDIENCES = ("staff", "client")
MONTHS = 6
"""Calendar months of answers that count, the running one included: what staff answer in a month is never cut apart."""


def since(day: date) -> date:
    """The first day whose answers count."""
    return step(day.replace(day=1), "month", 1 - MONTHS)


def pains(store: Store, reader: Reader, catalogue: Catalogue, day: date) -> tuple[Pain, ...]:
    """What hinders, of each audience the worst first; answers in spreadsheets of the last half year."""
    told = [
        Pain(
            one.audience, one.theme.text if one.theme else "", one.text.text, one.measure.value, one.measure.low,
            one.measure.high, one.measure.people,
        )
        for one in pain_points(store.entries.surveys)
    ]  # fmt: skip
    asked = {pain.audience for pain in told}
    rest = [audience for audience in AUDIENCES if audience not in asked]
    return (*told, *(pain for audience in rest for pain in loaded(reader, catalogue, audience, day)))


def loaded(reader: Reader, catalogue: Catalogue, audience: str, day: date) -> Iterator[Pain]:
    """By question, from answers that were loaded from files."""
    kpi = Kpi(
        f"pain_{audience}", "", "", "", "team", "percent", "lower",
        f"share((score - scale_min) * 2 >= scale_max - scale_min, survey = 'pain' and audience = '{audience}')",
        "value", "surveys",
    )  # fmt: skip
    alone = replace(catalogue, kpis={kpi.id: kpi})
    if not availability(reader.relations(), alone)[kpi.id].computable:
        return
    asked = Query((kpi.id,), since(day), day, by="question", compare=())
    frame = evaluate(reader, alone, asked, TargetBook()).frame
    rows = frame[~frame["is_total"].astype(bool) & frame["slice"].notna()]
    for row in rows.sort_values(["value", "slice"], ascending=[False, True]).to_dict("records"):
        if math.isfinite(row["value"]):
            yield Pain(audience, "", row["slice"], float(row["value"]), row["low"], row["high"], int(row["used"]))
