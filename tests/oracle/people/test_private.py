"""A personal link: everything is asked with its scope, and nothing of anybody else comes back."""

import math
from collections.abc import Iterator, Sequence

import pandas as pd
import pytest

from data.access import visitor
from data.access.reader import Reader
from data.errors import NotAllowed
from data.model import DIMENSIONS, Scope
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import availability, evaluate, leaves_of, rows_behind
from kpi.model import GRAINS, Grain, Query, Target
from kpi.people.asking import Asking
from kpi.people.feedback import reviews
from kpi.people.learning import courses
from kpi.people.roster import roster
from kpi.targets import TargetBook, of_scope
from tests.oracle.people.crew import FEBRUARY
from tests.oracle.plain import TODAY

ANNA = visitor.personal("Anna")
ASKED = (*DIMENSIONS, "booked_by", "weekday", "standard", "course", "question", "kind", "city", "title")


def others(store: Store) -> set[str]:
    """Everybody's name but Anna's."""
    reader = Reader(store)
    names = {*reader.members("employee"), *reader.members("booked_by")} - {"Anna"}
    assert len(names) > 2
    return names


def told(frame: pd.DataFrame) -> set[str]:
    """Every text of an answer."""
    return {cell for column in frame for cell in frame[column].tolist() if isinstance(cell, str)}


def computable(reader: Reader) -> tuple[str, ...]:
    return tuple(id_ for id_, known in availability(reader.relations(), catalogue()).items() if known.computable)


def answers(reader: Reader, grains: Sequence[Grain]) -> Iterator[pd.DataFrame]:
    """Every KPI, by every dimension, in periods of these lengths."""
    ids = computable(reader)
    for grain in grains:
        for by in (None, *ASKED):
            if by is None or any(relation.tells(by) or by == "weekday" for relation in reader.relations().values()):
                yield evaluate(reader, catalogue(), Query(ids, grain=grain, by=by), TargetBook()).frame


@pytest.mark.parametrize("grains", [("total",), pytest.param(GRAINS, marks=pytest.mark.slow)])
def test_no_answer_names_anybody_else(store: Store, grains: Sequence[Grain]) -> None:
    names, reader = others(store), Reader(store, ANNA)
    found = [told(frame) for frame in answers(reader, grains)]
    assert len(found) > 10
    assert not set().union(*found) & names


def test_every_value_is_the_person_s_own(store: Store) -> None:
    reader, ids = Reader(store, ANNA), computable(Reader(store, ANNA))
    asked = Query(ids, FEBRUARY, TODAY, "month", "employee", compare=())
    wide = evaluate(Reader(store), catalogue(), asked, TargetBook()).frame
    whole = evaluate(reader, catalogue(), Query(ids, FEBRUARY, TODAY, "month", compare=()), TargetBook()).frame
    own = {(row["kpi"], row["period"]): row["value"] for row in wide[wide["slice"] == "Anna"].to_dict("records")}
    seen = {(row["kpi"], row["period"]): row["value"] for row in whole.to_dict("records")}
    known = {key: value for key, value in seen.items() if key in own and not math.isnan(value)}
    assert len(known) > 30
    assert known == pytest.approx({key: own[key] for key in known}, nan_ok=True)


def test_rows_behind_a_number_are_the_person_s_own(store: Store) -> None:
    names, reader, relations = others(store), Reader(store, ANNA), set()
    for id_ in computable(reader):
        for leaf in leaves_of(reader, catalogue(), id_):
            for by in (None, "employee"):
                try:
                    behind = rows_behind(reader, leaf, Query((id_,), by=by))
                except NotAllowed:
                    continue  # answers of staff
                assert not told(behind.frame) & names, leaf.id
                relations.add((behind.relation, behind.total > 0))
    assert ("orders", True) in relations
    assert ("ads", True) not in relations


def test_filters_for_somebody_else_find_nothing(store: Store) -> None:
    reader, where = Reader(store, ANNA), (("employee", ("Boris",)),)
    frame = evaluate(reader, catalogue(), Query(("revenue", "orders_done"), where=where), TargetBook()).frame
    assert frame["rows"].sum() == 0


def test_members_and_people_are_the_person_alone(store: Store) -> None:
    reader = Reader(store, ANNA)
    assert reader.members("employee") == ("Anna",)
    assert reader.members("booked_by") == ()
    assert [person.name for person in roster(reader, TODAY)] == ["Anna"]
    assert {course.person for course in courses(reader)} <= {"Anna"}
    assert reviews(reader, "Boris", 10) == ()
    book = TargetBook()
    assert Asking(reader, catalogue(), book).kpis()


def test_targets_of_others_are_left_out() -> None:
    mine, other = (Target(good_low=1, kpi="revenue", scope=("employee", name)) for name in ("Anna", "Boris"))
    whole = Target(good_low=9, kpi="revenue")
    assert of_scope(TargetBook((mine, other, whole)), ANNA).targets == (mine, whole)


@pytest.mark.parametrize("scope", [visitor.NO_SCOPE, visitor.personal("Nobody at all")])
def test_who_is_nobody_sees_nothing(store: Store, scope: Scope) -> None:
    reader = Reader(store, scope)
    for frame in answers(reader, ("total",)):
        assert frame["rows"].sum() == 0
        assert not told(frame) & {"Anna", *others(store)}
    assert roster(reader, TODAY) == ()
