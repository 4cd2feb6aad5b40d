"""The table of endpoints: routes, reading of requests and the OpenAPI description are all made of it."""

from data.model import DIMENSIONS
from kpi.api.card import card
from kpi.api.figures import catalogue, freshness, members, targets, values
from kpi.api.model import CSV, HTML, JSON, PNG, SVG, Endpoint, Parameter
from kpi.api.picture import NARROWEST, WIDEST, picture
from kpi.language.language import LANGUAGES
from kpi.model import GRAINS

_KPI = Parameter("kpi", "KPI id, such as revenue.", place="path", needed=True)
_KPIS = Parameter("kpi", "KPI id; repeat it for several.", many=True)
_SINCE = Parameter("since", "First day, inclusive; by default all loaded data.", "day")
_UNTIL = Parameter("until", "Last day, inclusive.", "day")
_WHERE = Parameter("where", "DIM=VALUE, such as team=Crew 1; repeat it for several. An empty value: not filled in.",
                   "pair", many=True)  # fmt: skip
_BY = Parameter("by", "Dimension to break down by.")
_LANGUAGE = Parameter("lang", "Language of the answer; by default that of Accept-Language.", choices=LANGUAGES)
_THEME = Parameter("theme", "Colours.", choices=("light", "dark"), default="light")
_STEPS = GRAINS[1:]

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "catalogue", "/catalogue", "Definitions of KPIs",
        "Every KPI the token answers for: what it means, its unit, its default target, and whether it can be computed "
        "from what is loaded.",
        (_KPIS, _LANGUAGE), {JSON: "Catalogue"}, catalogue,
    ),
    Endpoint(
        "values", "/values", "Figures of KPIs",
        "One row a KPI, period and member, totals first: the same figures as `python -m kpi value`, in full precision. "
        "At most 20,000 rows.",
        (
            Parameter("kpi", "KPI id; repeat it for several.", many=True, needed=True), _SINCE, _UNTIL,
            Parameter("grain", "Length of the periods.", choices=GRAINS, default="total"), _BY, _WHERE,
            Parameter("format", "JSON, or CSV with a header line.", choices=("json", "csv"), default="json"), _LANGUAGE,
        ),
        {JSON: "Values", CSV: None}, values,
    ),
    Endpoint(
        "targets", "/targets", "Targets that stand",
        "What is to be reached, for whom and since when. A token limited to a part is not told targets of others, nor "
        "sums and plans of the whole.",
        (_KPIS, _LANGUAGE), {JSON: "Targets"}, targets,
    ),
    Endpoint(
        "members", "/members/{dimension}", "Members of a dimension",
        "The members a token shows, in alphabetical order.",
        (
            Parameter("dimension", "Which dimension.", place="path", needed=True, choices=DIMENSIONS),
            Parameter("limit", "How many at most.", "whole", default=500, low=1, high=10_000), _LANGUAGE,
        ),
        {JSON: "Members"}, members,
    ),
    Endpoint(
        "freshness", "/freshness", "Until when the data go",
        "The last day on which something happened, by fact.", (_LANGUAGE,), {JSON: "Freshness"}, freshness,
    ),
    Endpoint(
        "chart", "/chart/{kpi}.{format}", "A chart as a picture",
        "The KPI over time, or in one period by the members of a dimension, as the screens draw it.",
        (
            _KPI, Parameter("format", "Kind of picture.", place="path", needed=True, choices=("png", "svg")),
            Parameter("kind", "Over time, or bars of members.", choices=("trend", "breakdown"), default="trend"),
            _SINCE, _UNTIL, Parameter("grain", "Length of the periods.", choices=_STEPS, default="month"),
            _BY, _WHERE, _THEME,
            Parameter("width", "Pixels across.", "whole", default=800, low=NARROWEST, high=WIDEST),
            Parameter("scale", "Pixels of a PNG a pixel.", "whole", default=2, low=1, high=3), _LANGUAGE,
        ),
        {PNG: None, SVG: None}, picture,
    ),
    Endpoint(
        "card", "/card/{kpi}", "A card as a page of its own",
        "The KPI in its last complete period, or in the running one: value, status, target, changes and the last "
        "thirteen periods. HTML without scripts that follows the reader's light or dark theme. Sites show cards by a "
        "token of its own instead: see «Cards on other sites».",
        (
            _KPI, Parameter("grain", "Length of the period.", choices=("week", "month", "quarter", "year"),
                            default="month"),
            Parameter("period", "Which one.", choices=("complete", "running"), default="complete"), _WHERE,
            Parameter("theme", "Colours; by default those the reader's device prefers.", choices=("light", "dark")),
            _LANGUAGE,
        ),
        {HTML: None}, card,
    ),
)  # fmt: skip
"""All of them."""
