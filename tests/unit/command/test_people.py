"""`people`, `people merge` and `people undo`."""

from tests.unit.command.conftest import Terminal


def test_spellings_are_listed_merged_and_taken_apart(loaded: Terminal) -> None:
    loaded.write("ещё.csv", "Номер заказа;Дата завершения;Статус;Сумма;Мастер\n9;05.10.2026;Выполнен;100;Иванов Иван\n")
    assert loaded("import", "ещё.csv").status == 0
    (one,) = loaded("people", "--json").json["suggestions"]
    assert (one["spelling"], one["name"], one["reason"]) == ("Иванов", "Иванов Иван", "part")
    assert loaded("people", "merge", "Иванов Иван", "Иванов").status == 0
    values = loaded("value", "revenue", "--by", "employee", "--format", "json").json
    assert {row["slice"]: row["value"] for row in values}["Иванов Иван"] == 1300.5
    assert loaded("people", "--json").json["suggestions"] == []
    assert "Иванов Иван ← Иванов" in loaded("people").out
    assert loaded("people", "undo", "1").status == 0
    values = loaded("value", "revenue", "--by", "employee", "--format", "json").json
    assert {row["slice"]: row["value"] for row in values}["Иванов Иван"] == 100
    assert loaded("people", "undo", "1").status == 1
