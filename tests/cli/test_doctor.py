"""``doctor`` names each fault with what to do about it, and ends with 1 when there is one."""

import asyncio
import stat
from pathlib import Path

import asyncpg
import pytest

from aws.template import PARAMETERS, Stack, bucket_cors
from cli.commands import environment, run
from mediaconvert_double import MediaConvertDouble
from s3_fixtures import ACCESS_KEY, REGION, SECRET_KEY, S3Server
from server_fixtures import Server


@pytest.fixture
def given(tmp_path: Path, migrated_database_url: str) -> dict[str, str]:
    return environment(tmp_path, DATABASE_URL=migrated_database_url)


def line_of(part: str, said: str) -> str:
    """What stands behind the mark in the line about ``part``, and the mark before it."""
    (line,) = [line for line in said.splitlines() if line[6:].startswith(part)]
    return line


async def later_release(url: str, *, says_whom_it_suits: bool = False) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("UPDATE alembic_version SET version_num = 'of_next_year'")
        if not says_whom_it_suits:
            await connection.execute("COMMENT ON TABLE alembic_version IS NULL")
    finally:
        await connection.close()


def test_beside_a_running_service_every_part_is_well(server: Server) -> None:
    ended = run("doctor", given=server.environment)

    assert ended.returncode == 0, ended.stdout
    for part in ("ffmpeg", "sandbox", "database", "worker", "cache", "storage"):
        assert line_of(part, ended.stdout).startswith("ok ")


def test_a_database_that_is_away_is_a_fault_and_its_password_stays_secret(given: dict[str, str]) -> None:
    given["DATABASE_URL"] = "postgresql://somebody:pass-4711@127.0.0.1:1/none"

    ended = run("doctor", given=given)

    assert ended.returncode == 1
    assert line_of("database", ended.stdout).startswith("FAULT ")
    assert "See that PostgreSQL runs" in ended.stdout
    assert "4711" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_without_its_tables_is_to_be_migrated(
    given: dict[str, str], empty_database_url: str
) -> None:
    given["DATABASE_URL"] = empty_database_url

    ended = run("doctor", given=given)

    assert ended.returncode == 1
    assert "at migration none" in line_of("database", ended.stdout)
    assert "Run: showsondemand migrate" in ended.stdout


def test_a_database_of_a_later_release_is_a_fault_and_nothing_starts_on_it(given: dict[str, str]) -> None:
    asyncio.run(later_release(given["DATABASE_URL"]))

    examined, started = run("doctor", given=given), run("migrate", given=given)

    assert (examined.returncode, started.returncode) == (1, 1)
    assert "at migration of_next_year" in line_of("database", examined.stdout)
    assert "It belongs to a later release" in examined.stdout
    assert started.stderr.startswith("The database belongs to a later release (migration of_next_year)")


def test_a_database_of_the_next_release_is_no_fault_for_this_one_starts_on_it(given: dict[str, str]) -> None:
    asyncio.run(later_release(given["DATABASE_URL"], says_whom_it_suits=True))

    examined, started = run("doctor", given=given), run("migrate", given=given)

    assert line_of("database", examined.stdout).startswith("note ")
    assert "at migration of_next_year" in line_of("database", examined.stdout)
    assert "this one works on its tables" in examined.stdout
    assert started.returncode == 0


def test_a_service_that_nobody_works_for_is_a_fault(given: dict[str, str]) -> None:
    ended = run("doctor", given=given)

    assert ended.returncode == 1
    assert line_of("worker", ended.stdout).startswith("FAULT ")
    assert ended.stderr == "Faulty: worker.\n"


def test_an_ffmpeg_that_is_not_there_is_a_fault(given: dict[str, str], tmp_path: Path) -> None:
    given["FFMPEG"] = str(tmp_path / "ffmpeg")

    ended = run("doctor", given=given)

    assert ended.returncode == 1
    assert line_of("ffmpeg", ended.stdout).startswith("FAULT ")
    assert "Leave FFMPEG empty" in ended.stdout


