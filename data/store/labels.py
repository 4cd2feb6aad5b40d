"""The name of the source a file comes from.

Invariant: versions of one sheet — another day in the name, a copy, «(1)» — have one label; `stem` keeps plain digits,
so that «branch 1» and «branch 2» can still be told apart when their rows disagree.
"""

import re
import unicodedata
from pathlib import PurePath

_MONTHS = (
    r"январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|октябр[ьяе]|"
    r"ноябр[ьяе]|декабр[ьяе]|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"янв|фев|мар|апр|июн|июл|авг|сен|сент|окт|ноя|дек|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_COPY = re.compile(r"\(\s*\d+\s*\)|\b(копия|copy|kopiya)\b(\s+(of|из))?")
_DATE = re.compile(
    r"(?<!\d)(\d{4}[-._ ]\d{1,2}([-._ ]\d{1,2})?|\d{1,2}[-._ ]\d{1,2}[-._ ](\d{4}|\d{2})|(19|20)\d{6}|(19|20)\d{2})"
    r"(?!\d)"
)
_MONTH = re.compile(rf"(?<![^\W\d_])({_MONTHS})(?![^\W\d_])")
_NOT_WORD = re.compile(r"[\W_]+")


def stem(file: str) -> str:
    """The file's name without its ending, dates, months and marks of a copy; digits stay."""
    name = unicodedata.normalize("NFC", PurePath(file.replace("\\", "/")).stem).casefold()
    name = _COPY.sub(" ", name.replace("_", " "))
    return _tidy(_MONTH.sub(" ", _DATE.sub(" ", name)))


def default_label(file: str, sheet: str | None = None) -> str:
    """The label of a file nobody named: its stem without digits; with the sheet where several hold one fact."""
    name = _tidy(re.sub(r"\d+", " ", stem(file))) or stem(file) or "file"
    return f"{name} · {_tidy(sheet.casefold())}" if sheet else name


def _tidy(text: str) -> str:
    return _NOT_WORD.sub(" ", text).strip()
