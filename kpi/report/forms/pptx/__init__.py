"""The report as slides: tables are tables, charts are PowerPoint's own and can be edited.

Invariant: every figure is one of the Report's; nothing reaches beyond its slide, however long names are.
"""

from kpi.report.forms.pptx.writing import write

__all__ = ["write"]
