"""The project's modules and their imports, read from the source without running it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREES = ("data", "kpi", "pages")


@dataclass(frozen=True)
class Import:
    """One import statement's target."""

    importer: str
    """Dotted name of the module it stands in."""
    imported: str
    """Dotted name of the module it asks for."""
    line: int
    """Line of the statement."""
    runs: bool
    """False where only the type checker sees it."""
    at_start: bool
    """Whether it runs when the module is loaded, not inside a function."""


@cache
def sources() -> dict[str, Path]:
    """Dotted name → file of every module of the product."""
    files = [path for tree in TREES for path in (ROOT / tree).rglob("*.py")]
    found = {_dotted(path): path for path in files}
    return {**found, "app": ROOT / "app.py"}


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file; not kept, since a million objects kept make every later collection slow."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports() -> tuple[Import, ...]:
    """Every import of every module, `from package import module` resolved to the module."""
    return tuple(found for module, path in sources().items() for found in _imports(module, path))


@dataclass(frozen=True)
class Place:
    """Where a statement stands."""

    in_function: bool = False
    """Within a function, so not run when the module is loaded."""
    for_checker: bool = False
    """Under `if TYPE_CHECKING`, so never run."""


def statements(block: Iterable[ast.AST], place: Place = Place()) -> Iterator[tuple[ast.stmt, Place]]:
    """Every statement with its place, outer before inner; expressions, which hold none, are not walked."""
    for node in block:
        if isinstance(node, ast.stmt):
            yield node, place
        inner = place
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = replace(place, in_function=True)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            inner = replace(place, for_checker=True)
        for part in ("body", "orelse", "handlers", "finalbody", "cases"):
            yield from statements(getattr(node, part, ()), inner)


def _imports(module: str, path: Path) -> Iterator[Import]:
    for node, place in statements(tree(path).body):
        for name in _targets(node, module, path.name == "__init__.py"):
            yield Import(module, name, node.lineno, not place.for_checker, not place.in_function)


def _targets(node: ast.AST, module: str, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = _absolute(node, module, is_package)
    names = [f"{base}.{alias.name}" for alias in node.names]
    return [name if name in sources() else base for name in names]


def _absolute(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    above = module.split(".")[: len(module.split(".")) - node.level + is_package]
    return ".".join([*above, *([node.module] if node.module else [])])


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
