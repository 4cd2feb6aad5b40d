"""What a person learned, and what clients said of them."""

from collections.abc import Sequence

from kpi.people.feedback import Review, reviews
from kpi.people.learning import Course, courses
from kpi.people.scorecard import Scorecard
from pages._ui import markup, session
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

MOST = 5
"""Courses and reviews shown."""


def of_person(view: View, card: Scorecard) -> list[Html]:
    """Courses and reviews, the newest first."""
    name, t = card.person.name, view.language.t
    learned = session.kept(view, ("courses", name), lambda: courses(view.reader, name))
    told = session.kept(view, ("reviews", name), lambda: reviews(view.reader, name, MOST))
    found = []
    if learned:
        hours = sum(course.hours or 0 for course in learned)
        note = view.language.tn("{n} course", "{n} courses", len(learned))
        note += f" · {view.language.value(hours, 'hours')}" if hours else ""
        found += [markup.section(t("Training"), note), _courses(view, learned[:MOST])]
    if told:
        found += [markup.section(t("What clients say"), t("the latest with words")), *(_review(view, r) for r in told)]
    return [tag("div", *found, css="apart growth")] if found else []


def _courses(view: View, learned: Sequence[Course]) -> Html:
    return tag("div", *(_course(view, course) for course in learned), css="courses")


def _course(view: View, course: Course) -> Html:
    """One line: the course, when, how long, and how it went."""
    t, words = view.language.t, view.language
    told = [words.day(course.day, year=True)]
    told += [words.value(course.hours, "hours")] if course.hours else []
    told += [t("score {score}", score=course.score)] if course.score is not None else []
    went, css = {True: (t("passed"), "good"), False: (t("not passed"), "missed"), None: ("", "")}[course.passed]
    mark = {"good": "● ", "missed": "▲ ", "": ""}[css]
    result = tag("span", mark, went, css=css)
    return tag("p", tag("b", course.title or t("a course without a name")), quiet_line(told), result)


def quiet_line(told: Sequence[str]) -> Html:
    """Small things in one line."""
    return tag("small", " · ".join(told))


def _review(view: View, review: Review) -> Html:
    stars = "" if review.rating is None else f"{'★' * round(review.rating)}{'☆' * (5 - round(review.rating))} "
    said = quiet(stars, view.language.day(review.day, year=True))
    return tag("blockquote", tag("p", review.text), said, css="review")
