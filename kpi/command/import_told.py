"""An IngestReport as text and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.model import Finding, IngestReport
from kpi.effect import Effect, Effects
from kpi.language import Language

_COUNTS = (
    "rows_in", "rows_out", "rejected", "duplicates", "superseded", "replaced", "new", "changed", "same", "repaired",
)  # fmt: skip


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


@dataclass(frozen=True)
class Told:
    """What a file became, or would become."""

    reports: tuple[IngestReport, ...]
    """One a table."""
    effects: Effects | None = None
    """What it does to the key KPIs; told of a dry run only."""
    dry_run: bool = False
    """Nothing was published."""

    def as_text(self, words: Language) -> str:
        """The reports, then the KPIs."""
        parts = [as_text(report, words, dry_run=self.dry_run) for report in self.reports]
        return "\n\n".join([*parts, *([_effects(self.effects, words)] if self.effects else [])])

    def as_dicts(self, words: Language) -> list[dict[str, Any]]:
        """A dict a report; those of a dry run hold the KPIs of the whole file."""
        kpis = (
            [{"kpi": e.kpi.id, "before": e.before, "after": e.after} for e in self.effects.kpis] if self.effects else []
        )
        return [as_dict(report, words) | ({"kpis": kpis} if self.dry_run else {}) for report in self.reports]


def _effects(found: Effects, words: Language) -> str:
    """«Revenue 1 000 ₽ → 1 200 ₽», one a line; those that stay as they are in one."""
    lines = [words.t("Key KPIs, {days}:", days=words.span(*found.days)) if found.days else words.t("Key KPIs:")]
    lines += [f"  {words.catalogue(one.kpi.title)}: {_values(one, words)}" for one in found.kpis if one.changes]
    if same := [words.catalogue(one.kpi.title) for one in found.kpis if not one.changes]:
        lines.append("  " + words.t("unchanged: {kpis}", kpis=words.list(same)))
    return "\n".join(lines)


def _values(effect: Effect, words: Language) -> str:
    return " → ".join(words.value(value, effect.kpi.unit) for value in (effect.before, effect.after))


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
    kinds = {
        words.t("new"): report.new,
        words.t("changed"): report.changed,
        words.t("already there"): report.same,
        words.t("repaired"): report.repaired,
    }
    for row in (counts, kinds):
        yield "  " + ", ".join(f"{name} {words.number(count)}" for name, count in row.items())
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
