"""What one text says of another is there to be read."""

import re
from pathlib import Path

import typer.main

from house_rules.source_tree import REPOSITORY, python_files, shown
from showsondemand.cli.main import app

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
MEASURED = re.compile(r"^<!-- measured: (\S+) -->$", re.MULTILINE)
NAMED_DOCUMENT = re.compile(r"\bdocs/[\w/.-]+\.(?:md|json)\b")


def documents() -> list[Path]:
    return sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])


def test_every_link_of_a_document_leads_somewhere() -> None:
    links = [
        (shown(document), target)
        for document in documents()
        for target in LINK.findall(document.read_text(encoding="utf-8"))
    ]

    dead = [
        (name, target) for name, target in links if not (REPOSITORY / name).parent.joinpath(target).exists()
    ]

    assert dead == []


def test_every_document_that_is_named_is_there() -> None:
    texts = [*documents(), *python_files(), REPOSITORY / "pyproject.toml", REPOSITORY / ".env.example"]

    missing = {
        (shown(text), name)
        for text in texts
        for name in NAMED_DOCUMENT.findall(text.read_text(encoding="utf-8"))
        if not (REPOSITORY / name).exists()
    }

    assert missing == set()


def test_every_command_is_described_and_no_other() -> None:
    page = (REPOSITORY / "docs" / "operating.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([a-z-]+)[^`]*` \| \w", page, re.MULTILINE)

    commands = typer.main.get_group(app).commands

    assert sorted(described) == sorted(commands)


def test_every_place_for_a_figure_is_filled_by_a_benchmark_and_every_benchmark_has_one() -> None:
    places = {
        name for document in documents() for name in MEASURED.findall(document.read_text(encoding="utf-8"))
    }
    benchmarks = {path.stem for path in (REPOSITORY / "bench").glob("*.py")} - {"__main__", "record"}

    assert places == benchmarks | {"run", "headlines", "bars"}
