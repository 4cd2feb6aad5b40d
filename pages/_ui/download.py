"""Tables that a person takes away.

Invariant: no cell of a file that leaves here is read as a formula by a spreadsheet.
"""

import pandas as pd

from data.store.taking import tables
from kpi.language import Language


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell and header made harmless; numbers and dates stay as they are."""
    cleaned = frame.rename(columns=lambda name: tables.safe(str(name)))
    for name in cleaned.columns:
        if not (pd.api.types.is_numeric_dtype(cleaned[name]) or pd.api.types.is_datetime64_any_dtype(cleaned[name])):
            cleaned[name] = cleaned[name].map(_cell)
    return cleaned


def csv(frame: pd.DataFrame, language: Language) -> bytes:
    """CSV as spreadsheet programs open it: in Russian with semicolons and decimal commas; UTF-8 with BOM."""
    russian = language.code == "ru"
    text = safe(frame).to_csv(index=False, sep=";" if russian else ",", decimal="," if russian else ".")
    return text.encode("utf-8-sig")


def _cell(value: object) -> object:
    return tables.safe(value) if isinstance(value, str) else value
