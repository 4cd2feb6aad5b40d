"""What a change does to the key KPIs: before → after.

Invariant: what stays as it is is counted, never listed; a value that is not there is «—», never 0.
"""

from kpi.effect import Effect, Effects
from pages._ui.markup import Html, joined, quiet, section, tag
from pages._ui.session import View


def shown(view: View, found: Effects | None) -> Html:
    """The key KPIs that change, and how many do not; nothing where there are none."""
    if found is None or not found.kpis:
        return Html()
    t, tn = view.language.t, view.language.tn
    changed = [one for one in found.kpis if one.changes]
    still = len(found.kpis) - len(changed)
    if not changed:
        return quiet(tn("The key KPI stays as it is.", "All {n} key KPIs stay as they are.", still))
    days = view.language.span(*found.days) if found.days else t("all days")
    rows = [tag("div", tag("span", view.language.catalogue(one.kpi.title)), *_values(view, one)) for one in changed]
    rest = [quiet(tn("{n} other stays as it is.", "{n} others stay as they are.", still))] if still else []
    return joined([section(t("Key KPIs before → after"), days), tag("div", *rows, css="effects"), *rest])


def _values(view: View, one: Effect) -> tuple[Html, Html, Html]:
    said, before, after, unit = view.language.value, one.before, one.after, one.kpi.unit
    exact = f"{said(before, unit, exact=True)} → {said(after, unit, exact=True)}"
    return (
        tag("span", said(before, unit), css="before"),
        tag("span", "→", css="arrow", aria_label=view.language.t("becomes")),
        tag("b", said(after, unit), title=exact),
    )
