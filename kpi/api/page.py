"""The page of the API, `docs/api.md`: an introduction, and its addresses written from the table of endpoints.

Invariant: the page says what the table says; a test holds them equal, and runs the examples against a real server.
`python -m kpi.api.page` writes it.
"""

from pathlib import Path

from kpi.api.address import PREFIX
from kpi.api.endpoints import ENDPOINTS
from kpi.api.figures import MOST_ROWS
from kpi.api.model import Endpoint, Parameter
from kpi.api.openapi import REFUSALS

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
"""Where the page lies."""

_EXAMPLES = {
    "catalogue": ("/catalogue?kpi=revenue&lang=ru",),
    "values": (
        "/values?kpi=revenue&kpi=rework_rate&grain=month&since=2026-01-01",
        '/values?kpi=revenue&by=branch&format=csv" -G --data-urlencode "where=team=Смена 1',
    ),
    "targets": ("/targets?kpi=revenue",),
    "members": ("/members/branch?limit=100",),
    "freshness": ("/freshness",),
    "chart": ("/chart/revenue.png?grain=month&lang=ru", "/chart/rework_rate.svg?kind=breakdown&by=employee&theme=dark"),
    "card": ("/card/revenue?period=running&lang=ru",),
}  # fmt: skip
"""Endpoint → addresses that a test asks for."""


def page() -> str:
    """The whole page as Markdown."""
    refusals = "\n".join(f"| {status} | {why} |" for status, why in REFUSALS.items())
    introduction = Path(__file__).with_name("introduction.md").read_text(encoding="utf-8")
    head = introduction.format(rows=f"{MOST_ROWS:,}", prefix=PREFIX, refusals=refusals)
    return "\n".join([head, *map(_section, ENDPOINTS)])


def _section(endpoint: Endpoint) -> str:
    rows = ["| parameter | meaning | values |", "|---|---|---|", *map(_row, endpoint.parameters)]
    curl = 'curl -H "Authorization: Bearer $KPI_TOKEN" "http://localhost:8501{}{}"'
    examples = [curl.format(PREFIX, asked) for asked in _EXAMPLES[endpoint.name]]
    gives = ", ".join(f"`{media}`" for media in endpoint.gives)
    parts = [
        f"### `{endpoint.path}`", f"**{endpoint.title}.** {endpoint.about} Gives {gives}.", "\n".join(rows),
        "\n".join(["```", *examples, "```"]), "",
    ]  # fmt: skip
    return "\n\n".join(parts)


def _row(one: Parameter) -> str:
    values = ", ".join(f"`{choice}`" for choice in one.choices) or {"day": "a day such as `2026-10-31`"}.get(
        one.kind, ""
    )
    if one.kind == "whole":
        values = f"{one.low}–{one.high}"
    told = [values, f"default `{one.default}`" if one.default is not None else "", "needed" if one.needed else ""]
    return f"| `{one.name}` | {one.about} | {'; '.join(part for part in told if part)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
