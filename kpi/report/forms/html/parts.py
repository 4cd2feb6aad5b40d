"""The parts of the file, one function each; a part that has nothing to say is empty."""

from collections.abc import Sequence

from kpi.language import Language
from kpi.markup import Html, joined, tag
from kpi.report import words as said
from kpi.report.model import Line, Report


def head(report: Report, words: Language) -> Html:
    """Whom it is about, which period, the sentence."""
    waiting = said.incomplete(report, words)
    return tag(
        "header",
        tag("p", " · ".join([said.period(report, words), *said.filters(report, words)]), css="about"),
        tag("h1", said.subject(report, words)),
        tag("p", said.headline(report, words), css="headline"),
        *([tag("p", waiting, css="quiet")] if waiting else []),
    )


def scorecard(report: Report, words: Language) -> Html:
    """A row for each KPI."""
    if not report.lines:
        return Html()
    t = words.t
    names = (t("KPI"), t("Value"), t("Status"), t("Target"), said.before(report, words), t("vs a year ago"))
    rows = [tag("tr", *_cells(line, words)) for line in report.lines]
    table = tag("table", tag("thead", tag("tr", *(tag("th", name) for name in names))), tag("tbody", *rows))
    return _section(t("Scorecard"), tag("div", table, css="scroll"))


def _cells(line: Line, words: Language) -> Sequence[Html]:
    name = tag("th", said.name(line.kpi, words), tag("small", said.behind(line, words)), scope="row")
    aim = said.aim(line, words)
    return [
        name, tag("td", said.value(line, words), css="number", title=said.exact(line, words)),
        tag("td", said.status(line, words), css=f"status {line.status}"),
        tag("td", said.target(line, words), *([tag("small", aim)] if aim else [])),
        tag("td", said.delta(line, words), css="number"), tag("td", said.yearly(line, words), css="number"),
    ]  # fmt: skip


def changes(report: Report, words: Language) -> Html:
    """What changed and why, then what else stands out."""
    told = [
        tag("li", tag("b", first), *(tag("p", text) for text in rest))
        for first, *rest in (said.change(one, words) for one in report.changes)
    ]
    seen = [
        tag("li", tag("b", what), tag("p", text)) for what, text in (said.signal(one, words) for one in report.signals)
    ]
    return joined([_listed(words.t("What changed and why"), told), _listed(words.t("What stands out"), seen)])


def coming(report: Report, words: Language) -> Html:
    """The targets of the next period."""
    told = [(said.name(line.kpi, words), said.coming(line, words)) for line in report.lines]
    rows = [tag("tr", tag("th", name, scope="row"), tag("td", target)) for name, target in told if target]
    return _section(said.next_title(report, words), tag("table", tag("tbody", *rows))) if rows else Html()


def notes(report: Report, words: Language) -> Html:
    """What people said, what the reader must know, when it was made."""
    remarks = [
        tag("li", tag("b", about), tag("p", text))
        for about, text in (said.remark(one, words) for one in report.remarks)
    ]
    known = [tag("li", note) for note in said.notes(report, words)]
    return joined([
        _listed(words.t("Comments"), remarks), _listed(words.t("Notes"), known),
        tag("footer", tag("p", said.made(report, words), css="quiet")),
    ])  # fmt: skip


def _listed(title: str, items: Sequence[Html]) -> Html:
    return _section(title, tag("ul", *items)) if items else Html()


def _section(title: str, *children: str) -> Html:
    return tag("section", tag("h2", title), *children)
