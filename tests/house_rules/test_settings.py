"""Whoever reads .env.example knows every setting and what it is when left out."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic_settings import BaseSettings

from house_rules.source_tree import REPOSITORY
from showsondemand.config import Settings

EXAMPLE = REPOSITORY / ".env.example"


def names_of(settings: type[BaseSettings]) -> Iterator[str]:
    """The variables that ``settings`` and the subjects nested in it are read from."""
    for field in settings.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseSettings):
            yield from names_of(field.annotation)
        else:
            yield str(field.validation_alias)


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting given, by the environment or by a .env file in the present folder."""
    for name in names_of(Settings):
        for given in (name, f"{name}_FILE"):
            monkeypatch.delenv(given, raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_example_lists_every_setting_and_no_other() -> None:
    listed = dotenv_values(EXAMPLE).keys()

    assert sorted(listed) == sorted(names_of(Settings))


@pytest.mark.usefixtures("bare_environment")
def test_the_example_changes_nothing_when_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = Settings()
    for name, value in dotenv_values(EXAMPLE).items():
        monkeypatch.setenv(name, value or "")

    taken = Settings()

    assert taken == left_out


def test_each_setting_in_the_example_has_its_line_of_why() -> None:
    paragraphs = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")

    unexplained = [part for part in paragraphs if not re.match(r"# .+[.;]", part)]

    assert unexplained == []


@pytest.mark.usefixtures("bare_environment")
def test_a_setting_left_empty_is_a_setting_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "LOG_LEVEL" not in os.environ
    monkeypatch.setenv("LOG_LEVEL", "")

    settings = Settings()

    assert settings.logs.level == "info"
