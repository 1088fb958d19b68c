"""What is committed holds on any machine: pinned versions, no registry's address, no folder of one place."""

import json
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from house_rules.source_tree import REPOSITORY, shown

CONSTRAINTS = REPOSITORY / "constraints.txt"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [
    *PROJECT["dependencies"],
    *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
]
WEB_LOCK = REPOSITORY / "web" / "package-lock.json"


def pinned_versions() -> dict[str, str]:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): pinned for name, pinned in pins}


def needed(requirements: Iterable[str], extra: str = "", seen: set[str] | None = None) -> Iterator[str]:
    """The names of all distributions that ``requirements`` bring to this machine, theirs included."""
    seen = set() if seen is None else seen
    for requirement in map(Requirement, requirements):
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": extra})
        name = canonicalize_name(requirement.name)
        key = f"{name}[{','.join(sorted(requirement.extras))}]"
        if not applies or key in seen:
            continue
        seen.add(key)
        yield name
        for wanted in ("", *requirement.extras):
            yield from needed(requires(name) or (), wanted, seen)


def test_everything_that_is_installed_for_us_is_pinned() -> None:
    unpinned = set(needed(DECLARED)) - pinned_versions().keys()

    assert unpinned == set()


def test_what_is_installed_is_what_is_pinned() -> None:
    installed = {}
    for name, pinned in pinned_versions().items():
        try:
            installed[name] = (version(name), pinned)
        except PackageNotFoundError:  # needed on another platform, or only where the package is built
            continue

    other_versions = {name: versions for name, versions in installed.items() if versions[0] != versions[1]}

    assert other_versions == {}


def test_the_pins_hold_wherever_packages_come_from() -> None:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()

    others = [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.!+-]+", line)]

    assert others == []


def test_the_web_lock_file_does_not_say_where_packages_were_fetched_from() -> None:
    packages = json.loads(WEB_LOCK.read_text(encoding="utf-8"))["packages"]

    fetched = [
        name for name, package in packages.items() if "resolved" in package and not package.get("link")
    ]

    assert fetched == []


def committed_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout
    paths = [REPOSITORY / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_file_knows_one_machine() -> None:
    # Written in parts, so that this file does not find itself.
    folder = "/work" + "/(?:main|shared)|/root" + r"/\."
    registry = "--(?:extra-)?index" + "-url|--find" + "-links|registry[. =]" + "(?:npmjs|https?:)"
    knows = re.compile(f"{folder}|{registry}".encode())

    found = [shown(path) for path in committed_files() if knows.search(path.read_bytes())]

    assert found == []


def test_each_dependency_has_its_line_of_why() -> None:
    page = (REPOSITORY / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| ([\w.-]+) \| \w", page, re.MULTILINE)

    names = [Requirement(line).name for line in DECLARED]

    assert sorted(explained) == sorted(["package", "package", "package", *names])
