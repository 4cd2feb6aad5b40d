"""The same content with and without an account is asked about before anything is published."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.elsewhere import LoadedElsewhere
from data.store.store import Store
from tests.unit.store.files import live, load, opened

HEAD = "order_id,finished_at,status,revenue"
LINES = [HEAD, *(f"{n},2026-10-0{n},done,{n}0" for n in range(1, 6))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("first", "second"), [({"account": "A"}, {}), ({}, {"account": "A"}), ({"branch": "N"}, {"account": "A"})]
)
def test_the_same_file_under_another_name(
    store: Store, tmp_path: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    load(store, tmp_path, "o.csv", "orders", LINES, **first)
    with pytest.raises(LoadedElsewhere) as asked:
        load(store, tmp_path, "o.csv", "orders", LINES, **second)
    assert asked.value.import_id == 1
    assert asked.value.there == (first.get("account"), first.get("branch"))
    assert asked.value.given == (second.get("account"), second.get("branch"))
    assert len(live(store, "orders", "order_id")) == 5
    assert len(store.imports()) == 1


def test_the_answers(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "o.csv", "orders", LINES)
    (twice,) = load(store, tmp_path, "o.csv", "orders", LINES, account="A", again=True)
    assert (twice.rows_out, len(live(store, "orders", "order_id"))) == (5, 10)
    store.undo(1)
    (same,) = load(store, tmp_path, "o.csv", "orders", LINES, account="A")
    assert (same.rows_out, len(live(store, "orders", "order_id"))) == (0, 5)
    with pytest.raises(LoadedElsewhere):
        load(store, tmp_path, "o.csv", "orders", LINES)
    store.undo(2)
    assert load(store, tmp_path, "o.csv", "orders", LINES)[0].rows_out == 5


def test_a_grown_export_under_another_name_is_known_by_its_rows(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "o.csv", "orders", LINES, account="A")
    grown = [*LINES, "6,2026-10-06,done,60"]
    with pytest.raises(LoadedElsewhere) as asked:
        load(store, tmp_path, "o.csv", "orders", grown)
    assert (asked.value.there, asked.value.given, asked.value.import_id) == (("A", None), (None, None), None)
    assert "83%" in str(asked.value)
    assert load(store, tmp_path, "o.csv", "orders", grown, again=True)[0].rows_out == 6


def test_two_names_that_were_given_are_two(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "o.csv", "orders", LINES, account="A")
    assert load(store, tmp_path, "o.csv", "orders", LINES, account="B")[0].rows_out == 5
    assert load(store, tmp_path, "p.csv", "orders", LINES, account="C")[0].rows_out == 5


def test_two_branches_with_the_same_numbers_are_two(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "o.csv", "orders", LINES, branch="North")
    other = [HEAD, *(f"{n},2026-10-0{n},done,{n}7" for n in range(1, 6))]
    assert load(store, tmp_path, "p.csv", "orders", other, branch="South")[0].rows_out == 5


def test_rows_without_a_number_of_their_own_may_be_equal(store: Store, tmp_path: Path) -> None:
    head = "date,kind,amount"
    load(store, tmp_path, "c.csv", "expenses", [head, "2026-10-01,rent,100"], branch="North")
    report = load(store, tmp_path, "d.csv", "expenses", [head, "2026-10-01,rent,100", "2026-10-02,rent,1"], branch="S")
    assert report[0].rows_out == 2
