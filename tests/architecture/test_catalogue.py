"""A workspace's KPIs come from one place, so that custom ones are everywhere the built-in ones are."""

import ast

from tests.architecture.modules import sources, tree

MAY = ("kpi.catalogue", "kpi.custom", "kpi.compile.rollups")
"""Who may take the built-in KPIs alone."""


def test_nobody_leaves_the_custom_kpis_out() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for module, path in sources().items()
        if not module.startswith(MAY) and "kpi.catalogue" in path.read_text(encoding="utf-8")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kpi.catalogue")
        if any(alias.name in ("catalogue", "loader") for alias in node.names)
    ]
    assert wrong == [], (
        "Take the catalogue from kpi.custom.joined.catalogue_of(store): it has the workspace's own KPIs."
    )
