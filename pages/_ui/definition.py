"""A KPI in plain words: question, computation, target and its source."""

from data.errors import ExpressionError
from kpi.custom.binding import bind
from kpi.custom.preview import known_in
from kpi.custom.speaking import spoken
from kpi.figures import phrases
from kpi.model import Kpi
from pages._ui import session
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
        quiet(t("How it is computed"), ": ", tag("code", kpi.written or _formula(view, kpi))),
        quiet(_target(view, kpi)),
    ]
    if kpi.source:
        lines.append(quiet(t("Source of the definition"), ": ", said(kpi.source)))
    if kpi.min_rows:
        lines.append(quiet(words.tn("Judged from {n} row.", "Judged from {n} rows.", kpi.min_rows)))
    if kpi.advice:
        lines.append(quiet(t("When it is red"), ": ", said(kpi.advice)))
    return tag("div", *lines, state, css="entry")


def _formula(view: View, kpi: Kpi) -> str:
    """The definition as it could be written in the person's language."""

    def said() -> str:
        what = known_in(view.store)
        try:
            return spoken(bind(kpi.definition, what), what, view.language)
        except ExpressionError:
            return kpi.definition

    return session.kept(view, ("formula", kpi.id, view.language.code), said)


def _target(view: View, kpi: Kpi) -> str:
    t = view.language.t
    default = view.targets.default(kpi)
    if default is None:
        return t("Target: set your own.")
    source = view.language.catalogue(default.source) if default.source else ""
    text = phrases.default_target(view.language, kpi, default)
    if source:
        return t("Target: {target} ({source})", target=text, source=source)
    return t("Target: {target}", target=text)
