"""The catalogue as a page of the documentation: docs/kpis.md, made by `python -m kpi.catalogue.page`.

Invariant: the page says nothing that the catalogue does not say, so it cannot be out of date; a test keeps them equal.
"""

from collections.abc import Iterator
from pathlib import Path

from kpi.catalogue.collection import Catalogue
from kpi.catalogue.loader import catalogue
from kpi.model import Bounds, Kpi

PAGE = Path(__file__).parents[2] / "docs" / "kpis.md"
"""Where the page lies."""
AREAS = {
    "quality": "Quality", "operations": "Operations", "finance": "Finance", "team": "Team", "marketing": "Marketing",
    "hiring": "Hiring", "process": "Process",
}  # fmt: skip
"""Area → its heading."""
BETTER = {"higher": "↑ higher is better", "lower": "↓ lower is better", "band": "↔ neither too low nor too high"}
"""Direction → how the page says it."""
UNITS = {
    "percent": "percent, 0–100", "points": "points, −100…100", "money": "money", "hours": "hours", "minutes": "minutes",
    "seconds": "seconds", "days": "days", "months": "months", "count": "a number", "score": "a mark",
    "per_person": "per person",
}  # fmt: skip
"""Unit → how the page says it."""
HEAD = """# KPIs

Made from `kpi/catalogue/*.toml` by `python -m kpi.catalogue.page`: change it there. An id is the KPI's name on the
command line, in links, exports and custom formulas. Definitions are written in the words of `kpi/formula`: an empty
cell is unknown and leaves numerator and denominator, and a division by nothing has no value. Below its least number of
rows a value gets no status.
"""


def page(kpis: Catalogue) -> str:
    """The page's text, in English."""
    return "\n".join([HEAD, *_contents(kpis), *(line for area in kpis.areas() for line in _area(kpis, area))])


def _contents(kpis: Catalogue) -> Iterator[str]:
    for area in kpis.areas():
        yield f"- **{AREAS[area]}**: " + " · ".join(f"[{kpi.title}](#{kpi.id})" for kpi in kpis.area(area))
    yield "- [Parts](#parts)\n"


def _area(kpis: Catalogue, area: str) -> Iterator[str]:
    yield f"## {AREAS[area]}\n"
    for kpi in kpis.visible():
        if kpi.area == area:
            yield _entry(kpi)
    if area == kpis.areas()[-1]:
        yield "## Parts\n\nOnly other KPIs are made of these.\n"
        yield "| id | what it is | definition |\n|---|---|---|"
        yield from (f"| `{kpi.id}` | {kpi.title} | {_definition(kpi)} |" for kpi in kpis if kpi.internal)
        yield ""


def _entry(kpi: Kpi) -> str:
    lines = [
        f'### <a id="{kpi.id}"></a>{kpi.title} · `{kpi.id}`\n',
        f"{kpi.question}\n",
        f"- {BETTER[kpi.better]}; {UNITS[kpi.unit]}",
        f"- Definition: {_definition(kpi)}",
        *([f"- {kpi.note}"] if kpi.note else []),
        *([f"- Made of: `{kpi.drivers}`"] if kpi.drivers else []),
        f"- Target: {_target(kpi)}",
        *([f"- Status from {kpi.min_rows} rows on"] if kpi.min_rows else []),
        *([f"- No status in the first {kpi.warmup_days} days after the first loaded row"] if kpi.warmup_days else []),
        *([f"- First looked at by: {', '.join(kpi.slice_by)}"] if kpi.slice_by else []),
        *([f"- Watch beside it: {', '.join(f'`{one.kpi}`' for one in kpi.counter)}"] if kpi.counter else []),
        f"- Where it comes from: {kpi.source}",
        f"- When it is red: {kpi.advice}\n",
    ]
    return "\n".join(lines)


def _definition(kpi: Kpi) -> str:
    if kpi.kind != "value":
        return f"`{kpi.definition}`"
    placed = f", placed by `{kpi.time}`" if kpi.time else ""
    window = {"period": "", "period_end": ", on the period's last day", "trailing_12_months": ", in the last 12 months"}
    return f"`{kpi.definition}` over `{kpi.relation}`{placed}{window[kpi.window]}"


def _target(kpi: Kpi) -> str:
    if kpi.target is None:
        return "set your own"
    solo = f" ({_bounds(kpi.target_solo)} where one person works)" if kpi.target_solo else ""
    return f"{_bounds(kpi.target)}{solo}. {kpi.target_source}"


def _bounds(bounds: Bounds) -> str:
    if bounds.good_low is not None and bounds.good_high is not None:
        return f"{bounds.good_low:g}–{bounds.good_high:g}"
    sign, good, acceptable = (
        ("≤", bounds.good_high, bounds.ok_high) if bounds.good_low is None else ("≥", bounds.good_low, bounds.ok_low)
    )
    return f"{sign} {good:g}" + (f", acceptable {sign} {acceptable:g}" if acceptable is not None else "")


if __name__ == "__main__":
    PAGE.write_text(page(catalogue()), "utf-8")
