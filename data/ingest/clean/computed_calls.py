"""The functions a mapping's expression may use: `first(a, b, …)` and `if(condition, a, b)`.

Invariant: arguments are parts of the same small grammar; no text of a person becomes SQL.
"""

from collections.abc import Callable

from data.errors import ExpressionError
from data.expression import Call, Node
from data.message import say

Written = Callable[[Node], str]
"""A part of the expression as SQL."""


def called(call: Call, value: Written, condition: Written) -> str:
    """SQL of a call: `value` writes what may be its result, `condition` what is only looked at."""
    if call.function == "first" and len(call.arguments) > 1:
        return f"coalesce({', '.join(map(value, call.arguments))})"
    if call.function == "if" and len(call.arguments) == 3:
        asked, then, otherwise = call.arguments
        return f"case when {condition(asked)} then {value(then)} else {value(otherwise)} end"
    raise ExpressionError(
        say("There is no function «{name}» here.", name=call.function),
        hint=say("Use first(a, b, …), the first that is not empty, or if(condition, a, b)."),
    )
