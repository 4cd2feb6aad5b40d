"""The audit's page: where we are, kept, and held beside later."""

from datetime import date
from pathlib import Path

from kpi.audit import audit_of, body_of
from pages._ui import session
from tests.pages.conftest import Open, shown


def test_where_we_are_and_what_is_next(business: Path, app: Open) -> None:
    page = shown(app("audit"))
    assert "на месте" in page
    assert "Данные загружены" in page
    assert "Запишите, что должно стать правдой через год." in page
    assert "До и после" not in page


def test_kept_and_held_beside_later(business: Path, app: Open) -> None:
    at = app("audit")
    at.button(key="keep_audit").click().run()
    (kept,) = session.store().entries.audits.all()
    assert kept.day == date(2026, 11, 23)
    earlier = date(2026, 5, 1)
    audits = session.store().entries.audits
    at.button(key="delete_audit").click().run()
    assert audits.all() == ()
    audits.keep("Весна", earlier, {**body_of(audit_of(kept.body)), "day": earlier.isoformat(), "steps": []})
    page = shown(at.run())
    assert "До и после" in page
    assert "Весна · 1 мая 2026" in page.replace("\u00a0", " ")
    assert "delete_audit" not in {button.key for button in at.button}  # a starting point is not lost by a click


def test_before_anything_is_loaded(workspace: Path, app: Open) -> None:
    assert "на месте 0 пунктов из 30" in shown(app("audit"))
