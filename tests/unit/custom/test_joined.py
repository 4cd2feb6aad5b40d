"""Built-in and custom KPIs are one catalogue; what a change would break is not entered."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from data.access.limit import TooSlow
from data.access.reader import Reader
from data.errors import UserError
from data.message import Verbatim
from data.model import OWNER, Statement
from data.store.entries import CustomKpi
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import Catalogue, catalogue
from kpi.compile.plan import is_private
from kpi.custom import changes
from kpi.custom.definition import PREFIX
from kpi.custom.joined import catalogue_of, joined, joined_of
from kpi.custom.preview import preview, told
from kpi.evaluate import evaluate
from kpi.language import language
from kpi.model import Query
from kpi.target_rows import target_book
from kpi.targets import TargetBook
from tests.oracle.conftest import opened, publish
from tests.oracle.plain import BUSINESS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "workspace") as made:
        publish(made, BUSINESS / "orders.csv")
        yield made


def said(title: str, formula: str, **more: object) -> CustomKpi:
    return replace(CustomKpi("", title, "", formula, "finance", "count", "higher"), **more)  # type: ignore[arg-type]


def test_no_built_in_id_can_collide() -> None:
    assert not [kpi.id for kpi in catalogue() if kpi.id.startswith(PREFIX)]


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Дорогие заказы", "own_dorogie_zakazy"), ("Щёлк & Ко!", "own_schelk_ko"), ("Café №1", "own_cafe_no1"),
        ("日本", "own_kpi"), ("a" * 200, "own_" + "a" * 40), ("draft", "own_draft_2"), ("__", "own_kpi"),
    ],
)  # fmt: skip
def test_ids_are_plain(title: str, id_: str) -> None:
    assert changes.new_id(title, frozenset()) == id_
    assert changes.new_id(title, frozenset({id_})) != id_


def test_without_custom_kpis_the_catalogue_is_the_built_in_one(store: Store) -> None:
    assert catalogue_of(store) is catalogue()


def test_a_changed_definition_is_another_version(store: Store) -> None:
    seen = [catalogue_of(store).version]
    one = changes.add(store, said("A", "count(orders)"))
    for _ in range(2):
        seen.append(catalogue_of(store).version)
        changes.change(store, replace(one, formula=f"count(orders) * {len(seen)}"))
    assert len({*seen, catalogue_of(store).version}) == 4


def test_a_kpi_of_kpis_of_kpis(store: Store) -> None:
    changes.add(store, said("Big", "count(orders, revenue > 3000)"))
    changes.add(store, said("Share of big", "100 * own_big / count(orders)"))
    changes.add(store, said("Twice", '2 * "Share of big"'))
    found = evaluate(
        Reader(store), catalogue_of(store), Query(("own_big", "own_share_of_big", "own_twice")), TargetBook()
    )
    big, share, twice = found.frame["value"]
    assert (share, twice) == (pytest.approx(100 * big / found.frame["rows"].max()), pytest.approx(2 * share))
    assert catalogue_of(store).parts("own_share_of_big") == ("own_big", "own_share_of_big__1")


def test_no_circle_and_nothing_taken_down(store: Store) -> None:
    changes.add(store, said("A", "count(orders)"))
    changes.add(store, said("B", "own_a + 1"))
    with pytest.raises(UserError, match="part of itself"):
        changes.change(store, said("A", "own_b + 1", kpi="own_a"))
    with pytest.raises(UserError, match="made of it: «B»"):
        changes.remove(store, "own_a")
    assert set(joined_of(store).made) == {"own_a", "own_b"}


def test_removed_and_restored_under_its_own_id(store: Store) -> None:
    changes.add(store, said("A", "count(orders)"))
    before = changes.remove(store, "own_a")
    assert "own_a" not in catalogue_of(store)
    other = changes.add(store, said("A", "count(orders) + 1"))
    assert other.kpi == "own_a_2"
    with pytest.raises(UserError, match="already"):
        changes.restore(store, before)
    changes.remove(store, other.kpi)
    changes.restore(store, before)
    assert catalogue_of(store).get("own_a").written == "count(orders)"


def test_one_that_makes_no_sense_any_more_takes_nothing_down(store: Store) -> None:
    store.entries.custom_kpis.enter(said("Bad", "total(nothing)", kpi="own_bad"))
    changes.add(store, said("Good", "count(orders)"))
    whole = joined_of(store)
    assert set(whole.problems) == {"own_bad"}
    assert "own_bad" not in whole.catalogue
    assert "own_good" in whole.catalogue


def test_a_persons_title_is_not_translated(store: Store) -> None:
    changes.add(store, said("Ideas", "count(orders)"))
    title = catalogue_of(store).get("own_ideas").title
    assert isinstance(title, Verbatim)
    assert language("ru").catalogue(title) == "Ideas"
    assert language("ru").catalogue("Ideas") != "Ideas"


def test_what_adds_up_is_told_by_the_formula(store: Store) -> None:
    for formula, additive, unit in [
        ("total(revenue)", True, "money"), ("count(orders)", True, "count"),
        ("count_distinct(orders.client)", False, "count"),
        ("share(is_rework)", False, "percent"), ("revenue - expenses", True, "money"),
        ("2 * revenue / 3", True, "money"),
        ("revenue / orders_done", False, "money"), ("100 * ratio(discount, gross)", False, "percent"),
        ("median(hours(created_at, finished_at))", False, "hours"), ("average_ticket", False, "money"),
        ("or_zero(revenue)", True, "money"), ("total(revenue) / total(worked_hours)", False, "money"),
        ("revenue / expenses", False, None),
    ]:  # fmt: skip
        read = told(store, formula)
        assert (read.kpi.additive, read.unit) == (additive, unit), formula


def test_a_tower_of_formulas_has_an_end(store: Store) -> None:
    """Each names the one before five times: written out, the last would have millions of parts."""
    changes.add(store, said("T0", "revenue"))
    changes.add(store, said("T1", "own_t0 + own_t0 + own_t0 + own_t0"))
    changes.add(store, said("T2", "own_t1 + own_t1 + own_t1"))
    with pytest.raises(UserError, match="counts 24 times"):
        changes.add(store, said("T3", "own_t2 + own_t2"))
    assert evaluate(Reader(store), catalogue_of(store), Query(("own_t0",)), TargetBook()).frame["value"].iloc[0] > 0


def test_the_preview_is_what_the_kpi_will_show(store: Store) -> None:
    read = told(store, "share(revenue > 1000, status = 'done')")
    shown = preview(store, read)
    assert store.entries.custom_kpis.all() == ()
    held = store.memory.size
    one = changes.add(store, said("Large", "share(revenue > 1000, status = 'done')"))
    query = Query((one.kpi,), shown.frame["period"].min().date(), None, "month", compare=("previous", "year"))
    months = evaluate(Reader(Unkept(store)), catalogue_of(store), query, target_book(store)).frame
    assert months["value"].tolist() == pytest.approx(shown.frame["value"].tolist(), nan_ok=True)
    assert len(shown.frame) == 13
    assert store.memory.size == held


def test_a_query_that_outlives_its_limit_is_stopped(store: Store) -> None:
    reader = Reader(store)
    endless = Statement("select count(*) from range(100000000000)", {}, (), OWNER, 0.2)
    with pytest.raises(TooSlow, match="longer than"):
        reader.run(endless)
    assert reader.run(Statement("select 1 as one", {}, (), OWNER, 5.0))[0]["one"].tolist() == [1]


def test_a_slow_kpi_keeps_none_of_the_others_from_being_answered(store: Store) -> None:
    fast, slow = (changes.add(store, said(f"M{n}", f"median(revenue * {n})")) for n in (1, 2))
    known = catalogue_of(store).kpis
    hasty = Catalogue({**known, slow.kpi: replace(known[slow.kpi], seconds=0.0)}, "hasty")
    for reader in (Reader(Unkept(store)), Reader(store)):
        result = evaluate(reader, hasty, Query(("revenue", fast.kpi, slow.kpi)), TargetBook())
        assert set(result.unavailable) == {slow.kpi}
        assert "longer" in str(result.unavailable[slow.kpi])
        assert result.frame["kpi"].tolist() == ["revenue", fast.kpi]
        assert result.query.kpis == ("revenue", fast.kpi, slow.kpi)


def test_a_personal_target_of_a_removed_kpi_does_no_harm(store: Store) -> None:
    one = changes.add(store, said("A", "count(orders)"))
    store.entries.set_target(one.kpi, good_low=1, scope=("employee", "Anna"))
    changes.remove(store, one.kpi)
    assert len(evaluate(Reader(store), catalogue_of(store), Query(("revenue",)), target_book(store)).frame) == 1


def test_what_is_hidden_of_staff_answers_is_hidden_in_formulas(store: Store) -> None:
    publish(store, BUSINESS / "surveys.csv")
    one = changes.add(store, said("Mood", "enps * 2"))
    for by in (None, "team"):
        query = Query(("enps", one.kpi), grain="month", by=by)
        frame = evaluate(Reader(store), catalogue_of(store), query, TargetBook()).frame
        plain, custom = (frame[frame["kpi"] == id_]["value"] for id_ in ("enps", one.kpi))
        assert plain.isna().any()
        assert plain.notna().any()
        assert custom.tolist() == pytest.approx((2 * plain).tolist(), nan_ok=True)


def test_who_define_at_once_get_ids_of_their_own(store: Store) -> None:
    titles = ("日本", "中国", "印度", "巴西")
    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(lambda title: changes.add(store, said(title, "count(orders)")).kpi, titles))
    assert sorted(names) == ["own_kpi", "own_kpi_2", "own_kpi_3", "own_kpi_4"]
    assert {one.title for one in store.entries.custom_kpis.all()} == set(titles)


def test_a_formula_over_client_answers_only_is_not_private() -> None:
    found = joined(
        (said("C", "average(surveys.score, audience = 'client')", kpi="own_c"), said("E", "enps + 1", kpi="own_e"))
    )
    assert not is_private(found.catalogue.get("own_c"))
    assert is_private(catalogue().get("enps"))
    assert not is_private(catalogue().get("nps"))
    tricky = replace(found.catalogue.get("own_c"), definition="average(score, comment = 'audience = ''client''')")
    assert is_private(tricky)
