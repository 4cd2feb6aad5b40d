"""The command line itself: which module stands behind which command."""

import importlib
import io
import subprocess
import sys

import pytest

from kpi.command.main import MODULES
from kpi.command.parser import new_parser
from tests.unit.command.conftest import Terminal


@pytest.mark.parametrize("module", sorted(set(MODULES.values())))
def test_each_module_declares_the_commands_that_lead_to_it(module: str) -> None:
    _, commands = new_parser(io.StringIO(), io.StringIO())
    importlib.import_module(f"kpi.command.{module}").add(commands)
    assert set(commands.choices) == {command for command, behind in MODULES.items() if behind == module}


def test_help_and_what_is_no_command_know_them_all(terminal: Terminal) -> None:
    for told in (terminal("--help").out, terminal("nothing").err):
        assert [command for command in MODULES if command not in told] == []


def test_the_workspace_may_be_named_before_the_command(terminal: Terminal) -> None:
    assert terminal("--workspace", "value", "imports", "--help").out.startswith("usage: python -m kpi imports")


def test_a_command_imports_no_other() -> None:
    asked = "import sys; from kpi.command.main import main; main(['imports', '--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "kpi.command.imports" in loaded
    assert not {"kpi.command.value", "kpi.command.bonus", "altair", "fpdf"} & {*loaded}
