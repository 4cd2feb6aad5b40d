"""Surveys of one's own, their links, and the answers people gave on their phones.

Invariant: what one of the staff answered is kept without a day, a time, an address or the invitation it came by; it is
given out only after the survey is over, and only of five people or more.
"""

from data.store.entries.surveys.answers import Answer, Door, Given, Told
from data.store.entries.surveys.model import AUDIENCES, GROUPS, KINDS, Audience, Kind, Link, NewSurvey, Question, Survey
from data.store.entries.surveys.surveys import Surveys

__all__ = [
    "AUDIENCES",
    "GROUPS",
    "KINDS",
    "Answer",
    "Audience",
    "Door",
    "Given",
    "Kind",
    "Link",
    "NewSurvey",
    "Question",
    "Survey",
    "Surveys",
    "Told",
]
