"""The report on paper: A4 with the app's own letters, charts as vectors."""

from kpi.report.forms.pdf.document import write

__all__ = ["write"]