def test_an_ffmpeg_that_is_too_old_is_a_fault(given: dict[str, str], tmp_path: Path) -> None:
    given["FFMPEG"] = str(program(tmp_path / "ffmpeg", 'echo "ffmpeg version 4.4.2 Copyright (c) someone"'))

    ended = run("doctor", given=given)

    assert ended.returncode == 1
    assert "4.4.2 is older than 7.0" in line_of("ffmpeg", ended.stdout)


def test_each_thing_that_an_ffmpeg_was_built_without_is_named(given: dict[str, str], tmp_path: Path) -> None:
    given["FFMPEG"] = str(program(tmp_path / "ffmpeg", 'echo "ffmpeg version 8.0 Copyright (c) someone"'))

    ended = run("doctor", given=given)

    for lack in ("encoder libx264", "filter zscale", "muxer dash", "option -format_whitelist"):
        assert f"has no {lack}" in ended.stdout


def test_a_redis_that_is_away_is_a_fault(given: dict[str, str]) -> None:
    given["REDIS_URL"] = "redis://127.0.0.1:1/0"

    ended = run("doctor", given=given)

    assert line_of("cache", ended.stdout).startswith("FAULT ")
    assert "Everything stays right, only slower" in ended.stdout


def test_an_encoder_that_lets_us_not_in_is_a_fault(
    given: dict[str, str], mediaconvert: MediaConvertDouble, s3_server: S3Server
) -> None:
    mediaconvert.refusal = (403, "AccessDeniedException", "User films is not authorized")
    given |= {
        "TRANSCODER": "mediaconvert",
        "MEDIACONVERT_ROLE": "arn:aws:iam::123456789012:role/films",
        "AWS_ENDPOINT_URL_MEDIACONVERT": mediaconvert.url,
        "STORAGE_URL": f"s3://{s3_server.new_bucket()}",
        "AWS_ENDPOINT_URL": s3_server.url,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
    }

    refused = run("doctor", given=given)
    mediaconvert.refusal = None
    let_in = run("doctor", given=given)

    assert line_of("encoder", refused.stdout).startswith("FAULT ")
    assert "User films is not authorized" in refused.stdout
    assert line_of("encoder", let_in.stdout).startswith("note ")
    assert "Set WEBHOOK_KEY" in let_in.stdout


def test_a_data_folder_that_is_a_file_is_a_fault_of_the_storage(
    given: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("in the way", encoding="utf-8")

    ended = run("doctor", given=given)

    assert line_of("storage", ended.stdout).startswith("FAULT ")
    assert "Give the user that runs this the right to write" in ended.stdout


def test_a_bucket_that_takes_no_parts_from_browsers_is_a_fault(
    given: dict[str, str], s3_server: S3Server
) -> None:
    bucket = s3_server.new_bucket()
    given |= s3_server.environment(bucket) | {"PUBLIC_BASE_URL": PARAMETERS["AppUrl"]}
    closed = run("doctor", given=given)
    s3_server.client().put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": bucket_cors(Stack())})

    opened = run("doctor", given=given)

    assert line_of("uploads", closed.stdout).startswith("FAULT ")
    assert "it has no CORS rules" in line_of("uploads", closed.stdout)
    assert line_of("uploads", opened.stdout).startswith("ok ")
    assert line_of("storage", opened.stdout).startswith("ok ")


def test_a_network_without_a_key_is_remarkable(given: dict[str, str]) -> None:
    given["CDN_BASE_URL"] = "https://cdn.example.org"

    ended = run("doctor", given=given)

    assert line_of("delivery", ended.stdout).startswith("note ")
    assert "without a key" in line_of("delivery", ended.stdout)


def test_a_host_of_media_that_is_nowhere_is_remarkable(given: dict[str, str]) -> None:
    given["MEDIA_HOSTS"] = "127.0.0.1:8443,cdn.shows.invalid"

    ended = run("doctor", given=given)

    assert line_of("hosts", ended.stdout).startswith("note ")
    assert line_of("hosts", ended.stdout).endswith("no address is known of cdn.shows.invalid")


def program(file: Path, script: str) -> Path:
    """A program that answers whatever it is asked in one way."""
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file
