"""Schemas of the answers, for the description; a test holds real answers against them."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": ["number", "null"]}
WHOLE: Schema = {"type": ["integer", "null"]}
YES: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
DAY_OR_NONE: Schema = {"type": ["string", "null"], "format": "date"}
STATUSES = ("good", "acceptable", "missed", "too_few", "partial", "no_target")
BOUNDS = ("good_low", "good_high", "ok_low", "ok_high")


def described(schema: Schema, about: str) -> Schema:
    """A schema with a sentence."""
    return {**schema, "description": about}


def an_object(fields: dict[str, Schema], about: str = "") -> Schema:
    """An object that has these fields and no others."""
    made = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return described(made, about) if about else made


def listed(items: Schema) -> Schema:
    """An array."""
    return {"type": "array", "items": items}


def by_name(value: Schema) -> Schema:
    """An object of names nobody knows before."""
    return {"type": "object", "additionalProperties": value}


def named(name: str) -> Schema:
    """A schema of this list."""
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Schema] = {
    "Row": an_object(
        {
            "kpi": described(TEXT, "KPI id."),
            "period": described(DAY_OR_NONE, "First day of the period."),
            "period_end": described(DAY_OR_NONE, "Last day of it."),
            "slice": described({"type": ["string", "null"]}, "The member; null in other rows than totals: none given."),
            "is_total": described(YES, "Whether the row is over all members."),
            "value": described(NUMBER, "The value in its unit; null: nothing to compute it from."),
            "unit": described(TEXT, "percent is 0–100, points −100…100, money in roubles."),
            "rows": described(WHOLE, "Rows the definition selects."),
            "used": described(WHOLE, "Those whose cells are known and entered the value."),
            "eligible": described(WHOLE, "Rows that may belong: selected, or not known whether."),
            "previous": described(NUMBER, "The previous equal period; of a running one as many days of it."),
            "target": described(NUMBER, "The threshold of good in the period."),
            "status": described({"type": "string", "enum": list(STATUSES)}, "How it stands."),
            "is_partial": described(YES, "Whether the period is not over in the data."),
        },
        "One figure: a KPI in a period, for all or for one member. The same as `python -m kpi value --format json`.",
    ),
    "Values": an_object(
        {
            "rows": listed(named("Row")),
            "until": described(by_name(DAY), "KPI id → until when its data go."),
            "unavailable": described(by_name(TEXT), "KPI id → why there is no figure."),
            "notes": described(by_name(listed(TEXT)), "KPI id → what whoever reads it must know."),
        }
    ),
    "Kpi": an_object(
        {
            "id": TEXT, "title": TEXT, "question": TEXT, "area": TEXT, "unit": TEXT,
            "better": {"type": "string", "enum": ["higher", "lower", "band"]}, "definition": TEXT, "is_custom": YES,
            "target": {"oneOf": [{"type": "null"}, named("Bounds")]}, "target_source": TEXT,
            "min_rows": {"type": "integer"}, "slice_by": listed(TEXT), "facts": listed(TEXT), "columns": listed(TEXT),
            "computable": YES, "missing": listed(TEXT), "source": TEXT,
        },
        "A definition. The same as `python -m kpi catalogue --json`.",
    ),
    "Bounds": {
        "type": "object", "properties": {name: {"type": "number"} for name in BOUNDS}, "additionalProperties": False,
        "description": "Thresholds; a side that is not there is open.",
    },
    "Catalogue": an_object({"kpis": listed(named("Kpi"))}),
    "Target": an_object(
        {
            "step": described({"type": "integer"}, "Number of the change that entered it."),
            "kpi": TEXT,
            "scope": described(
                {"oneOf": [{"type": "null"}, {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}]},
                "Dimension and member it is set for; null: the whole business.",
            ),
            "kind": described(TEXT, "fixed, plan, cumulative, rule or none."),
            "grain": {"type": ["string", "null"]}, "valid_from": DAY_OR_NONE, "valid_to": DAY_OR_NONE,
            **dict.fromkeys(BOUNDS, NUMBER), "rule": {"type": ["string", "null"]},
            "numbers": listed(
                an_object({
                    "first": DAY, "last": DAY, "base": NUMBER, "resolved_at": DAY, **dict.fromkeys(BOUNDS, NUMBER),
                })
            ),
            "entered": DAY_OR_NONE,
        },
        "A target that stands. The same as `python -m kpi targets list --json`.",
    ),
    "Targets": an_object({"targets": listed(named("Target"))}),
    "Members": an_object({
        "dimension": TEXT, "members": listed(TEXT),
        "more": described(YES, "Whether there are more than were asked for."),
    }),
    "Freshness": an_object({
        "data_until": described(by_name(DAY), "Fact → the last day on which something happened."),
        "latest": DAY_OR_NONE,
    }),
    "Problem": an_object(
        {
            "type": TEXT, "title": TEXT, "status": {"type": "integer"},
            "detail": described(TEXT, "What exactly, and where."), "hint": described(TEXT, "What to do."),
        },
        "What is wrong (RFC 9457), in the language of Accept-Language.",
    ),
}  # fmt: skip
"""Name → schema."""

for _optional in ("detail", "hint"):
    SCHEMAS["Problem"]["required"].remove(_optional)
