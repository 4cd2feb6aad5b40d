"""What answers come to, and how sure it is."""

import math
import random

import pytest

from data.store.entries.surveys import KINDS
from kpi.language import language
from kpi.surveys import TEMPLATES, asked, intervals, pain_points, questions_of, template
from kpi.surveys.questions import ITEMS
from tests.unit.store.files import opened
from tests.unit.surveys.asked import answer, ask, tokens

RU, EN = language("ru"), language("en")


def test_every_kind_has_a_template_and_short_questions_in_both_languages() -> None:
    assert {of.kind for of in TEMPLATES} == set(KINDS)
    assert len(ITEMS) == sum(len(of.items) for of in TEMPLATES)
    for item in ITEMS.values():
        assert RU.render(item.text) != EN.render(item.text)
        assert max(len(RU.render(item.text)), len(EN.render(item.text))) <= 80


def test_a_suggestion_keeps_its_other_language_and_own_words_do_not_change() -> None:
    of = template("pulse")
    taken, own = questions_of(of, RU.render, [RU.render(of.items[0].text), "Своё {слово}"])
    assert EN.render(asked(taken)) == EN.render(of.items[0].text)
    assert EN.render(asked(own)) == RU.render(asked(own)) == "Своё {слово}"


def test_the_interval_of_a_difference_is_that_of_bonett_and_price() -> None:
    """p = (f + 1) / (n + 2): 8 and 3 of 20 give 9/22 − 4/22 ± 1.96 √((13/22 − (5/22)²) / 22)."""
    half = 1.959964 * math.sqrt((13 / 22 - (5 / 22) ** 2) / 22)
    low, high = intervals.of_difference(8, 3, 20)
    assert (low, high) == pytest.approx((100 * (5 / 22 - half), 100 * (5 / 22 + half)))
    low, high = intervals.of_difference(5, 0, 5)
    assert low < 100
    assert high == 100


def test_intervals_hold_what_they_promise() -> None:
    """Of eNPS and of means, drawn 1,500 times from a known team: nearly 95 of 100 hold the truth."""
    chance = random.Random(5)
    scores = [10, 10, 9, 9, 9, 8, 7, 7, 6, 3]
    truth_enps, truth_mean = 100 * (5 - 2) / 10, sum(scores) / 10
    held_enps = held_mean = 0
    for _ in range(1500):
        some = [chance.choice(scores) for _ in range(20)]
        low, high = intervals.of_difference(sum(s >= 9 for s in some), sum(s <= 6 for s in some), 20)
        held_enps += low <= truth_enps <= high
        ends = intervals.of_mean([float(s) for s in some], 0, 10)
        held_mean += ends is not None and ends[0] <= truth_mean <= ends[1]
    assert 0.92 <= held_enps / 1500 <= 0.985
    assert 0.90 <= held_mean / 1500 <= 0.985


def test_a_mean_of_equal_answers_has_no_interval() -> None:
    assert intervals.of_mean([7.0] * 9, 1, 7) is None
    assert intervals.of_mean([7.0], 1, 7) is None


def test_pain_points_are_those_of_the_latest_audit_that_tells_something(tmp_path: object) -> None:
    with opened(tmp_path) as store:  # type: ignore[arg-type]
        questions = questions_of(template("pain", "staff"), RU.render)
        surveys = store.entries.surveys
        assert pain_points(surveys) == ()
        old, new = (ask(store, "pain", questions=questions) for _ in range(2))
        for _ in range(6):
            answer(store, tokens(store, old)[0][0], 3, *[0] * 9)
        for _ in range(4):
            answer(store, tokens(store, new)[0][0], 0, 3, *[0] * 8)
        surveys.close(old)
        surveys.close(new)
        found = pain_points(surveys)
        assert {one.survey for one in found} == {old}
        assert (found[0].code, found[0].measure.value, found[0].measure.people) == ("staff_schedule", 100, 6)
        assert found[0].measure.low is not None
        assert found[0].theme is not None
        assert pain_points(surveys, "client") == ()
