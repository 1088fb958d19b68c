"""What the completion hook does not take, and what it keeps of it."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from people import People
from showsondemand.app import create_app
from showsondemand.config import WebhookSettings
from showsondemand.vod_ingest import events
from showsondemand.wiring import Wiring
from vod_ingest.conftest import MEDIA_HOST, Ingest, Json, Ledger
from vod_ingest.told import aws, completed

OTHER_KEY = "another webhook key of the tests: 0123456789 abc"


@pytest.mark.parametrize(
    "headers", [{}, {"X-Webhook-Key": ""}, {"X-Webhook-Key": "wrong"}, {"X-Webhook-Key": "ü"}]
)
def test_without_the_key_nothing_is_kept(
    client: TestClient, ingest: Ingest, ledger: Ledger, headers: dict[str, str]
) -> None:
    raw = {name.encode(): value.encode() for name, value in headers.items()}

    answers = [
        client.post("/internal/vod/events", content=body, headers=raw)
        for body in (json.dumps(completed()).encode(), b"{", b"{}")
    ]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert answers[0].json()["type"] == "/problems/webhook-key-refused"
    assert (ledger(), ingest.shows()) == ([], [])


def test_while_keys_are_changed_both_are_good(wiring: Wiring) -> None:
    keys = WebhookSettings(key=SecretStr(f"an old key, {OTHER_KEY}"))
    changing = wiring.settings.model_copy(update={"webhook": keys})

    with TestClient(create_app(replace(wiring, settings=changing))) as client:
        statuses = [
            client.post("/internal/vod/events", json=completed(), headers={"X-Webhook-Key": key}).status_code
            for key in ("an old key", OTHER_KEY, f"an old key, {OTHER_KEY}", "")
        ]

    assert statuses == [202, 202, 401, 401]


def test_without_a_key_in_the_settings_the_hook_is_closed(wiring: Wiring) -> None:
    closed = wiring.settings.model_copy(update={"webhook": WebhookSettings(key=None)})

    with TestClient(create_app(replace(wiring, settings=closed))) as client:
        statuses = [
            client.post("/internal/vod/events", json=completed(), headers=headers).status_code
            for headers in ({}, {"X-Webhook-Key": ""})
        ]

    assert statuses == [401, 401]


def test_what_is_no_json_is_refused_and_kept_for_a_person(
    client: TestClient, people: People, ingest: Ingest, ledger: Ledger
) -> None:
    bodies = [b"", b"{", b"\xff\xfe", b"{'id': 1}", b'{"id": NaN}', b"[" * 100_000, b"\x00", b"a=b"]

    answers = [ingest.event(body) for body in bodies]

    assert [answer.status_code for answer in answers] == [400] * len(bodies)
    assert answers[0].json()["type"] == "/problems/event-not-json"
    kept = ledger(status="unreadable", limit=100)
    assert {each["reason"] for each in kept} == {"no JSON"}
    came = {read_event(client, people, each)["body"] for each in kept}
    assert came == {"", "{", "\\xff\\xfe", "{'id': 1}", '{"id": NaN}', "[" * 100_000, "a=b"}
    again = client.post(f"/ingest/events/{kept[0]['id']}/replay", headers=people.admin().headers)
    assert (again.status_code, again.json()["status"]) == (202, "unreadable")


def read_event(client: TestClient, people: People, event: Json) -> Json:
    read: Json = client.get(f"/ingest/events/{event['id']}", headers=people.admin().headers).json()
    return read


def test_an_event_that_we_fail_over_is_kept_and_counts_when_it_is_told_or_replayed_again(
    client: TestClient,
    people: People,
    ingest: Ingest,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails(*_: object) -> None:
        raise ZeroDivisionError("of words that are nobody's business")

    told_again, replayed = completed(), completed()
    monkeypatch.setattr(events, "act_on", fails)
    answers = [ingest.event(each) for each in (told_again, told_again, replayed)]
    kept = {each["eventId"]: each for each in ledger(status="failed")}
    monkeypatch.undo()

    receipt = ingest.event(told_again).json()
    again = client.post(
        f"/ingest/events/{kept[replayed['id']]['id']}/replay", headers=people.admin().headers
    ).json()

    assert [answer.status_code for answer in answers] == [500] * 3
    assert set(kept) == {told_again["id"], replayed["id"]}
    assert all(
        "ZeroDivisionError" in each["reason"] and "business" not in each["reason"] for each in kept.values()
    )
    assert (receipt["status"], again["status"]) == ("accepted", "accepted")
    assert ledger(status="failed") == []
    assert {show["id"] for show in ingest.shows()} == {receipt["showId"], again["showId"]}
    assert ingest.event(told_again).json() == receipt | {"status": "duplicate"}


def test_an_event_that_nobody_foresaw_how_to_read_is_kept_as_well(
    ingest: Ingest, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(events, "read_event", fails)

    assert ingest.event(completed()).status_code == 500
    assert "ZeroDivisionError" in ledger(status="failed")[0]["reason"]


UNKNOWN_SHAPES: dict[str, Any] = {
    "a list": [],
    "nothing": None,
    "a number": 5,
    "no fields": {},
    "no id": {key: value for key, value in completed().items() if key != "id"},
    "an empty id": completed() | {"id": ""},
    "an id of two lines": completed() | {"id": "a\nb"},
    "an id with a NUL": completed() | {"id": "a\x00"},
    "no guid": completed(guid=None),
    "a guid that is a path": completed(guid="../../etc"),
    "a guid too long": completed(guid="x" * 81),
    "no stream": completed(hlsUrl=None, dashUrl=None),
    "a length below nothing": completed(durationSeconds=-1),
    "a detail that is text": completed() | {"detail": "all went well"},
    "a key with a NUL": completed() | {"detail": {"guid": "a", "renditions": [{"\x00": 1}]}},
    "metadata with a NUL": {
        **aws("mediaconvert_progressing"),
        "detail": {"status": "COMPLETE", "userMetadata": {"guid": {"\x00\ud800": 5}}},
    },
    "a COMPLETE without playlists": {
        **aws("mediaconvert_progressing"),
        "detail": {"status": "COMPLETE", "userMetadata": {"guid": "a"}},
    },
    "an output on another disk": json.loads(
        json.dumps(aws("mediaconvert_complete_hls_dash")).replace("s3://", "file://")
    ),
}


def test_json_of_no_known_shape_is_refused_and_kept_for_a_person(
    client: TestClient, people: People, ingest: Ingest, ledger: Ledger
) -> None:
    bodies = {name: json.dumps(event).encode() for name, event in UNKNOWN_SHAPES.items()}

    answers = {name: ingest.event(body) for name, body in bodies.items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(bodies, 422)
    assert answers["a list"].json()["type"] == "/problems/event-not-understood"
    kept = {event["eventId"]: event for event in ledger(status="unreadable", limit=100)}
    expected = {f"unreadable:{hashlib.sha256(body).hexdigest()}": body.decode() for body in bodies.values()}
    admin = people.admin().headers
    came = {
        event_id: client.get(f"/ingest/events/{event['id']}", headers=admin).json()["body"]
        for event_id, event in kept.items()
    }
    assert came == expected
    assert all(event["reason"] for event in kept.values())
    assert ingest.shows() == []


def test_an_event_of_somebody_else_is_kept_and_passed_over(ingest: Ingest, ledger: Ledger) -> None:
    event = completed() | {"source": "aws.glacier", "detail-type": "Job Done"}

    answer = ingest.event(event)

    assert answer.json() == {"status": "ignored", "eventId": event["id"], "showId": None}
    assert [kept["status"] for kept in ledger()] == ["ignored"]


FOREIGN_ADDRESSES = [
    "https://elsewhere.example.net/a.m3u8",
    f"https://{MEDIA_HOST}.elsewhere.example.net/a.m3u8",
    f"https://somebody@{MEDIA_HOST}/a.m3u8",
    f"ftp://{MEDIA_HOST}/a.m3u8",
    "javascript:alert(1)",
    "media:sources/a/film",
    "https://[::1",
    "https://shows.example.org/media/sources/a/film",
]


def test_media_on_a_foreign_host_make_no_show_not_even_half_a_one(ingest: Ingest, ledger: Ledger) -> None:
    events = [
        completed(**{name: url}) for url in FOREIGN_ADDRESSES for name in ("hlsUrl", "dashUrl", "posterUrl")
    ]

    statuses = {ingest.event(event).json()["status"] for event in events}

    assert statuses == {"ignored"}
    assert all("MEDIA_HOSTS" in event["reason"] for event in ledger(limit=100))
    assert ingest.shows() == []


def test_an_event_may_be_large_but_not_very(ingest: Ingest) -> None:
    large = completed() | {"padding": "x" * 1_500_000}
    too_large = completed() | {"padding": "x" * 2_500_000}

    assert ingest.event(large).status_code == 202
    assert ingest.event(too_large).status_code == 413
