"""What is published names no machine or registry, the lock fits the project, and a visitor sees how to start."""

import re
import subprocess
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

# In pieces, so that this file doesn't name what it looks for.
FOLDERS = ("work/", "root/", "tmp/bash")
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com", "deb" + ".debian.org")
ADDRESSES = ("--index" + "-url", "--extra-index" + "-url", "--find" + "-links", ":" + "//")
MACHINE_PATH = re.compile(rf"(?<![\w.~-])/(?:{'|'.join(FOLDERS)})[^\s\"']*|{re.escape(str(ROOT))}[^\s\"']*")


def project_files() -> list[Path]:
    """What is tracked, and what would be on the next `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in sorted(set(listed.split("\0"))) if (path := ROOT / name).is_file()]


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Name and text of a file; of an archive (a wheel, an sdist, a workbook), those of each of its files."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}:{name}", archive.read(name).decode("utf-8", "replace")
    elif path.name.endswith(".tar.gz"):
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                if (file := archive.extractfile(member)) is not None:
                    yield f"{path.name}:{member.name}", file.read().decode("utf-8", "replace")
    else:
        yield path.name, path.read_bytes().decode("utf-8", "replace")


def machine_paths(path: Path) -> list[str]:
    """Each place in the file, or in a file of the archive, that names a folder of the machine it was made on."""
    return [f"{name}: {found[0]}" for name, text in texts(path) for found in MACHINE_PATH.finditer(text)]


in_a_checkout = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout tells which files are its own")


@in_a_checkout
def test_no_file_names_a_folder_of_the_machine_it_was_made_on() -> None:
    assert [found for path in project_files() for found in machine_paths(path)] == []


@in_a_checkout
def test_no_file_names_a_registry() -> None:
    named = [
        f"{name}: {host}" for path in project_files() for name, text in texts(path) for host in HOSTS if host in text
    ]
    assert named == []


def test_the_lock_holds_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert [address for address in ADDRESSES if address in lock] == []


def test_every_line_of_the_lock_has_a_version_and_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    entries = [line for line in lock.splitlines() if line and not line.startswith("#")]
    assert [line for line in entries if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_the_lock_meets_every_requirement() -> None:
    """Else `make lock` was forgotten after a change of pyproject.toml."""
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        locked.setdefault(canonicalize_name(name), []).append(version)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    unmet = [
        str(requirement)
        for requirement in map(Requirement, wanted)
        if not (versions := locked.get(canonicalize_name(requirement.name)))
        or not all(map(requirement.specifier.contains, versions))
    ]
    assert unmet == []


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_names_what_to_run_on_its_first_screen(command: str) -> None:
    assert command in "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40])
