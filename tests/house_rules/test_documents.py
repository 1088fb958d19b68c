"""What one text says of another is there to be read."""

import re
from pathlib import Path

from house_rules.source_tree import REPOSITORY, python_files, shown

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
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
