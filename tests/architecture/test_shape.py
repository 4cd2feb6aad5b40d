"""Sizes and names: a file has one job and a name that says it."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.architecture.layers import FORBIDDEN_NAMES, MAX_APP, MAX_FILE, MAX_FUNCTION, MAX_PAGE
from tests.architecture.modules import ROOT, sources, tree

PYTHON = sorted({*sources().values(), ROOT / "run.py", *(ROOT / "tests").rglob("*.py")})


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_are_short() -> None:
    long = {place(path): lines(path) for path in PYTHON if lines(path) > MAX_FILE}
    assert long == {}, f"Over {MAX_FILE} lines: a second job has moved in; give it a file of its own."


def test_the_median_file_is_short() -> None:
    assert statistics.median(map(lines, sources().values())) <= 120


def test_pages_and_app_are_short() -> None:
    pages = [path for path in (ROOT / "pages").glob("*.py") if lines(path) > MAX_PAGE]
    assert pages == [], f"A page reads top to bottom in {MAX_PAGE} lines; what it builds on belongs in pages/_ui."
    assert lines(ROOT / "app.py") <= MAX_APP


@pytest.mark.parametrize("path", PYTHON, ids=place)
def test_functions_are_short(path: Path) -> None:
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f"{node.name} ({length})" for node in functions if (length := _length(node)) > MAX_FUNCTION]
    assert long == [], f"{path}: over {MAX_FUNCTION} lines; name its steps and make each a function."


def test_functions_are_mostly_tiny() -> None:
    functions = [
        _length(node)
        for path in sources().values()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert statistics.median(functions) <= 10


def test_names_say_what_is_inside() -> None:
    wrong = [
        place(path)
        for path in PYTHON
        if any(part.removesuffix(".py").strip("_") in FORBIDDEN_NAMES for part in path.relative_to(ROOT).parts)
    ]
    assert wrong == [], "Name the file by what it holds, in the terms of the field."


@pytest.mark.parametrize("path", sorted(sources().values()), ids=place)
def test_modules_state_their_purpose(path: Path) -> None:
    text = path.read_text(encoding="utf-8").strip()
    assert not text or ast.get_docstring(tree(path)), f"{path} has no module docstring."


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    start = node.body[0].lineno if ast.get_docstring(node) is None or len(node.body) == 1 else node.body[1].lineno
    return (node.end_lineno or start) - start + 1
