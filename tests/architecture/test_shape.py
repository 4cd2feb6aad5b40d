"""Sizes and names: a file has one job and a name that says it."""

import ast
import statistics
from functools import cache
from pathlib import Path

from tests.architecture.layers import FORBIDDEN_NAMES, MAX_APP, MAX_FILE, MAX_FUNCTION, MAX_PAGE
from tests.architecture.modules import ROOT, sources, statements, tree

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


def test_functions_are_short() -> None:
    long = [f"{place(path)}: {name} ({length})" for path, name, length in functions() if length > MAX_FUNCTION]
    assert long == [], f"Over {MAX_FUNCTION} lines; name its steps and make each a function."


def test_functions_are_mostly_tiny() -> None:
    product = set(sources().values())
    assert statistics.median(length for path, _, length in functions() if path in product) <= 10


def test_names_say_what_is_inside() -> None:
    wrong = [
        place(path)
        for path in PYTHON
        if any(part.removesuffix(".py").strip("_") in FORBIDDEN_NAMES for part in path.relative_to(ROOT).parts)
    ]
    assert wrong == [], "Name the file by what it holds, in the terms of the field."


def test_modules_state_their_purpose() -> None:
    texts = {place(path): path.read_text(encoding="utf-8") for path in sources().values()}
    silent = [name for name, text in texts.items() if text.strip() and not text.startswith(('"""', 'r"""'))]
    assert silent == [], "A module's docstring states what it is for, and the invariant it keeps."


@cache
def functions() -> tuple[tuple[Path, str, int], ...]:
    """File, name and lines of every function."""
    return tuple(
        (path, node.name, _length(node))
        for path in PYTHON
        for node, _ in statements(tree(path).body)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    start = node.body[0].lineno if ast.get_docstring(node) is None or len(node.body) == 1 else node.body[1].lineno
    return (node.end_lineno or start) - start + 1
