"""Before and after: what is in place now, the key KPIs then and now, what hinders fewer people."""

from kpi.audit import Comparison
from kpi.audit.comparing import Keys, Pains
from kpi.audit.words import CHANGES, CHECKS
from pages._ui.markup import Html, quiet, section, tag
from pages._ui.people import parts
from pages._ui.session import View


def show(view: View, found: Comparison) -> list[Html]:
    """What changed between two audits."""
    t, words = view.language.t, view.language
    days = (words.day(found.before.day, year=True), words.day(found.after.day, year=True))
    pieces = [section(t("Before and after"), " → ".join(days))]
    lines = [_line(view, check, "● ", "good") for _, check in found.won]
    lines += [_line(view, check, "▲ ", "missed") for _, check in found.lost]
    same = quiet(t("The same points are in place as then."))
    pieces.append(tag("div", *lines, css="won") if lines else same)
    if found.keys:
        head = (t("Key KPI"), t("Before"), t("Now"), t("Change"), t("Target now"))
        pieces.append(parts.figures(head, [_key(view, one) for one in found.keys if one.after.kpi in view.kpis]))
    if found.pains:
        names = (t("What hinders"), t("Before"), t("Now"), t("Change"))
        pieces.append(parts.figures(names, [_pain(view, one) for one in found.pains], frozenset({3})))
    return pieces


def _line(view: View, check: str, mark: str, css: str) -> Html:
    said = view.language.render(CHECKS[check].holds) if check in CHECKS else check
    return tag("p", tag("span", mark, css=css), said, css="finding")


def _key(view: View, one: Keys) -> tuple[str, ...]:
    words, kpi = view.language, view.kpis.get(one.after.kpi)
    reached = f"{words.mark(one.after.status)} {words.status(one.after.status)}"
    return (
        words.catalogue(kpi.title), words.value(one.before.value, kpi.unit), words.value(one.after.value, kpi.unit),
        words.delta(one.after.value, one.before.value, kpi.unit), reached,
    )  # fmt: skip


def _pain(view: View, one: Pains) -> tuple[str, ...]:
    words = view.language
    return (
        words.catalogue(one.after.text), words.value(one.before.share, "percent"),
        words.value(one.after.share, "percent"), words.render(CHANGES[one.change]),
    )  # fmt: skip
