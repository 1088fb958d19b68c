"""Which passwords and names are taken, and what looks the same is the same."""

import json

import pytest
from fastapi.testclient import TestClient

from people import PASSWORD, People
from showsondemand.auth.common_passwords import is_common
from showsondemand.auth.errors import WeakPassword
from showsondemand.auth.password_rules import refuse_weak_password
from showsondemand.tokens import Role

COMPOSED, DECOMPOSED = (
    "ünïcödé crème brûlée",
    "u\u0308ni\u0308co\u0308de\u0301 cre\u0300me bru\u0302le\u0301e",
)


def register(client: TestClient, password: str, email: str = "mia@example.org", name: str = "") -> int:
    return client.post(
        "/auth/register", json={"email": email, "password": password, "name": name}
    ).status_code


def sign_in(client: TestClient, password: str, email: str = "mia@example.org") -> int:
    return client.post("/auth/login", json={"email": email, "password": password}).status_code


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "x" * 129,
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "1q2w3e4r5t6y",
        "Qwertyuiop123",
        "PasswordPassword",
        "mia.winter@example.org",
        "mia.winter123",
        "Winterberg2024",
        "showsondemand1",
        "Shows on Demand!",
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        refuse_weak_password(password, email="mia.winter@example.org", name="Mia Winterberg")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "🐳🦀🐙🦑🐚🪼🐠🐟🐡🦈🐬🐋",
        "  blanks at both ends  ",
        "x1" + "yz w" * 31 + "!Q",
    ],
)
def test_any_other_is_taken_whatever_it_is_made_of(password: str) -> None:
    refuse_weak_password(password, email="mia@example.org", name="Mia")


def test_staff_need_longer_ones() -> None:
    thirteen = "grey whales!x"
    refuse_weak_password(thirteen, email="mia@example.org")

    with pytest.raises(WeakPassword, match="15"):
        refuse_weak_password(thirteen, email="mia@example.org", role=Role.EDITOR)


def test_the_list_of_common_ones_is_long_and_folded() -> None:
    assert is_common("1qaz2wsx3edc")
    assert is_common("qwertyuiop123")
    assert not is_common("correct horse battery staple")


@pytest.mark.parametrize("length", [72, 73, 80, 128])
def test_every_byte_of_a_long_password_counts(client: TestClient, length: int) -> None:
    password = ("a long one, " * 11)[: length - 1] + "!"

    assert register(client, password) == 201

    assert sign_in(client, password) == 200
    assert sign_in(client, password[:-1] + "?") == 401
    assert sign_in(client, password[:-1]) == 401


def test_one_password_from_two_keyboards_is_one(client: TestClient) -> None:
    assert register(client, COMPOSED) == 201

    assert sign_in(client, DECOMPOSED) == 200


@pytest.mark.parametrize("password", ["with a \0 in the middle", "half a pair \ud800 of it", 7, None, ["x"]])
def test_what_is_no_password_is_refused_politely(client: TestClient, password: object) -> None:
    bodies = {
        path: json.dumps({"email": "mia@example.org", "password": password})
        for path in ("/auth/register", "/auth/login")
    }

    statuses = {
        path: client.post(path, content=body, headers={"Content-Type": "application/json"}).status_code
        for path, body in bodies.items()
    }

    assert statuses == {"/auth/register": 422, "/auth/login": 422}


def test_an_answer_never_repeats_the_password(client: TestClient) -> None:
    refused = client.post("/auth/register", json={"email": "no address", "password": PASSWORD})

    assert refused.status_code == 422
    assert PASSWORD not in refused.text


@pytest.mark.parametrize("spelled", ["MIA@Example.ORG", "\uff4d\uff49\uff41@example.org"])
def test_an_address_that_looks_the_same_is_the_same(client: TestClient, spelled: str) -> None:
    assert register(client, PASSWORD) == 201

    assert register(client, PASSWORD, email=spelled) in {409, 422}


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("mia@example.org\r\nBcc: all@example.org", ""),
        ("mia@example.org", "Mia\r\nBcc: all@example.org"),
        ("mia@example.org", "Mia \u2028 Winter"),
        ("mia@example.org", "M" * 101),
        ("mia", ""),
        ("", ""),
    ],
)
def test_no_header_fits_into_a_name_or_an_address(client: TestClient, email: str, name: str) -> None:
    assert register(client, PASSWORD, email=email, name=name) == 422


def test_the_authorize_button_signs_in_by_form(client: TestClient, people: People) -> None:
    person = people.viewer()

    answer = client.post("/auth/token", data={"username": person.email, "password": PASSWORD})

    token = answer.json()
    assert token["token_type"] == "bearer"
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    assert client.get("/users/me", headers=headers).json()["email"] == person.email
    schemes = client.get("/openapi.json").json()["components"]["securitySchemes"]
    assert schemes["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"] == "/auth/token"
