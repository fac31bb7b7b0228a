"""A user's install: the wheel alone, in an empty environment, away from the checkout, does the demo."""

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.test_house import ROOT, machine_paths

# One worker builds and installs for all of them.
pytestmark = pytest.mark.xdist_group("wheel")

BUNDLED = ["examples", "programmes", "questionnaires", "report_templates", "schemas", "scoring"]
DEMO_MAKES = ["**/*.html", "**/*.md", "**/*.csv"]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Standard output of a command, which must succeed; where it doesn't, the test shows all that it said."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and what it asks for, at the locked versions."""
    home = tmp_path_factory.mktemp("installed")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = [line.removesuffix(" \\") for line in lock.splitlines() if re.match(r"\w", line)]
    (home / "constraints.txt").write_text("\n".join(pins), encoding="utf-8")
    venv.create(home / "venv", symlinks=True)
    binaries = home / "venv" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", binaries / "python", "--disable-pip-version-check", "--no-input"]
    run(*pip, "install", "--quiet", "--no-compile", "--constraint", home / "constraints.txt", wheel, cwd=home)
    return binaries


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment in which nothing leads to the checkout or to the developer's own store."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {"HOME": str(tmp_path), "AIMATURITY_HOME": str(tmp_path / "home"), "COLUMNS": "500"}


def test_the_wheel_carries_every_folder_of_definitions(wheel: Path) -> None:
    names = [name.split("/") for name in zipfile.ZipFile(wheel).namelist()]
    assert sorted({name[2] for name in names if name[:2] == ["aimaturity", "bundled"]}) == BUNDLED


def test_neither_wheel_nor_sdist_names_a_folder_of_this_machine(built: Path) -> None:
    archives = sorted(built.iterdir())
    assert [path.name.rpartition(".")[2] for path in archives] == ["whl", "gz"]
    assert [found for path in archives for found in machine_paths(path)] == []


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path, bare: dict[str, str]) -> None:
    where = run(installed / "python", "-c", "import aimaturity; print(aimaturity.__file__)", cwd=tmp_path, env=bare)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_the_demo_runs_and_writes_what_it_names(installed: Path, tmp_path: Path, bare: dict[str, str]) -> None:
    said = run(installed / "aimaturity", "demo", "out", cwd=tmp_path, env=bare)
    assert [kind for kind in DEMO_MAKES if not list((tmp_path / "out").glob(kind))] == []
    named = re.findall(r"\bout/[^\s'\"`:,;()]*\w", said)
    assert any(name.endswith(".html") for name in named), said
    assert [name for name in named if not (tmp_path / name).exists()] == []
