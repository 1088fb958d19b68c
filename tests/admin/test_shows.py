from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.shows import queries
from showsondemand.wiring import Wiring
from studio import Json, Studio

EVERYTHING = {
    "title": "Big Buck Bunny",
    "synopsis": "A rabbit.\n\nA very large one.",
    "genres": ["Comedy", "Animation"],
    "tags": ["short"],
    "cast": ["Bunny"],
    "directors": ["Sacha Goedegebure"],
    "language": "en",
    "releaseYear": 2008,
    "maturityRating": "6+",
    "series": {"title": "Open movies", "season": 1, "episode": 2},
    "markers": [
        {"kind": "recap", "startSeconds": 0.0, "endSeconds": 12.5},
        {"kind": "intro", "startSeconds": 12.5, "endSeconds": 40.0},
        {"kind": "credits", "startSeconds": 560.0, "endSeconds": 596.5},
    ],
    "availableFrom": "2020-01-01T00:00:00.000Z",
    "availableUntil": "2100-01-01T00:00:00.000Z",
    "durationSeconds": 596.5,
    "width": 1920,
    "height": 1080,
    "captions": [],
    "renditions": [{"width": 1920, "height": 1080, "bitrate": 6_000_000, "codecs": "avc1.640028"}],
}


def test_a_show_with_a_title_alone_is_a_draft(client: TestClient, people: People) -> None:
    editor = people.editor()

    answer = client.post("/shows", json={"title": "  Sintel  "}, headers=editor.headers)

    assert answer.status_code == 201
    show = answer.json()
    assert show["title"] == "Sintel"
    assert show["state"] == "draft"
    assert show["hlsSrcVideoURL"] is None
    assert answer.headers["Location"] == f"/shows/{show['id']}"
    assert UUID(show["id"]).version == 7


def test_a_show_with_either_stream_begins_in_review(studio: Studio) -> None:
    with_hls = studio.draft(hlsSrcVideoURL=studio.stream_url())
    with_dash = studio.draft(dashSrcVideoURL=studio.stream_url())

    assert (with_hls["state"], with_dash["state"]) == ("in_review", "in_review")


def test_what_is_said_about_a_show_is_what_is_read(client: TestClient, studio: Studio) -> None:
    url = studio.stream_url()
    said = EVERYTHING | {
        "hlsSrcVideoURL": url,
        "posterURL": url.replace("master.m3u8", "poster.jpg"),
        "captions": [
            {"language": "pt-BR", "label": "Português", "url": url.replace("master.m3u8", "pt.vtt")}
        ],
    }

    made = client.post("/shows", json=said, headers=studio.editor.headers).json()

    read = client.get(f"/shows/{made['id']}", headers=studio.editor.headers).json()
    assert read == made
    assert {name: read[name] for name in said} == said


def test_words_are_kept_once_and_in_their_order(studio: Studio) -> None:
    show = studio.draft(genres=["Drama", " Comedy ", "Drama"])

    assert show["genres"] == ["Drama", "Comedy"]


def test_only_editors_and_admins_make_change_and_delete_shows(
    client: TestClient, people: People, studio: Studio
) -> None:
    address = f"/shows/{studio.draft()['id']}"
    calls = [
        ("POST", "/shows", {"title": "A"}),
        ("PUT", address, {"title": "A"}),
        ("PATCH", address, {"title": "A"}),
        ("DELETE", address, None),
        ("POST", f"{address}/restore", None),
    ]

    statuses = {
        name: [
            client.request(method, path, json=body, headers=headers).status_code
            for method, path, body in calls
        ]
        for name, headers in {
            "stranger": {},
            "viewer": people.viewer().headers,
            "reviewer": people.reviewer().headers,
            "admin": people.admin().headers,
        }.items()
    }

    assert statuses == {
        "stranger": [401] * 5,
        "viewer": [403] * 5,
        "reviewer": [403] * 5,
        "admin": [201, 200, 200, 204, 200],
    }


def test_putting_a_show_empties_what_is_left_out_but_keeps_what_an_encoder_made(
    client: TestClient, studio: Studio
) -> None:
    show = studio.draft(**EVERYTHING | {"hlsSrcVideoURL": studio.stream_url()})

    put = client.put(f"/shows/{show['id']}", json={"title": "New"}, headers=studio.editor.headers).json()

    made_by_encoders = ["hlsSrcVideoURL", "durationSeconds", "width", "height", "renditions"]
    assert {name: put[name] for name in made_by_encoders} == {name: show[name] for name in made_by_encoders}
    assert (put["title"], put["synopsis"], put["genres"], put["series"]) == ("New", "", [], None)
    assert (put["language"], put["availableFrom"], put["state"]) == (None, None, "in_review")


def test_patching_a_show_changes_what_is_named_and_null_empties(client: TestClient, studio: Studio) -> None:
    show = studio.draft(**EVERYTHING)

    patched = client.patch(
        f"/shows/{show['id']}",
        json={"series": None, "genres": None, "synopsis": None, "releaseYear": 2009},
        headers=studio.editor.headers,
    ).json()

    changed: Json = {"series": None, "genres": [], "synopsis": "", "releaseYear": 2009}
    moved_on = {name: patched[name] for name in ("updatedAt", "version")}
    assert patched == show | changed | moved_on
    assert patched["version"] == show["version"] + 1


