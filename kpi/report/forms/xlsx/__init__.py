"""The report as a workbook: numbers are numbers, charts are the spreadsheet's own.

Invariant: every figure is one of the Report's in full precision, and no text of a person can become a formula.
"""

from kpi.report.forms.xlsx.writing import write

__all__ = ["write"]
