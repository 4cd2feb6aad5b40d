"""The project's modules and their imports, read from the source without running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
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


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports() -> tuple[Import, ...]:
    """Every import of every module, `from package import module` resolved to the module."""
    return tuple(found for module, path in sources().items() for found in _imports(module, path))


def _imports(module: str, path: Path) -> Iterator[Import]:
    inside = {node for outer in _functions(tree(path)) for node in ast.walk(outer)}
    hidden = {node for outer in _type_checking(tree(path)) for node in ast.walk(outer)}
    for node in ast.walk(tree(path)):
        for name in _targets(node, module, path.name == "__init__.py"):
            yield Import(module, name, getattr(node, "lineno", 0), node not in hidden, node not in inside)


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


def _functions(parsed: ast.Module) -> list[ast.AST]:
    return [node for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]


def _type_checking(parsed: ast.Module) -> list[ast.AST]:
    return [node for node in ast.walk(parsed) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
