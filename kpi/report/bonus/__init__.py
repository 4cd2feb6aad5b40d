"""Bonus sheets as files: suffix → what writes them. Both show what the page shows; the workbook counts it again."""

from collections.abc import Callable, Mapping, Sequence

from kpi.bonus import Answer, Slip
from kpi.language import Language
from kpi.report.bonus.pdf import write_pdf
from kpi.report.bonus.workbook import write_workbook

Write = Callable[[Answer, Sequence[Slip], Language], bytes]
FORMATS: Mapping[str, Write] = {".pdf": write_pdf, ".xlsx": write_workbook}

__all__ = ["FORMATS", "Write", "write_pdf", "write_workbook"]
