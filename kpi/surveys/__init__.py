"""Surveys of one's own: what is asked in which words, and what the answers come to.

`pain_points(store.entries.surveys)` gives what hinders staff and clients most, as the latest audits told it.
"""

from kpi.surveys.pains import PainPoint, pain_points
from kpi.surveys.results import Band, Group, Measure, OneQuestion, Results, results
from kpi.surveys.templates import TEMPLATES, Template, asked, questions_of, template, words_of

__all__ = [
    "TEMPLATES",
    "Band",
    "Group",
    "Measure",
    "OneQuestion",
    "PainPoint",
    "Results",
    "Template",
    "asked",
    "pain_points",
    "questions_of",
    "results",
    "template",
    "words_of",
]
