"""The order of a case's steps as one number a row, so that sorting numbers is sorting steps.

Invariant: a number holds a row's moment, its place in its file and the code of its activity, whole and in this order of
weight, so that the order is that of `executions`. It is a BIGINT where they fit into one, else a HUGEINT.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_MOST = 62
"""Bits of a BIGINT that may be used."""
_WIDE = {"import": 20, "line": 33}
"""Bits of a row's place in a HUGEINT."""


@dataclass(frozen=True)
class PathOrder:
    """How the rows of one log are numbered."""

    origin: int
    """First moment, in microseconds since 1970."""
    span: int
    """Microseconds from it to the last moment."""
    unit: int
    """Microseconds that every moment is a multiple of: 1, a thousand or a million."""
    one_import: bool
    """All rows come from one import: their lines tell their order."""
    last_line: int
    """Largest line number."""
    activities: int
    """Different activities."""

    @staticmethod
    def of_row(row: Sequence[Any]) -> "PathOrder | None":
        """The order as `FIGURES` tell it; None where there are no rows."""
        origin, span, unit, one_import, last_line, activities = row
        if not activities:
            return None
        return PathOrder(int(origin), int(span), int(unit), bool(one_import), int(last_line), int(activities))

    def number(self, code: str) -> str:
        """SQL of a row's number."""
        since = f'((epoch_us("at") - {self.origin}) // {self.unit})'
        if self._fits:
            return f"(({since} << {self._line + self._code}) | (_line << {self._code}) | {code})"
        place = f"(({since}::hugeint << {_WIDE['import']} | _import) << {_WIDE['line']} | _line)"
        return f"({place} << {self._code} | {code})"

    def code(self, number: str) -> str:
        """SQL of the code in a number."""
        kind = "utinyint" if self._code <= 8 else "usmallint" if self._code <= 16 else "integer"
        return f"({number} & {(1 << self._code) - 1})::{kind}"

    @property
    def _fits(self) -> bool:
        moment = (self.span // self.unit).bit_length()
        return self.one_import and moment + self._line + self._code <= _MOST

    @property
    def _line(self) -> int:
        return self.last_line.bit_length()

    @property
    def _code(self) -> int:
        return self.activities.bit_length()


FIGURES = """min(epoch_us("at")), max(epoch_us("at")) - min(epoch_us("at")),
  case when max(epoch_us("at") % 1000000) = 0 then 1000000 when max(epoch_us("at") % 1000) = 0 then 1000 else 1 end,
  min(_import) = max(_import), max(_line), count(distinct activity)"""
"""SQL of the fields over the rows of a log."""
