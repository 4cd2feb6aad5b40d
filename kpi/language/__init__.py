"""The languages of the app: texts, numbers, units, dates."""

from kpi.language.language import LANGUAGES, Language, language
from kpi.language.numbers import MINUS, NBSP, NOTHING

__all__ = ["LANGUAGES", "MINUS", "NBSP", "NOTHING", "Language", "language"]
