"""Columns that follow from others: revenue, the scale and audience of a survey; and answers of staff stay nameless.

Invariant: a column that is mapped is never derived over, and what is derived is said in a finding.
"""

from collections.abc import Iterator, Mapping

from data.message import say
from data.model import Fact, Finding

SCALES: Mapping[str, tuple[int, int]] = {"nps": (0, 10), "enps": (0, 10), "csat": (1, 5), "ces": (1, 7), "q12": (1, 5)}
"""Kind of survey → its scale."""
AUDIENCES: Mapping[str, str] = {"nps": "client", "csat": "client", "ces": "client", "enps": "staff", "q12": "staff"}
"""Kind of survey → whom it is asked of."""


def derive(fact: Fact, values: Mapping[str, str]) -> dict[str, str]:
    """Column → SQL, the derived columns added to those that were read."""
    if fact.name == "orders":
        return {**values, **_revenue(values)}
    if fact.name == "surveys":
        return _nameless({**values, **_scale(values)})
    return dict(values)


def remarks_on_derived(read: frozenset[str], columns: tuple[str, ...], rows: int) -> Iterator[Finding]:
    """What was derived: columns that are there but were not read."""
    made = set(columns) - read
    if "revenue" in made:
        message = say("Revenue was computed: the price before discount less the discount.")
        yield Finding("clean", "info", None, "revenue_from_gross", rows, (), message)
    if "scale_max" in made:
        message = say("The scale of the answers is that of their kind of survey.")
        yield Finding("clean", "info", None, "scale_from_survey", rows, (), message)


def _revenue(values: Mapping[str, str]) -> dict[str, str]:
    if "gross" not in values or "revenue" in values:
        return {}
    return {"revenue": f"cast({values['gross']} - coalesce({values.get('discount', '0')}, 0) as decimal(18,4))"}


def _scale(values: Mapping[str, str]) -> dict[str, str]:
    if "survey" not in values:
        return {}
    kind = values["survey"]
    made = {
        "scale_min": _by_kind(kind, {name: f"{low}::double" for name, (low, _) in SCALES.items()}),
        "scale_max": _by_kind(kind, {name: f"{high}::double" for name, (_, high) in SCALES.items()}),
        "audience": _by_kind(kind, {name: f"'{who}'" for name, who in AUDIENCES.items()}),
    }
    return {name: value for name, value in made.items() if name not in values}


def _by_kind(kind: str, answers: Mapping[str, str]) -> str:
    return f"case {kind} {' '.join(f'when {name!r} then {value}' for name, value in answers.items())} end"


def _nameless(values: dict[str, str]) -> dict[str, str]:
    """An answer of staff never carries who gave it."""
    if "employee" in values and "audience" in values:
        values["employee"] = f"case when {values['audience']} = 'staff' then null else {values['employee']} end"
    return values
