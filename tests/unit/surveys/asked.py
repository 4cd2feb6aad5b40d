"""Surveys made and answered in tests, as the form does it."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from data.store.entries.surveys import NewSurvey, Question
from data.store.store import Store

UNTIL = date(2026, 11, 30)
RECOMMEND = Question("enps", "Recommend?", 0, 10)


def ask(store: Store, kind: str = "enps", audience: str = "staff", **more: Any) -> int:
    questions = more.pop("questions", (RECOMMEND,))
    until = more.pop("until", UNTIL if audience == "staff" else None)
    new = NewSurvey(kind, audience, more.pop("title", "Autumn"), questions, until, **more)  # type: ignore[arg-type]
    return store.entries.surveys.add(new)


def tokens(store: Store, number: int) -> list[tuple[str, ...]]:
    """Per link of the survey its tokens."""
    surveys = store.entries.surveys
    return [surveys.tokens(link) for link in surveys.links(number)]


def answer(store: Store, token: str, *scores: int, comment: str = "", sheet: str | None = None) -> str:
    answers = store.entries.surveys.answers
    door = answers.door(token)
    assert door is not None
    return answers.give(door, sheet or secrets.token_hex(16), scores, comment)


def answer_all(store: Store, token: str, scores: Sequence[int]) -> None:
    for score in scores:
        assert answer(store, token, score) == "taken"