@pytest.mark.parametrize(
    ("named", "series"),
    [
        ({"episode": 3}, {"title": "Open movies", "season": 1, "episode": 3}),
        ({"episode": None}, {"title": "Open movies", "season": 1, "episode": None}),
        ({"title": "Short films"}, {"title": "Short films", "season": 1, "episode": 2}),
        ({}, {"title": "Open movies", "season": 1, "episode": 2}),
    ],
)
def test_patching_a_part_of_the_series_leaves_the_rest_of_it(
    client: TestClient, studio: Studio, named: Json, series: Json
) -> None:
    address = f"/shows/{studio.draft(**EVERYTHING)['id']}"

    patched = client.patch(address, json={"series": named}, headers=studio.editor.headers)

    assert patched.json()["series"] == series


def test_an_episode_of_no_series_is_refused(client: TestClient, studio: Studio) -> None:
    addresses = [f"/shows/{studio.draft(**fields)['id']}" for fields in ({}, EVERYTHING)]
    nameless: list[Json] = [{"episode": 3}, {"title": None}]

    answers = [
        client.patch(address, json={"series": named}, headers=studio.editor.headers)
        for address, named in zip(addresses, nameless, strict=True)
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert {answer.json()["errors"][0]["pointer"] for answer in answers} == {"/series/title"}


def test_neither_a_title_nor_a_state_can_be_emptied(client: TestClient, studio: Studio) -> None:
    address = f"/shows/{studio.draft()['id']}"

    answers = [
        client.patch(address, json={name: None}, headers=studio.editor.headers) for name in ("title", "state")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert [answer.json()["errors"][0]["pointer"] for answer in answers] == ["/title", "/state"]


def test_a_change_that_says_nothing_new_changes_nothing(client: TestClient, studio: Studio) -> None:
    show = studio.draft(title="Sintel")

    patched = client.patch(f"/shows/{show['id']}", json={"title": "Sintel"}, headers=studio.editor.headers)

    assert patched.json() == show


def test_a_stale_change_is_refused_and_changes_nothing(client: TestClient, studio: Studio) -> None:
    show = studio.draft()
    address, headers = f"/shows/{show['id']}", studio.editor.headers
    tag = client.get(address, headers=headers).headers["ETag"]
    client.patch(address, json={"title": "By somebody else"}, headers={**headers, "If-Match": tag})

    answers = [
        client.put(address, json={"title": "Mine"}, headers={**headers, "If-Match": tag}),
        client.patch(address, json={"title": "Mine"}, headers={**headers, "If-Match": tag}),
        client.delete(address, headers={**headers, "If-Match": tag}),
        client.patch(
            address, json={"title": "Mine"}, headers={**headers, "If-Match": f'W/"{show["version"] + 1}"'}
        ),
        client.patch(address, json={"title": "Mine"}, headers={**headers, "If-Match": ""}),
    ]

    assert [answer.status_code for answer in answers] == [412] * 5
    assert answers[0].json()["type"] == "/problems/show-changed"
    assert studio.read(show)["title"] == "By somebody else"


def test_the_tag_of_an_answer_is_good_for_the_next_change(client: TestClient, studio: Studio) -> None:
    headers = studio.editor.headers
    made = client.post("/shows", json={"title": "One"}, headers=headers)
    address = made.headers["Location"]

    second = client.patch(
        address, json={"title": "Two"}, headers={**headers, "If-Match": made.headers["ETag"]}
    )
    third = client.put(
        address,
        json={"title": "Three"},
        headers={**headers, "If-Match": f'"9999", {second.headers["ETag"]}'},
    )
    deleted = client.delete(address, headers={**headers, "If-Match": third.headers["ETag"]})
    restored = client.post(f"{address}/restore", headers=headers)
    anything = client.delete(address, headers={**headers, "If-Match": "*"})

    assert [answer.status_code for answer in (second, third, deleted, restored, anything)] == [
        200,
        200,
        204,
        200,
        204,
    ]
    assert restored.json()["title"] == "Three"


def test_a_deleted_show_is_gone_for_everybody_until_it_is_restored(
    client: TestClient, studio: Studio
) -> None:
    show = studio.available(title="Gone")
    address, headers = f"/shows/{show['id']}", studio.editor.headers
    client.delete(address, headers=headers)

    gone = [
        client.get(address, headers=headers),
        client.patch(address, json={"title": "A"}, headers=headers),
        client.delete(address, headers=headers),
        client.post(f"{address}/playback", headers=headers),
        client.get(f"{address}/reviews", headers=headers),
        client.post(f"{address}/reviews", json={"verdict": "approve"}, headers=studio.reviewer.headers),
    ]
    listed_while_gone = client.get("/shows?state=all", headers=headers).json()["items"]
    client.post(f"{address}/restore", headers=headers)

    assert [answer.status_code for answer in gone] == [404] * 6
    assert listed_while_gone == []
    restored = client.get(address).json()
    ours = {"version": restored["version"], "updatedAt": restored["updatedAt"]}
    assert restored == show | ours


def test_a_show_can_be_restored_for_thirty_days_only(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    show = studio.available()
    address, headers = f"/shows/{show['id']}", studio.editor.headers

    async def delete_days_ago(days: float) -> None:
        async with wiring.database.transaction() as session:
            row = await queries.any_show(session, UUID(show["id"]))
            row.deleted_at = datetime.now(UTC) - timedelta(days=days)

    assert client.portal
    client.portal.call(delete_days_ago, 29.9)
    in_time = client.post(f"{address}/restore", headers=headers)
    client.portal.call(delete_days_ago, 30.1)
    too_late = client.post(f"{address}/restore", headers=headers)

    assert (in_time.status_code, too_late.status_code) == (200, 404)


def test_restoring_a_show_that_was_not_deleted_finds_nothing(client: TestClient, studio: Studio) -> None:
    paths = [f"/shows/{studio.draft()['id']}/restore", f"/shows/{uuid4()}/restore"]

    statuses = [client.post(path, headers=studio.editor.headers).status_code for path in paths]

    assert statuses == [404, 404]
