"""What the platform's measured rules rest on, so that an update cannot take it away unnoticed."""

import importlib.metadata
import inspect
import re
import tomllib

import pytest
from streamlit import config
from streamlit.auth_util import decode_provider_token, encode_provider_token, is_authlib_installed
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.architecture.modules import ROOT, sources

CONFIG = ROOT / ".streamlit" / "config.toml"
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")


def test_garbage_collection_after_each_rerun_can_still_be_turned_off() -> None:
    assert "runner.postScriptGC" in config.get_config_options(force_reparse=True)


def test_the_config_turns_it_and_the_statistics_off() -> None:
    options = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert options["runner"]["postScriptGC"] is False
    assert options["browser"]["gatherUsageStats"] is False


def test_a_rerun_says_whether_back_or_forward_asked_for_it() -> None:
    assert "is_history_navigation" in ScriptRunContext.__dataclass_fields__


def test_streamlit_s_unpublished_sign_in_is_as_it_was() -> None:
    routes = {route.path: route.endpoint for route in create_auth_routes("")}
    assert {"/auth/login", "/oauth2callback"} <= routes.keys()
    assert all(inspect.iscoroutinefunction(endpoint) for endpoint in routes.values())
    signed = create_signed_value("secret", USER_COOKIE_NAME, "{}").decode()
    assert decode_signed_value("secret", USER_COOKIE_NAME, signed) == b"{}"
    assert decode_signed_value("another", USER_COOKIE_NAME, signed) is None
    assert decode_provider_token(encode_provider_token("google"))["provider"] == "google"
    assert is_authlib_installed()


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_pins_are_exact(path: object) -> None:
    wanted = [line for line in path.read_text().splitlines() if line and not line.startswith(("#", "-r "))]  # type: ignore[attr-defined]
    loose = [line for line in wanted if not re.fullmatch(r"[A-Za-z0-9_.-]+(\[[a-z,]+\])?==[0-9][\w.]*", line)]
    assert loose == []


def test_installed_is_what_is_pinned() -> None:
    pins = [line for path in REQUIREMENTS for line in path.read_text().splitlines() if "==" in line]
    wrong = {pin for pin in pins if importlib.metadata.version(pin.split("[")[0].split("==")[0]) != pin.split("==")[1]}
    assert wrong == set(), "Run `python3 run.py test`, which installs what is pinned."


def test_what_is_required_is_imported() -> None:
    used = {name.split(".")[0] for path in sources().values() for name in _imported(path.read_text(encoding="utf-8"))}
    names = {
        "python-calamine": "python_calamine", "fpdf2": "fpdf", "argon2-cffi": "argon2", "python-pptx": "pptx",
        "pillow": "PIL", "vl-convert-python": "vl_convert",
        "python-dateutil": "dateutil", "tzdata": "zoneinfo",
    }  # fmt: skip  # zoneinfo reads tzdata where the system has none
    wanted = [line.split("[")[0].split("==")[0] for line in REQUIREMENTS[0].read_text().splitlines() if line]
    assert [name for name in wanted if names.get(name, name) not in used] == []


def test_no_package_forbids_hosting_without_giving_the_source() -> None:
    agpl = []
    for package in importlib.metadata.distributions():
        told = [*(package.metadata.get_all("License") or []), *(package.metadata.get_all("License-Expression") or [])]
        told += package.metadata.get_all("Classifier") or []
        if any(re.search(r"AGPL|Affero", text[:200]) for text in told):
            agpl.append(package.metadata["Name"])
    assert agpl == []


def test_no_private_place_is_named() -> None:
    pattern = re.compile(r"/(?:home|root|work|Users)/\w+|index-url|extra-index|files\.pythonhosted", re.IGNORECASE)
    files = [path for end in ("py", "toml", "md", "txt", "po") for path in ROOT.glob(f"[!.]*/**/*.{end}")]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    here = __file__.rsplit("/", 1)[-1]
    named = [
        path.name
        for path in files
        if path.name != here and "workspace" not in path.parts and pattern.search(path.read_text("utf-8", "replace"))
    ]
    assert named == []


def _imported(source: str) -> list[str]:
    return re.findall(r"^\s*(?:from|import)\s+([\w.]+)", source, re.MULTILINE)
