"""What axe has to say against a page."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults_of(page: Page) -> list[Any]:
    """Each rule that is broken, with what breaks it; none on a page that is as it should be."""
    if not AXE.exists():
        pytest.skip("axe-core comes with the web client's development packages")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]]
