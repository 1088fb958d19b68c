"""``openapi`` prints the document that is committed."""

import json
from pathlib import Path

from cli.commands import environment, run
from house_rules.source_tree import REPOSITORY


def test_the_printed_document_is_the_committed_one(tmp_path: Path) -> None:
    committed = (REPOSITORY / "docs" / "openapi.json").read_text(encoding="utf-8")

    printed = run("openapi", given=environment(tmp_path), folder=tmp_path)

    assert printed.returncode == 0
    assert json.loads(printed.stdout) == json.loads(committed)


def test_printing_it_leaves_nothing_behind(tmp_path: Path) -> None:
    run("openapi", given=environment(tmp_path), folder=tmp_path)

    assert list(tmp_path.iterdir()) == []
