"""The layers of the house: which module may import which, and what to say when one does otherwise."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("data.message", "data.rollup"),
    ("data.errors", "data.model", "data.calendar"),
    ("data.expression",),
    ("data.schema",),
    ("data.ingest",),
    ("data.store",),
    ("data.access", "data.demo", "data.collect"),
    ("kpi.model", "kpi.language", "kpi.markup"),
    ("kpi.formula", "kpi.charts", "kpi.key", "kpi.planning", "kpi.signals", "kpi.anonymity", "kpi.survival"),
    ("kpi.catalogue",),
    ("kpi.compile",),
    ("kpi.targets",),
    ("kpi.target_rows", "kpi.events"),
    ("kpi.evaluate",),
    ("kpi.forecast",),
    ("kpi.plan_sheet", "kpi.target_words", "kpi.coach", "kpi.figures"),
    ("kpi.effect", "kpi.rules", "kpi.plan_import", "kpi.watch"),
    ("kpi.why",),
    ("kpi.attainability", "kpi.people"),
    ("kpi.custom",),
    ("kpi.bonus", "kpi.process", "kpi.hiring", "kpi.experiment", "kpi.accounts", "kpi.surveys"),
    ("kpi.audit",),
    ("kpi.alerts", "kpi.report"),
    ("kpi.delivery",),
    ("kpi.command",),
    ("kpi.api",),
    ("kpi.__main__",),
    ("pages._ui",),
    ("pages",),
    ("app",),
)
"""Lowest first. A module belongs to the longest name here that it starts with. It may import its own layer's name and
any layer below, never one above and never a neighbour of its own layer."""

NARROWER: dict[str, tuple[str, ...]] = {
    "data.demo": ("data.message", "data.errors", "data.model", "data.schema", "data.ingest", "data.store"),
    "kpi.charts": ("data.message", "kpi.model", "kpi.language"),
    "kpi.language": ("data.message", "data.errors", "data.model", "kpi.model"),
    "kpi.formula": ("data", "kpi.model"),
    "kpi.planning": ("data.message", "data.errors", "kpi.model"),
    "kpi.signals": ("kpi.model",),
    "kpi.survival": (),
    "kpi.markup": (),
    "kpi.anonymity": ("data.model", "kpi.model"),
}
"""Layers that may see less than everything below them."""

ONLY_UNDER: dict[str, tuple[str, ...]] = {
    "duckdb": ("data",),
    "psycopg": ("data.store.entries.database",),
    "altair": ("kpi.charts",),
    "streamlit": ("app", "pages"),
    "starlette": ("app", "pages._ui.server"),
    "python_calamine": ("data.ingest",),
}
"""Packages that one part of the house keeps to itself."""

BELONGS: dict[str, str] = {
    "duckdb": "Ask the Reader (data/access): SQL and connections stay under data/.",
    "psycopg": "Enter it through a Database (data/store/entries/database): there lies what knows PostgreSQL.",
    "altair": "Draw it in kpi/charts and pass the Drawn on.",
    "streamlit": "What is shown belongs to pages/; return a value and let a page show it.",
    "starlette": "Requests and responses belong to pages/_ui/server.",
    "python_calamine": "Workbooks are read in data/ingest/read, in a child process.",
}

FORBIDDEN_NAMES = ("utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "shared")
"""Names that say nothing about what is inside."""

MAX_FILE = 300
MAX_FUNCTION = 40
MAX_PAGE = 100
MAX_APP = 80


def layer_of(module: str) -> str | None:
    """The name in LAYERS that a module belongs to."""
    names = [name for names in LAYERS for name in names if module == name or module.startswith(f"{name}.")]
    return max(names, key=len, default=None)


def height(layer: str) -> int:
    """How high a layer is; 0 is the lowest."""
    return next(level for level, names in enumerate(LAYERS) if layer in names)


def objection(importer: str, imported: str) -> str | None:
    """Why `importer` may not import `imported`, with where the code belongs; None if it may."""
    low, high = layer_of(imported), layer_of(importer)
    if low is None or high is None or low == high:
        return _between_pages(importer, imported) if low == high == "pages" else None
    if height(low) >= height(high):
        return (
            f"{importer} imports {imported}, which is not below it. What both need belongs in the lower of the two "
            f"({high}), or in a layer below; or pass the value as an argument."
        )
    allowed = NARROWER.get(high)
    if allowed is not None and not any(low == name or low.startswith(f"{name}.") for name in allowed):
        return f"{importer} imports {imported}, but {high} may see only {', '.join(allowed)}: pass it what it needs."
    return None


def _between_pages(importer: str, imported: str) -> str | None:
    if importer == imported or imported == "pages" or importer == "pages":
        return None
    return f"{importer} imports {imported}: pages never import each other; what two screens share lives in pages/_ui."
