"""What the tests need of the machine beside Python: a browser, a program that counts workbooks, servers.

`python -m tests.machine chromium` prints where the browser is, installing one where there is none; `… office` installs
LibreOffice, `… mail_server` Dovecot, `… postgres` PostgreSQL. Invariant: nothing is installed that is there already.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """A browser for the tests: one that is here, else Debian's, else Playwright's own."""
    found = found_browser()
    if not found and installed_by_apt("chromium", "Chromium for the browser tests"):
        found = found_browser()
    return found or installed_by_playwright()


def office() -> str | None:
    """LibreOffice, which counts our workbooks again; where it cannot be had those tests are left out, and say so."""
    if shutil.which("soffice") is None:
        installed_by_apt("libreoffice-calc-nogui", "LibreOffice for the tests of workbooks")
    return shutil.which("soffice")


def mail_server() -> str | None:
    """Dovecot, which our reading of mailboxes is tried against; where it cannot be had those tests say so."""
    if found_mail_server() is None:
        installed_by_apt("dovecot-imapd", "Dovecot for the tests of mailboxes")
    return found_mail_server()


def found_mail_server() -> str | None:
    """Path of Dovecot, where it is installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def postgres() -> Path | None:
    """Folder of PostgreSQL's programs; where it cannot be had the tests of shared data say so."""
    if found_postgres() is None:
        installed_by_apt("postgresql", "PostgreSQL for the tests of shared data")
    return found_postgres()


def found_postgres() -> Path | None:
    """Folder of PostgreSQL's programs, where it is installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    path = shutil.which("initdb")
    return Path(path).resolve().parent if path else (versions[-1] if versions else None)


CLICKHOUSE = "@chdb/lib-linux-x64-gnu", "26.7.3-stable.1"
"""The library that has all of ClickHouse in it (Apache-2.0), as npm knows it, and its version."""


def clickhouse() -> Path | None:
    """The library of ClickHouse, installed beside the project; where it cannot be had those tests say so."""
    package, version = CLICKHOUSE
    folder = Path(__file__).parents[1] / ".peers" / f"clickhouse-{version}"
    found = folder / "node_modules" / package / "libchdb.so"
    npm = shutil.which("npm")
    if not found.exists() and npm is not None:
        say("Fetching ClickHouse for the tests of it (npm)")
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder)]
        subprocess.run([npm, "install", *quiet, f"{package}@{version}"], stdout=subprocess.DEVNULL, check=False)
    return found if found.exists() else None


def found_browser() -> str | None:
    """Path of a browser that is installed."""
    named = os.environ.get("KPI_CHROMIUM")
    if named and Path(named).exists():
        return named
    return next((path for path in map(shutil.which, BROWSERS) if path), None) or playwright_browser()


def playwright_browser() -> str | None:
    """Path of the browser Playwright has installed for itself."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def installed_by_apt(package: str, what: str) -> bool:
    """Install a package of Debian's, as root or where sudo asks for no password."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    may = os.geteuid() == 0 if hasattr(os, "geteuid") else False
    sudo = [] if may else ["sudo", "-n"]
    if not may and (shutil.which("sudo") is None or subprocess.run(["sudo", "-n", "true"], check=False).returncode):
        return False
    say(f"Installing {what} (apt-get)")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, apt, "update", "-q"], stdout=subprocess.DEVNULL, env=quiet, check=False)
    install = [*sudo, apt, "install", "-q", "-y", "--no-install-recommends", package]
    return subprocess.run(install, stdout=subprocess.DEVNULL, env=quiet, check=False).returncode == 0


def installed_by_playwright() -> str | None:
    """Install Playwright's own Chromium."""
    say("Installing Chromium for the browser tests (Playwright)")
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(install, stdout=sys.stderr, check=False)
    return playwright_browser()


def say(text: str) -> None:
    """Tell the person what is being done; the answer alone goes to standard output."""
    print(f"• {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    found = {"chromium": chromium, "office": office, "mail_server": mail_server, "postgres": postgres}[sys.argv[1]]()
    print(found or "")
