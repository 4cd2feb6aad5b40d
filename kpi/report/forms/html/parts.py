"""The parts of the file, one function each.

Invariant: a part that has nothing to say is empty; every text comes from `kpi.report.words`.
"""

from collections.abc import Callable, Sequence

from kpi.charts.palette import palette
from kpi.charts.sparkline import sparkline_svg
from kpi.language import Language
from kpi.markup import Html, joined, tag
from kpi.report import words as said
from kpi.report.forms.html.style import themed
from kpi.report.model import Line, Report

NUMBERS = ("value", "previous", "year")
"""Columns of figures."""


def head(report: Report, words: Language) -> Html:
    """Whom it is about, which period, the sentence."""
    waiting = said.incomplete(report, words)
    return tag(
        "header",
        tag("p", said.about(report, words), css="about"),
        tag("h1", f"{said.subject(report, words)}: {said.period(report, words)}"),
        tag("p", said.headline(report, words), css="headline"),
        *([tag("p", waiting, css="quiet")] if waiting else []),
    )


def scorecard(report: Report, words: Language, course: Callable[[Line], Html]) -> Html:
    """A row for each KPI; `course` draws its last periods."""
    if not report.lines:
        return Html()
    heads = said.heads(report, words)
    columns = {name: getattr(heads, name) for name in heads.__dataclass_fields__}
    names = [tag("th", text, scope="col", css="number" if name in NUMBERS else "") for name, text in columns.items()]
    rows = [tag("tr", *_cells(line, heads, words), tag("td", course(line), css="spark")) for line in report.lines]
    table = tag(
        "table", tag("thead", tag("tr", *names)), tag("tbody", *rows),
        css="scorecard",
    )  # fmt: skip
    return section(words.t("Scorecard"), tag("div", table, css="wide"))


def _cells(line: Line, heads: said.Heads, words: Language) -> Sequence[Html]:
    aim, quiet = said.aim(line, words), " noise" if line.moved is False or line.is_partial else ""
    status = line.status if line.value is not None else "no_target"
    return [
        tag("th", said.name(line.kpi, words), tag("small", said.behind(line, words)), scope="row"),
        tag("td", said.value(line, words), css="number value", title=said.exact(line, words)),
        tag("td", said.status(line, words), css=f"status {status}"),
        tag("td", said.target(line, words), *([tag("small", aim)] if aim else []), css="goal", data_head=heads.target),
        tag("td", said.delta(line, words), css=f"number{quiet}", data_head=heads.previous),
        tag("td", said.yearly(line, words), css=f"number{quiet}", data_head=heads.year),
    ]


def spark(line: Line) -> Html:
    """The last periods as a small drawing; nothing where there are no two values."""
    values = [point.value for point in line.course]
    if sum(value is not None for value in values) < 2:
        return Html()
    svg = sparkline_svg(values, [point.target for point in line.course], line.is_partial, "light")
    return Html(themed(svg.replace(f"var(--card, {palette('light').card})", "var(--background)")))


def changes(report: Report, words: Language) -> Html:
    """What changed and why, then what else stands out."""
    told = [
        tag("li", tag("b", first), *(tag("p", text) for text in rest))
        for first, *rest in (said.change(one, words) for one in report.changes)
    ]
    calm = said.calm(report, words)
    told += [tag("li", calm)] if calm else []
    seen = [said.signal(one, words) for one in report.signals]
    return joined([_listed(words.t("What changed and why"), told), _pairs(words.t("What stands out"), seen)])


def advice(report: Report, words: Language) -> Html:
    """What helps where a target was missed."""
    return _pairs(words.t("What helps"), said.advice(report, words))


def coming(report: Report, words: Language) -> Html:
    """The targets of the next period."""
    rows = [
        tag("tr", tag("th", name, scope="row"), tag("td", target)) for name, target in said.targets_ahead(report, words)
    ]
    table = tag("table", tag("tbody", *rows), css="targets")
    return section(said.next_title(report, words), table) if rows else Html()


def notes(report: Report, words: Language) -> Html:
    """What people said, what the reader must know, when it was made."""
    remarks = [
        tag("li", tag("b", about), tag("p", text, css="said"))
        for about, text in (said.remark(one, words) for one in report.remarks)
    ]
    known = [tag("li", note) for note in said.notes(report, words)]
    return joined([
        _listed(words.t("Comments"), remarks), _listed(words.t("Notes"), known, "notes"),
        tag("footer", tag("p", said.made(report, words), css="quiet")),
    ])  # fmt: skip


def _pairs(title: str, pairs: Sequence[tuple[str, str]]) -> Html:
    return _listed(title, [tag("li", tag("b", first), tag("p", second)) for first, second in pairs])


def _listed(title: str, items: Sequence[Html], css: str = "") -> Html:
    return section(title, tag("ul", *items, css=css)) if items else Html()


def section(title: str, *children: str) -> Html:
    """A part under its heading."""
    return tag("section", tag("h2", title), *children)
