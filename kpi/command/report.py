"""An IngestReport as text and as JSON."""

from collections.abc import Iterator
from typing import Any

from data.model import Finding, IngestReport
from kpi.language import Language

_COUNTS = ("rows_in", "rows_out", "rejected", "duplicates", "superseded", "replaced")


def as_dict(report: IngestReport, words: Language) -> dict[str, Any]:
    """All of it, sentences in the language of the answers."""
    return {
        "source": report.source,
        "fact": report.fact,
        "import_id": report.import_id,
        **{name: getattr(report, name) for name in _COUNTS},
        "mapping": dict(report.mapping),
        "steps": report.steps,
        "findings": [_finding(finding, words) for finding in report.findings],
        "period": report.period,
        "fan_out": report.fan_out,
    }


def as_text(report: IngestReport, words: Language, *, dry_run: bool) -> str:
    """What it became, counted, then what was seen."""
    return "\n".join(_lines(report, words, dry_run))


def _lines(report: IngestReport, words: Language, dry_run: bool) -> Iterator[str]:
    done = words.t("would be published") if dry_run else words.t("import {id}", id=report.import_id)
    yield f"{report.source} → {report.fact} ({done})"
    counts = {
        words.t("rows in the file"): report.rows_in,
        words.t("published"): report.rows_out,
        words.t("rejected"): report.rejected,
        words.t("duplicates"): report.duplicates,
        words.t("superseded"): report.superseded,
        words.t("replaced"): report.replaced,
    }
    yield "  " + ", ".join(f"{name} {words.number(count)}" for name, count in counts.items())
    if report.period:
        yield f"  {words.span(*report.period)}"
    for target, source in report.mapping.items():
        yield f"    {target} ← {source}"
    for finding in report.findings:
        yield f"  {_MARKS[finding.severity]} {words.render(finding.message)}"


_MARKS = {"info": "·", "warning": "!", "rejected": "✗"}


def _finding(finding: Finding, words: Language) -> dict[str, Any]:
    return {
        "step": finding.step,
        "severity": finding.severity,
        "column": finding.column,
        "rule": finding.rule,
        "count": finding.count,
        "examples": finding.examples,
        "message": words.render(finding.message),
    }
