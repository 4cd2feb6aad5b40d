"""What an import did, in plain sentences, and what it made possible."""

from collections.abc import Sequence

import streamlit as st

from data.model import Finding, IngestReport
from kpi.model import Kpi
from pages._ui import area, navigation, session
from pages._ui.escape import markdown
from pages._ui.markup import joined, quiet, section, tag
from pages._ui.session import View
from pages._ui.titles import fact_title

MOST = 12
"""Findings written out; the rest are counted."""

Unlocks = list[tuple[str, tuple[Kpi, ...]]]
"""Columns in words, and the KPIs that only they keep from being computed."""


def show(view: View, reports: Sequence[IngestReport]) -> None:
    """The reports of the last load, newly computable KPIs, and the one next step."""
    for report in reports:
        _one(view, report)
    if not reports:
        return
    before: set[str] = st.session_state.get("_computable_before", set())
    fresh = [kpi for kpi in session.computable(view) if kpi.id not in before]
    if fresh:
        titles = view.language.list(view.language.catalogue(kpi.title) for kpi in fresh)
        sentence = view.language.tn("{n} KPI can now be computed", "{n} KPIs can now be computed", len(fresh))
        st.success(f"**{markdown(sentence)}:** {markdown(titles)}.", icon=":material/check_circle:")
        navigation.link("overview", view.language.t("See the overview"), icon=":material/arrow_forward:")


def _one(view: View, report: IngestReport) -> None:
    with st.container(border=True):
        st.html(tag("div", section(report.source), *(tag("p", text) for text in sentences(view, report)), css="report"))
        told = [finding for finding in report.findings if finding.severity != "info"]
        if told:
            st.html(tag("div", *(tag("p", "▲ ", finding_text(view, one)) for one in told[:MOST]), css="report"))
        rest = [*told[MOST:], *(finding for finding in report.findings if finding.severity == "info")]
        if rest:
            with st.expander(view.language.t("What else was done")):
                st.html(joined(quiet(finding_text(view, finding)) for finding in rest))
        if report.rejected and report.import_id is not None:
            rejects(view, report.import_id, report.source, "report")


def finding_text(view: View, finding: Finding) -> str:
    """What was seen, with some of the cells it is about."""
    text = view.language.render(finding.message)
    if not finding.examples or finding.rule == "dialect":
        return text
    examples = view.language.t("For example: {examples}.", examples=", ".join(finding.examples))
    return f"{text} {examples}"


def sentences(view: View, report: IngestReport) -> list[str]:
    """Rows in = loaded + rejected + duplicates + superseded, each part said only when it is not nothing."""
    t, tn, n = view.language.t, view.language.tn, view.language.number
    title = fact_title(view, report.fact)
    said = [t("{fact}: {out} of {rows} rows were loaded.", fact=title, out=n(report.rows_out), rows=n(report.rows_in))]
    if report.fan_out:
        said.append(t("{rows} table rows became {records} records.", rows=report.fan_out[0], records=report.fan_out[1]))
    if report.duplicates:
        said.append(tn("{n} row was already there.", "{n} rows were already there.", report.duplicates))
    if report.superseded:
        said.append(
            tn("{n} row gave way to a newer version.", "{n} rows gave way to a newer version.", report.superseded)
        )
    if report.rejected:
        said.append(tn("{n} row was not loaded.", "{n} rows were not loaded.", report.rejected))
    if report.replaced:
        said.append(tn("{n} earlier row was replaced.", "{n} earlier rows were replaced.", report.replaced))
    if report.period:
        said.append(t("Period: {period}.", period=view.language.span(*report.period)))
    return said


def rejects(view: View, import_id: int, name: str, place: str) -> None:
    """A download of the rows that were not loaded, with their line and reason."""
    from pages._ui import download

    st.download_button(
        view.language.t("Download the rows not loaded"),
        lambda: download.csv(view.store.rejects(import_id), view.language),
        f"rejected_{import_id}.csv", "text/csv", key=f"rejects-{place}-{import_id}-{name}", on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def unlocks(view: View) -> tuple[Unlocks, Unlocks]:
    """(column in words, KPIs that only it keeps from being computed): of tables that are loaded, and of tables not
    loaded yet with their fewest columns; the most useful first."""
    columns: dict[tuple[tuple[str, str], ...], list[Kpi]] = {}
    tables: dict[tuple[tuple[str, str], ...], list[Kpi]] = {}
    for known in session.available(view).values():
        facts = {fact for fact, _ in known.missing}
        if len(facts) == 1 and not known.computable:
            here = _has_rows(view, facts.pop())
            (columns if here else tables).setdefault(known.missing, []).append(known.kpi)
    return _ranked(view, columns), _ranked(view, tables)


def _has_rows(view: View, fact: str) -> bool:
    relation = view.reader.relations().get(fact)
    return relation is not None and relation.rows > 0


def _ranked(view: View, found: dict[tuple[tuple[str, str], ...], list[Kpi]]) -> Unlocks:
    ranked = sorted(found.items(), key=lambda item: (len(item[0]), -len(item[1])))
    return [(area.needs(view, missing), tuple(kpis)) for missing, kpis in ranked]
