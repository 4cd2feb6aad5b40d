"""A schema that is not whole does not load, and the error names the file, the column and what is wrong."""

from pathlib import Path

import pytest

from data.schema.check import SchemaError
from data.schema.loader import FOLDER, read_fact

GOOD = (FOLDER / "checks.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("found", "instead", "says"),
    [
        ('key = ["check_id", "standard"]', 'key = ["chek_id"]', "key names chek_id"),
        ('time = ["checked_at"]', 'time = ["standard"]', "standard places rows in time"),
        ('time = ["checked_at"]', "", "time is missing"),
        ('telling = ["check_id"', 'telling = ["rating"', "telling names rating"),
        ('type = "boolean"', 'type = "flag"', "column passed: type must be one of"),
        ('title = "Passed"', "", "column passed: title is missing"),
        ('title = "Passed"', 'title = "Passed"\nempty = true', "column passed: empty may only be"),
        ('title = "Passed"', 'title = "Passed"\ncolour = "red"', "column passed: unknown entry colour"),
        ('aliases = [\n    "Стандарт"', 'aliases = [\n    "...", "Стандарт"', "column standard: an alias says nothing"),
        ('aliases = [\n    "Стандарт"', 'aliases = [\n    "АУДИТ"', "means both check_id and standard"),
        ('"не пройдено"', '"Норма"', "the word «норма» has two meanings"),
        ('sliceable = true', 'sliceable = true\nwords = {a = ["b"]}', "words belong to columns of type word"),
        ("grain = ", "grain : ", "not valid TOML"),
        ("grain = ", "owner = 1\ngrain = ", "unknown entry owner"),
    ],
)  # fmt: skip
def test_a_wrong_schema_says_what_is_wrong(tmp_path: Path, found: str, instead: str, says: str) -> None:
    assert found in GOOD
    (tmp_path / "checks.toml").write_text(GOOD.replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=says):
        read_fact(tmp_path / "checks.toml")


def test_the_dimensions_are_the_nine(tmp_path: Path) -> None:
    (tmp_path / "dimensions.toml").write_text('[account]\ntitle = "Account"\n', encoding="utf-8")
    with pytest.raises(SchemaError, match="exactly account, branch"):
        read_fact(FOLDER / "checks.toml", tmp_path / "dimensions.toml")
