"""Wrong settings end every command at once: named, with their values kept secret."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cli.commands import environment, run
from showsondemand.web_hosts import common_domain

WRONG_SETTINGS = 78


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    """The key as its owner would paste it."""
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


SIGNING = {
    "PUBLIC_BASE_URL": "https://shows.example.org",
    "CLOUDFRONT_KEY_PAIR_ID": "K2JCJMDEHXQW5F",
    "CLOUDFRONT_PRIVATE_KEY": pem(ec.generate_private_key(ec.SECP256R1())),
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRANSCODE_CONCURRENCY", "many-4711"),
        ("PUBLIC_BASE_URL", "gopher-4711"),
        ("LOG_LEVEL", "loud-4711"),
        ("TRUSTED_PROXIES", "127.0.0.1,balancer-4711"),
        ("REDIS_URL", "http://4711"),
        ("REDIS_URL", "redis://redis:port-4711"),
        ("SMTP_URL", "mail-4711:25"),
        ("SMTP_URL", "smtp://mail:99994711"),
        ("ADMIN_EMAIL", "4711@example.org"),
        ("MEDIA_HOSTS", "cdn.example.org,https://cdn-4711.example.org/"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(name: str, value: str, tmp_path: Path) -> None:
    given = environment(tmp_path, **{name: value})

    ended = run("migrate", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    assert name in ended.stderr
    assert value not in ended.stderr
    assert "4711" not in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("email", "password", "named"),
    [
        ("nobody-4711", "correct horse battery staple", "ADMIN_EMAIL"),
        ("mia@example.org", "short-4711", "ADMIN_PASSWORD"),
    ],
)
def test_a_first_administrator_who_cannot_be_made_is_a_wrong_setting(
    email: str, password: str, named: str, migrated_database_url: str, tmp_path: Path
) -> None:
    given = environment(
        tmp_path, ADMIN_EMAIL=email, ADMIN_PASSWORD=password, DATABASE_URL=migrated_database_url
    )

    ended = run("serve", "--port", "0", "--no-worker", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    assert named in ended.stderr
    assert "4711" not in ended.stderr


def test_one_secret_does_not_serve_for_two_purposes(tmp_path: Path) -> None:
    secret = "".join(f"{number:x}-" for number in range(4711, 4731))
    given = environment(tmp_path, ENVIRONMENT="production", SECRET_KEY=secret, WEBHOOK_KEY=secret)

    ended = run("serve", given=given, folder=tmp_path)

    assert "SECRET_KEY and WEBHOOK_KEY must differ" in ended.stderr


def test_production_names_each_weakness_without_its_value(tmp_path: Path) -> None:
    given = environment(tmp_path, ENVIRONMENT="production", SECRET_KEY="short-4711", WEBHOOK_KEY="also-4711")

    ended = run("serve", given=given, folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    for name in ("SECRET_KEY", "WEBHOOK_KEY", "PUBLIC_BASE_URL", "DATABASE_URL", "ALLOWED_HOSTS"):
        assert name in ended.stderr
    assert "4711" not in ended.stderr


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"CLOUDFRONT_KEY_PAIR_ID": "K2JCJMDEHXQW5F"}, "CLOUDFRONT_PRIVATE_KEY"),
        ({"CLOUDFRONT_PRIVATE_KEY": "no-key-4711"}, "CLOUDFRONT_PRIVATE_KEY"),
        ({"CLOUDFRONT_PRIVATE_KEY": pem(ec.generate_private_key(ec.SECP384R1()))}, "P-256"),
        ({**SIGNING, "CDN_BASE_URL": "https://elsewhere.example.net"}, "on a sibling of"),
        ({**SIGNING, "CDN_BASE_URL": "https://127.0.0.2"}, "on a sibling of"),
        ({**SIGNING, "CDN_BASE_URL": "http://cdn.example.org"}, "must both be https"),
    ],
)
def test_a_network_that_could_not_be_signed_for_is_a_wrong_setting(
    given: dict[str, str], named: str, tmp_path: Path
) -> None:
    ended = run("migrate", given=environment(tmp_path, **given), folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    assert named in ended.stderr
    assert "4711" not in ended.stderr
    assert "BEGIN" not in ended.stderr


@pytest.mark.parametrize(
    ("host", "network", "domain"),
    [
        ("shows.example.org", "cdn.example.org", "example.org"),
        ("example.org", "cdn.example.org", "example.org"),
        ("shows.example.org", "shows.example.org", None),
        ("127.0.0.1", "127.0.0.1", None),
    ],
)
def test_cookies_are_set_on_the_domain_that_both_hosts_share(
    host: str, network: str, domain: str | None
) -> None:
    assert common_domain(host, network) == domain


@pytest.mark.parametrize(
    ("host", "network"),
    [("shows.org", "cdn.org"), ("10.0.0.1", "9.0.0.1"), ("shows.example.org", "cdn.example.net")],
)
def test_hosts_of_strangers_share_no_cookies(host: str, network: str) -> None:
    with pytest.raises(ValueError, match="no domain in common"):
        common_domain(host, network)


def test_an_encoder_at_aws_needs_a_role_and_a_bucket(tmp_path: Path) -> None:
    ended = run("migrate", given=environment(tmp_path, TRANSCODER="mediaconvert"), folder=tmp_path)

    assert ended.returncode == WRONG_SETTINGS
    for name in ("MEDIACONVERT_ROLE", "STORAGE_URL"):
        assert name in ended.stderr


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
