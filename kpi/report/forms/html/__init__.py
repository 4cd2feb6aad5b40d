"""The report as one HTML file that needs nothing else."""

from kpi.report.forms.html.page import write

__all__ = ["write"]
