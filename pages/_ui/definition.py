"""A KPI in plain words: question, computation, target and its source."""

from kpi.model import Kpi
from pages._ui import phrases
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

NOTHING = Html()


def entry(view: View, kpi: Kpi, state: Html = NOTHING) -> Html:
    """The KPI as an HTML block; `state` says whether it can be computed here."""
    words = view.language
    t, said = words.t, words.catalogue
    lines = [
        tag("h3", said(kpi.title)),
        *([tag("p", said(kpi.question))] if kpi.question else []),
        quiet(t("How it is computed"), ": ", tag("code", kpi.written or kpi.definition)),
        quiet(_target(view, kpi)),
    ]
    if kpi.source:
        lines.append(quiet(t("Source of the definition"), ": ", said(kpi.source)))
    if kpi.min_rows:
        lines.append(quiet(words.tn("Judged from {n} row.", "Judged from {n} rows.", kpi.min_rows)))
    if kpi.advice:
        lines.append(quiet(t("When it is red"), ": ", said(kpi.advice)))
    return tag("div", *lines, state, css="entry")


def _target(view: View, kpi: Kpi) -> str:
    t = view.language.t
    default = view.targets.default(kpi)
    if default is None:
        return t("Target: set your own.")
    source = view.language.catalogue(default.source) if default.source else ""
    text = phrases.default_target(view, kpi, default)
    if source:
        return t("Target: {target} ({source})", target=text, source=source)
    return t("Target: {target}", target=text)
