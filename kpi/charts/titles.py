"""What stands above a chart: the title says what is seen, the subtitle the unit and the target.

Invariant: titles are wrapped, never cut.
"""

from kpi.charts.words import one_line, wrap
from kpi.language import Language
from kpi.model import Bounds, Grain, Kpi

LINE = 40
"""Letters of a title's line: what fits 350 pixels."""


def trend_title(kpi: Kpi, grain: Grain, language: Language, dimension: str = "") -> list[str]:
    """«Переделки по месяцам», with the dimension where there are several series."""
    name = language.catalogue(kpi.title)
    by = {
        "day": language.t("{kpi} by day", kpi=name),
        "week": language.t("{kpi} by week", kpi=name),
        "month": language.t("{kpi} by month", kpi=name),
        "quarter": language.t("{kpi} by quarter", kpi=name),
        "year": language.t("{kpi} by year", kpi=name),
    }.get(grain, name)
    return wrap(f"{by} · {one_line(dimension)}" if dimension else by, LINE, 2)


def breakdown_title(kpi: Kpi, dimension: str, period: str, language: Language) -> list[str]:
    """«Переделки: мастер, октябрь 2026»."""
    name = language.catalogue(kpi.title)
    by = one_line(dimension[:1].lower() + dimension[1:])
    return wrap(language.t("{kpi} by {dimension}, {period}", kpi=name, dimension=by, period=period), LINE, 2)


def subtitle(kpi: Kpi, bounds: Bounds, language: Language, note: str = "") -> list[str]:
    """«%, цель не больше 5 %»; a note has a line of its own: on a phone both would not fit in one."""
    target = language.target(bounds.good_low, bounds.good_high, kpi.unit)
    parts = [language.unit(kpi.unit), language.t("target {target}", target=target) if target else ""]
    lines = wrap(", ".join(part for part in parts if part), LINE + 16, 2)
    return [*filter(None, lines), note] if note else lines
