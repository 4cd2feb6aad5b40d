"""What the app starts with, and what comes with the first request for it."""

import subprocess
import sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages._ui.server.later import Later

ROOT = Path(__file__).resolve().parents[3]
DEAR = (
    "altair",
    "data.ingest.pipeline",
    "kpi.evaluate",
    "kpi.charts",
    "kpi.report",
    "kpi.alerts",
    "kpi.api.endpoints",
)
"""What the browser need not wait for before it is sent the frame page."""


def test_the_app_listens_before_it_brings_what_is_dear() -> None:
    asked = f"import sys, app; print(*({DEAR!r}[n] for n in range({len(DEAR)}) if {DEAR!r}[n] in sys.modules))"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_what_comes_later_answers_below_its_address_alone() -> None:
    app = Starlette(routes=[Later("/s/", "pages._ui.server.form.routes", "form_routes")])
    with TestClient(app, raise_server_exceptions=False) as browser:
        assert browser.get("/elsewhere").text == "Not Found"
        answer = browser.get("/s/a/b/c", headers={"accept-language": "ru"})
    assert answer.status_code == 404
    assert "<html" in answer.text
