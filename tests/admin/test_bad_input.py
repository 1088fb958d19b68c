import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from people import People, Person
from studio import Studio

MEDIA = "https://shows.example.org/media"
FIELD_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"title": "A", "colour": "red"}, "/colour"),
    ({"title": "A", "id": str(uuid4())}, "/id"),
    ({"title": "A", "state": "available"}, "/state"),
    ({"title": "A", "series": {"title": "B", "part": 1}}, "/series/part"),
    ({"title": "A", "series": {"season": 1}}, "/series/title"),
    ({"title": "A", "captions": [{"language": "en", "label": "English"}]}, "/captions/0/url"),
    ({}, "/title"),
    ({"title": ""}, "/title"),
    ({"title": " \t "}, "/title"),
    ({"title": None}, "/title"),
    ({"title": 5}, "/title"),
    ({"title": "x" * 201}, "/title"),
    ({"title": "two\nlines"}, "/title"),
    ({"title": "nul\x00"}, "/title"),
    ({"title": "escape\x1b[31m"}, "/title"),
    ({"title": "A", "synopsis": "nul\x00"}, "/synopsis"),
    ({"title": "A", "synopsis": "x" * 10_001}, "/synopsis"),
    ({"title": "A", "genres": ["x"] * 51}, "/genres"),
    ({"title": "A", "genres": [""]}, "/genres/0"),
    ({"title": "A", "genres": "Drama"}, "/genres"),
    ({"title": "A", "language": "not a language"}, "/language"),
    ({"title": "A", "releaseYear": 1500}, "/releaseYear"),
    ({"title": "A", "releaseYear": 2**80}, "/releaseYear"),
    ({"title": "A", "releaseYear": 2008.5}, "/releaseYear"),
    ({"title": "A", "width": -1}, "/width"),
    ({"title": "A", "durationSeconds": 1e300}, "/durationSeconds"),
    ({"title": "A", "availableFrom": "yesterday"}, "/availableFrom"),
    ({"title": "A", "availableFrom": "2026-01-01T00:00:00"}, "/availableFrom"),
    ({"title": "A", "availableFrom": 1_700_000_000}, "/availableFrom"),
    ({"title": "A", "availableFrom": "0001-01-01T00:00:00+14:00"}, "/availableFrom"),
    ({"title": "A", "availableUntil": "9999-12-31T23:59:59-14:00"}, "/availableUntil"),
    (
        {"title": "A", "availableFrom": "2026-01-02T00:00:00Z", "availableUntil": "2026-01-02T00:00:00Z"},
        "/availableUntil",
    ),
]
REFUSED_ADDRESSES = [
    "https://elsewhere.example.net/a.m3u8",
    "https://shows.example.org.elsewhere.example.net/media/videos/a/1/master.m3u8",
    "https://shows.example.org@elsewhere.example.net/a.m3u8",
    "https://shows.example.org:8443/a.m3u8",
    "ftp://shows.example.org/a.m3u8",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//shows.example.org/media/videos/a/1/master.m3u8",
    "media:sources/a/film",
    "/media/videos/a/1/master.m3u8",
    f"{MEDIA}/videos/%00/1/master.m3u8",
    f"{MEDIA}/videos/%0a/1/master.m3u8",
    f"{MEDIA}/videos/../../secret.key",
    f"{MEDIA}/videos/a/1/%2e%2e/%2e%2e/b/1/master.m3u8",
    f"{MEDIA}/sources/a/film",
    f"{MEDIA}/",
    f"{MEDIA}/videos/a/1/master.m3u8?token=1",
    f"{MEDIA}/videos/a/1/master.m3u8#part",
    "https://[::1",
]


NONSENSE = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"title"',
    b'{"title": "A", "durationSeconds": NaN}',
    b'{"title": "A", "durationSeconds": Infinity}',
    b'{"title": "A", "durationSeconds": -1e999}',
    b'{"title": "\\ud800"}',
    b'{"title": "A", "genres": ["\\udfff"]}',
    b'{"title": "A", "\\ud800": 1}',
    b'{"title": "\xff\xfe"}',
    b"\x00" * 64,
    b"[" * 100_000,
    b'{"title":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"title": "A", "releaseYear": ' + b"9" * 5_000 + b"}",
    b"\x1f\x8b\x08\x00gzip",
]


@pytest.fixture
def editor(people: People) -> Person:
    return people.editor()


def post_raw(client: TestClient, body: bytes, headers: dict[str, str]) -> Any:
    return client.post("/shows", content=body, headers={"Content-Type": "application/json", **headers})


