"""The rules of the reckoning as spreadsheet formulas.

Invariant: each is the spreadsheet's spelling of one function of kpi/bonus; a test has them recalculated by an office
program and compares every cell.
"""

from decimal import Decimal

from kpi.bonus.curve import Curve
from kpi.bonus.scheme import Brake


def payout(curve: Curve, value: str, threshold: str, target: str, cap: str, begin: str, end: str) -> str:
    """Per cent paid for the value in a cell (curve.Curve.payout)."""
    if curve.better == "band":
        outer = curve.cap if curve.outer is None else curve.outer
        zone = f"IF(AND({value}>={threshold},{value}<={outer}),{begin},0)"
        return f"=IF(AND({value}>={target},{value}<={cap}),100,{zone})"
    worse = "<" if curve.better == "higher" else ">"
    first, second = begin, "100"
    if not curve.steps:
        first = f"ROUND({begin}+(100-{begin})*({value}-{threshold})/({target}-{threshold}),2)"
        second = f"ROUND(100+({end}-100)*({value}-{target})/({cap}-{target}),2)"
    beyond = f"IF({value}{worse}{cap},{second},{end})"
    return f"=IF({value}{worse}{threshold},0,IF({value}{worse}{target},{first},{beyond}))"


def left(brake: Brake, value: str, begins: str, ends: str, least: str) -> str:
    """Per cent that a brake leaves (curve.left_by)."""
    better, worse = ("<=", ">=") if brake.ends > brake.begins else (">=", "<=")
    slope = f"ROUND(100-(100-{least})*({value}-{begins})/({ends}-{begins}),2)"
    return f"=IF({value}{better}{begins},100,IF({value}{worse}{ends},{least},{slope}))"


def time(days: str, of: str, worked: str, planned: str, *, hours: bool) -> str:
    """Per cent of the month worked (staff.time_share)."""
    share = f"100*{days}/{of}"
    return f"=ROUND({share}*MIN({worked},{planned})/{planned},2)" if hours else f"=ROUND({share},2)"


def reached(value: str, target: str, *, lower: bool) -> str:
    """Per cent of a gate's target that are reached (gathering)."""
    if lower:
        return f"=IF({value}>0,ROUND(100*{target}/{value},2),100)"
    return f"=ROUND(100*{value}/{target},2)"


def unit(text: str, step: Decimal) -> str:
    """Rounded to the unit that is paid in."""
    return f"ROUND({text}/{step},0)*{step}"


def whole_units(text: str, step: Decimal) -> str:
    """Whole units, the rest cut off."""
    return f"INT(ROUND({text}/{step},6))*{step}"
