"""Mappings, options, reports and sentences as JSON, for the journal and the ledger.

Invariant: what was written reads back equal; a field this version does not know is left out, so an older journal and a
newer one can both be read.
"""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from data.errors import UserError
from data.ingest.column_map import ColumnMap, Mapping, Unpivot
from data.ingest.staged import ImportOptions
from data.message import Message
from data.model import Finding, IngestReport

Json = dict[str, Any]


def mapping_to_json(mapping: Mapping) -> Json:
    """A mapping as JSON."""
    return asdict(mapping)


def mapping_from_json(value: Json) -> Mapping:
    """The mapping a JSON object holds."""
    known = _known(Mapping, value)
    unpivot = value.get("unpivot")
    known["columns"] = tuple(ColumnMap(**_known(ColumnMap, column)) for column in value["columns"])
    known["key"] = tuple(value["key"]) if value.get("key") is not None else None
    known["unpivot"] = _unpivot(unpivot) if unpivot else None
    return Mapping(**known)


def options_to_json(options: ImportOptions) -> Json:
    """Options as JSON."""
    days = {
        "today": options.today.isoformat() if options.today else None,
        "covers": [day.isoformat() for day in options.covers] if options.covers else None,
    }
    return asdict(options) | days


def options_from_json(value: Json) -> ImportOptions:
    """The options a JSON object holds."""
    today, covers = value.get("today"), value.get("covers")
    days = {
        "today": date.fromisoformat(today) if today else None,
        "covers": (date.fromisoformat(covers[0]), date.fromisoformat(covers[1])) if covers else None,
    }
    return ImportOptions(**_known(ImportOptions, value) | days)


def same_mapping(one: Mapping, other: Mapping) -> bool:
    """The two read a table alike: how sure a guess was does not matter, nor the order of the columns."""
    return _reading(one) == _reading(other)


def report_to_json(report: IngestReport) -> Json:
    """A report as JSON."""
    value = {field.name: getattr(report, field.name) for field in fields(report)}
    value["findings"] = [_finding_to_json(finding) for finding in report.findings]
    value["period"] = [day.isoformat() for day in report.period] if report.period else None
    return value | {"mapping": dict(report.mapping), "steps": list(report.steps)}


def report_from_json(value: Json) -> IngestReport:
    """The report a JSON object holds."""
    known = _known(IngestReport, value)
    known["findings"] = tuple(_finding_from_json(finding) for finding in value["findings"])
    known["steps"] = tuple(value["steps"])
    period = value["period"]
    known["period"] = (date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None
    known["fan_out"] = (value["fan_out"][0], value["fan_out"][1]) if value["fan_out"] else None
    return IngestReport(**known)


def _known(kind: type, value: Json) -> Json:
    return {field.name: value[field.name] for field in fields(kind) if field.name in value}


def _unpivot(value: Json) -> Unpivot:
    return Unpivot(**_known(Unpivot, value) | {"columns": tuple(value["columns"])})


def _reading(mapping: Mapping) -> Json:
    value = asdict(mapping)
    columns = [{name: cell for name, cell in column.items() if name != "confidence"} for column in value["columns"]]
    return value | {"columns": sorted(columns, key=lambda column: str(column["target"]))}


def trouble_to_json(error: UserError) -> Json:
    """What a mistake says, as JSON."""
    parts = {"title": error.title, "detail": error.detail, "hint": error.hint}
    return {name: message_to_json(part) for name, part in parts.items() if part is not None}


def trouble_from_json(value: Json) -> UserError:
    """The mistake a JSON object tells."""
    return UserError(**{name: message_from_json(part) for name, part in value.items()})


def _finding_to_json(finding: Finding) -> Json:
    value = {field.name: getattr(finding, field.name) for field in fields(finding)}
    return value | {"message": message_to_json(finding.message), "examples": [str(e) for e in finding.examples]}


def _finding_from_json(value: Json) -> Finding:
    known = _known(Finding, value)
    return Finding(**known | {"message": message_from_json(value["message"]), "examples": tuple(value["examples"])})


def message_to_json(message: Message) -> Json:
    """A sentence as JSON."""
    return {
        "text": message.text,
        "params": {name: _param_to_json(param) for name, param in message.params.items()},
        "plural": message.plural,
        "count": message.count,
    }


def _param_to_json(param: Any) -> Any:
    """Numbers and texts as they are, a sentence within a sentence as such, anything else as its text."""
    if isinstance(param, Message):
        return {"message": message_to_json(param)}
    return param if isinstance(param, str | int | float | bool | None) else str(param)


def message_from_json(value: Json) -> Message:
    """The sentence a JSON object holds."""
    params = {
        name: message_from_json(param["message"]) if isinstance(param, dict) else param
        for name, param in value["params"].items()
    }
    return Message(value["text"], params, value["plural"], value["count"])