def test_a_field_that_is_not_as_it_should_be_is_pointed_at(client: TestClient, editor: Person) -> None:
    answers = {
        json.dumps(body)[:80]: (client.post("/shows", json=body, headers=editor.headers), pointer)
        for body, pointer in FIELD_FAULTS
    }

    seen = {
        body: (answer.status_code, [fault["pointer"] for fault in answer.json().get("errors", ())])
        for body, (answer, _) in answers.items()
    }
    assert seen == {body: (422, [pointer]) for body, (_, pointer) in answers.items()}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", {"detail": "must be given", "code": "required"}),
        (
            "title",
            "A" * 201,
            {"detail": "must have at most 200 characters", "code": "too_long", "limit": 200},
        ),
        ("tags", ["a"] * 51, {"detail": "must hold at most 50", "code": "too_many", "limit": 50}),
        ("releaseYear", 12, {"detail": "must be 1870 or more", "code": "too_small", "limit": 1870}),
        ("language", "German!", {"detail": "is not written as it has to be", "code": "wrong_form"}),
        (
            "dashSrcVideoURL",
            "x",
            {"detail": "must be an absolute http or https URL without credentials", "code": "web_address"},
        ),
        ("nonsense", 1, {"detail": "is not a field that can be set here", "code": "not_taken"}),
    ],
)
def test_a_refused_field_says_why_in_plain_words_and_with_a_code(
    client: TestClient, editor: Person, field: str, value: Any, said: dict[str, Any]
) -> None:
    answer = client.post("/shows", json={"title": "A", field: value}, headers=editor.headers)

    assert answer.json()["errors"] == [{"pointer": f"/{field}", **said}]


def test_a_refusal_does_not_repeat_what_was_sent(client: TestClient, editor: Person) -> None:
    body = {"title": "A", "language": "a secret that was pasted by mistake", "releaseYear": "98765x"}

    answer = client.post("/shows", json=body, headers=editor.headers)

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "98765" not in answer.text


def test_streams_come_from_allowed_hosts_and_whole_media_sets_only(
    client: TestClient, editor: Person
) -> None:
    answers = {
        address: [
            client.post("/shows", json={"title": "A", name: address}, headers=editor.headers)
            for name in ("hlsSrcVideoURL", "posterURL")
        ]
        for address in REFUSED_ADDRESSES
    }

    statuses = {address: [each.status_code for each in given] for address, given in answers.items()}
    assert statuses == {address: [422, 422] for address in REFUSED_ADDRESSES}
    assert answers["file:///etc/passwd"][0].json()["errors"][0]["pointer"] == "/hlsSrcVideoURL"


def test_an_address_that_carries_a_grant_is_not_kept(client: TestClient, studio: Studio) -> None:
    show = studio.available()
    granted = client.post(f"/shows/{show['id']}/playback", headers=studio.editor.headers).json()["hlsURL"]

    answer = client.post(
        "/shows", json={"title": "A", "hlsSrcVideoURL": granted}, headers=studio.editor.headers
    )

    assert answer.status_code == 422


def test_a_body_that_makes_no_sense_is_refused_and_a_stranger_hears_only_that_he_is_one(
    client: TestClient, editor: Person
) -> None:
    answers = {
        body[:30]: (post_raw(client, body, editor.headers), post_raw(client, body, {})) for body in NONSENSE
    }

    by_editor = {name: answer.status_code for name, (answer, _) in answers.items()}
    by_stranger = {name: answer.status_code for name, (_, answer) in answers.items()}
    assert {name: status for name, status in by_editor.items() if status not in (400, 422)} == {}
    assert {name: status for name, status in by_stranger.items() if status != 401} == {}
    assert {answer.headers["Content-Type"] for pair in answers.values() for answer in pair} == {
        "application/problem+json"
    }


def test_a_body_of_more_than_a_mebibyte_is_too_large(client: TestClient, editor: Person) -> None:
    large = json.dumps({"title": "A", "synopsis": "x" * 1024 * 1024}).encode()

    def in_pieces() -> Iterator[bytes]:
        for start in range(0, len(large), 65_536):
            yield large[start : start + 65_536]

    declared = post_raw(client, large, editor.headers)
    undeclared = client.post(
        "/shows", content=in_pieces(), headers={"Content-Type": "application/json", **editor.headers}
    )

    assert (declared.status_code, undeclared.status_code) == (413, 413)
    assert undeclared.json()["type"] == "/problems/body-too-large"


def test_an_id_that_is_none_is_pointed_at(client: TestClient, editor: Person) -> None:
    answer = client.patch("/shows/not-an-id", json={"title": "A"}, headers=editor.headers)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/path/show_id"


def test_json_under_another_name_is_not_taken(client: TestClient, editor: Person) -> None:
    answer = client.post(
        "/shows", content=b'{"title": "A"}', headers={**editor.headers, "Content-Type": "text/plain"}
    )

    assert answer.status_code == 422
