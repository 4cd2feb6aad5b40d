"""Imports point downward only. Each failure says where the code belongs."""

import graphlib

import pytest

from tests.architecture.layers import BELONGS, LAYERS, ONLY_UNDER, layer_of, objection
from tests.architecture.modules import Import, imports, sources


def at(found: Import) -> str:
    return f"{sources()[found.importer]}:{found.line}: "


def test_every_module_has_a_layer() -> None:
    homeless = [name for name in sources() if layer_of(name) is None and name not in ("data", "kpi")]
    assert homeless == [], "Give each new module a place in LAYERS (tests/architecture/layers.py)."


def test_imports_point_downward() -> None:
    wrong = [at(i) + why for i in imports() if (why := objection(i.importer, i.imported)) is not None]
    assert wrong == [], "\n".join(["", *wrong])


@pytest.mark.parametrize("package", ONLY_UNDER)
def test_packages_stay_where_they_belong(package: str) -> None:
    wrong = [
        at(i) + f"{i.importer} imports {i.imported}. {BELONGS[package]}"
        for i in imports()
        if i.imported.split(".")[0] == package
        and not any(i.importer == home or i.importer.startswith(f"{home}.") for home in ONLY_UNDER[package])
    ]
    assert wrong == [], "\n".join(["", *wrong])


def test_no_circles() -> None:
    edges: dict[str, set[str]] = {name: set() for name in sources()}
    for found in imports():
        if found.imported in edges and found.imported != found.importer and found.runs and found.at_start:
            edges[found.importer].add(found.imported)
    try:
        tuple(graphlib.TopologicalSorter(edges).static_order())
    except graphlib.CycleError as circle:
        pytest.fail("A circle of imports: " + " → ".join(circle.args[1]) + ". Move what both need below them.")


def test_nothing_of_the_product_imports_tests_or_run() -> None:
    wrong = [at(i) + i.imported for i in imports() if i.imported.split(".")[0] in ("tests", "run", "app")]
    assert wrong == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("data.store.store", "data.access.reader"),
        ("data.model", "data.errors"),
        ("kpi.compile.plan", "kpi.evaluate"),
        ("kpi.evaluate", "pages._ui.session"),
        ("kpi.charts.trend", "kpi.catalogue.loader"),
        ("data.ingest.pipeline", "kpi.model"),
        ("pages.quality", "pages.finance"),
        ("data.demo.make", "data.access.reader"),
    ],
)
def test_the_test_objects(importer: str, imported: str) -> None:
    assert objection(importer, imported) is not None


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("pages.quality", "pages._ui.cards"),
        ("pages._ui.session", "kpi.evaluate"),
        ("kpi.command.value", "data.access.reader"),
        ("kpi.charts.trend", "kpi.language.numbers"),
        ("data.access.reader", "data.store.store"),
        ("data.store.writer", "data.store.ledger"),
        ("kpi.model", "pandas"),
    ],
)
def test_the_test_allows(importer: str, imported: str) -> None:
    assert objection(importer, imported) is None


def test_no_layer_is_named_twice() -> None:
    names = [name for names in LAYERS for name in names]
    assert len(names) == len(set(names))
