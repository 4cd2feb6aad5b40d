"""A workbook with one of its parts changed: what a careless or a hostile program would have written."""

import zipfile
from collections.abc import Callable
from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"


def rewritten(good: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the workbook with one part changed."""
    path = good.with_name("hostile.xlsx")
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == part else content)
    return path
