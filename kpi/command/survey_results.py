"""Results of a survey as JSON for programs and as tables for people."""

from collections.abc import Iterator
from typing import Any

from kpi.command.answer import as_table
from kpi.language import Language
from kpi.surveys import Measure, Results
from kpi.surveys.results import hidden_words

NOTHING = "—"


def answer(found: Results, words: Language) -> dict[str, Any]:
    """The results with the keys programs rely on; what is not told is null or empty."""
    survey, why = found.told.survey, hidden_words(found.told)
    return {
        "survey": survey.id, "kind": survey.kind, "audience": survey.audience, "title": survey.title,
        "until": survey.last_day, "answers": found.told.people, "is_shown": why is None,
        "hidden": found.told.hidden, "why": words.render(why) if why else None, "kpi": found.kpi, "unit": found.unit,
        **_measured(found.measure),
        "groups": [
            {"group": dict([one.group]) if one.group else None, "answers": one.measure.people, **_measured(one.measure)}
            for one in found.groups
        ],
        "questions": [
            {
                "question": words.render(one.text), "code": one.question.code, **_measured(one.measure),
                "bands": [
                    {"name": words.render(band.name), "from": band.scores[0], "to": band.scores[1], "share": band.share}
                    for band in one.bands
                ],
            }
            for one in found.questions
        ],
        "comments": list(found.told.remarks),
    }  # fmt: skip


def tables(found: Results, words: Language) -> Iterator[str]:
    """The whole, the groups, the questions, the words."""
    if found.measure is None and not found.questions:
        yield words.t("Nobody has answered yet.")
        return
    head = (words.t("Value"), words.t("With 95% between"))
    if found.measure is not None:
        yield as_table(("", *head), [("", *_cells(found, found.measure, words))])
    if found.groups:
        rows = [
            (one.group[1] if one.group else words.t("all others"), str(one.measure.people),
             *_cells(found, one.measure, words))
            for one in found.groups
        ]  # fmt: skip
        yield as_table((words.t("Link"), words.t("Answers"), *head), rows, frozenset({1}))
    if len(found.questions) > 1:
        asked = [(words.render(one.text), *_cells(found, one.measure, words)) for one in found.questions]
        yield as_table((words.t("Question"), *head), asked)
    if found.told.remarks:
        yield "\n".join(f"· {remark}" for remark in found.told.remarks)


def _measured(measure: Measure | None) -> dict[str, Any]:
    if measure is None:
        return {"value": None, "low": None, "high": None}
    return {"value": measure.value, "low": measure.low, "high": measure.high}


def _cells(found: Results, measure: Measure, words: Language) -> tuple[str, str]:
    value = words.value(measure.value, found.unit)
    if measure.low is None or measure.high is None:
        return value, NOTHING
    return value, f"{words.value(measure.low, found.unit)} – {words.value(measure.high, found.unit)}"
