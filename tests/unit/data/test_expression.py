"""The grammar: what it reads, what it refuses, and that constants never become SQL text."""

import pytest

from data.errors import ExpressionError
from data.expression import Params, names, parse, to_sql


def sql(text: str, params: Params | None = None) -> str:
    return to_sql(parse(text), lambda name: f'"{name}"', params or Params())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reopen_count > 0", '("reopen_count" > $p0)'),
        ("a - b - c", '(("a" - "b") - "c")'),
        ("a + b * c", '("a" + ("b" * "c"))'),
        ("not a = b and c", '((not ("a" = "b")) and "c")'),
        ("a == b or a != c", '(("a" = "b") or ("a" <> "c"))'),
        ("a is not null", '("a" is not null)'),
        ("a not in ('x', 'y')", '("a" not in ($p0, $p1))'),
        ("a / b", '("a" / nullif("b", 0))'),
        ("-a * 2", '((- "a") * $p0)'),
        ('"Кол-во раз" >= 2', '("Кол-во раз" >= $p0)'),
        ("Статус = 'Готово'", '("Статус" = $p0)'),
    ],
)
def test_reads(text: str, expected: str) -> None:
    assert sql(text) == expected


def test_constants_are_parameters_and_equal_ones_share_a_place() -> None:
    params = Params()
    assert sql("a = 'x''; drop' or b = 'x''; drop' or c = 1 or d = true", params).count("$p0") == 2
    assert params.values == {"p0": "x'; drop", "p1": 1, "p2": True}


@pytest.mark.parametrize(
    "text",
    ["", "a >", "a b", "(a", "a)", "a ' b", "in", "a;b", "select 1", "a -- b c", "a(", "a,b", "a = 'x", "1..2", "$p0"],
)
def test_refuses_with_the_place(text: str) -> None:
    with pytest.raises(ExpressionError, match="character"):
        parse(text)


def test_refuses_what_is_too_long_or_deep() -> None:
    with pytest.raises(ExpressionError, match="longer"):
        parse("a" * 3000)
    with pytest.raises(ExpressionError, match="deep"):
        parse("(" * 60 + "a" + ")" * 60)


def test_refuses_functions_unless_the_caller_knows_them() -> None:
    with pytest.raises(ExpressionError, match="read_csv"):
        sql("read_csv('x')")


def test_names() -> None:
    assert names(parse("share(a = 'x', b in (c, 1)) + d")) == {"a", "b", "c", "d"}
