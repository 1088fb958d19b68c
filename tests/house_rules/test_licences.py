"""docs/licences.md and the SBOM say what is really installed."""

import importlib.util
import json
import sys
from types import ModuleType

import pytest

from house_rules.source_tree import REPOSITORY


@pytest.fixture
def inventory() -> ModuleType:
    """The script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("inventory", REPOSITORY / "deploy" / "inventory.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="other packages are installed elsewhere")
def test_the_list_of_licences_is_what_is_installed(inventory: ModuleType) -> None:
    page = (REPOSITORY / "docs" / "licences.md").read_text(encoding="utf-8")

    assert page == inventory.licences(), "run: make licences"


def test_the_sbom_has_each_package_with_its_version(inventory: ModuleType) -> None:
    document = json.loads(inventory.sbom())
    urls = [each["purl"] for each in document["components"]]

    pins = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    assert document["specVersion"] == "1.6"
    assert len(urls) == len(set(urls)) > 80
    for name in ("fastapi", "asyncpg", "imageio-ffmpeg"):
        (url,) = [each for each in urls if each.startswith(f"pkg:pypi/{name}@")]
        assert f"{name}=={url.partition('@')[2]}" in pins
    assert any(each.startswith("pkg:npm/react@") for each in urls)
