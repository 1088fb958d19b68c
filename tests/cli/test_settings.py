"""Wrong settings end every command at once: named, with their values kept secret."""

from pathlib import Path

import pytest

from cli.commands import environment, run

WRONG_SETTINGS = 78


@pytest.mark.parametrize(
    ("name", "value"),
    [("TRANSCODE_CONCURRENCY", "many-4711"), ("PUBLIC_BASE_URL", "gopher-4711"), ("LOG_LEVEL", "loud-4711")],
)
def test_a_wrong_setting_is_named_without_its_value(name: str, value: str, tmp_path: Path) -> None:
    given = environment(tmp_path, **{name: value})

    ended = run("migrate", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    assert name in ended.stderr
    assert value not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_production_names_each_weakness_without_its_value(tmp_path: Path) -> None:
    given = environment(tmp_path, ENVIRONMENT="production", SECRET_KEY="short-4711", WEBHOOK_KEY="also-4711")

    ended = run("serve", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    for name in ("SECRET_KEY", "WEBHOOK_KEY", "PUBLIC_BASE_URL", "DATABASE_URL", "ALLOWED_HOSTS"):
        assert name in ended.stderr
    assert "4711" not in ended.stderr


def test_a_database_address_that_is_none_is_a_wrong_setting(tmp_path: Path) -> None:
    given = environment(tmp_path, DATABASE_URL="secret-4711")

    ended = run("migrate", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    assert "DATABASE_URL" in ended.stderr
    assert "4711" not in ended.stderr


def test_a_secret_file_that_is_missing_is_named(tmp_path: Path) -> None:
    given = environment(tmp_path, SECRET_KEY_FILE=str(tmp_path / "nowhere"))

    ended = run("migrate", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    assert f"{tmp_path / 'nowhere'}: No such file or directory" in ended.stderr


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    given = environment(tmp_path, DATABASE_URL="postgresql://somebody:pass-4711@127.0.0.1:1/none")

    ended = run("migrate", given=given, folder=tmp_path)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The database could not be brought up to date: ")
    assert "4711" not in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "arguments", [["serve", "--port", "99999"], ["worker", "--concurrency", "0"], ["ingest"], ["fly"]]
)
def test_a_wrong_usage_ends_with_2(arguments: list[str], tmp_path: Path) -> None:
    ended = run(*arguments, given=environment(tmp_path), folder=tmp_path)

    assert ended.returncode == 2
