from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio import Studio


def marker(kind: str, start: float, end: float) -> dict[str, Any]:
    return {"kind": kind, "startSeconds": start, "endSeconds": end}


def test_markers_are_read_in_the_order_of_the_film(client: TestClient, studio: Studio) -> None:
    intro, credits_ = marker("intro", 3, 8.5), marker("credits", 50, 60)
    show = studio.draft(durationSeconds=60, markers=[credits_, intro])

    assert client.get(f"/shows/{show['id']}", headers=studio.editor.headers).json()["markers"] == [
        intro,
        credits_,
    ]


def test_null_and_a_replacement_without_them_take_the_markers_away(
    client: TestClient, studio: Studio
) -> None:
    patched, put = (
        studio.draft(markers=[marker("intro", 0, 5)]),
        studio.draft(markers=[marker("intro", 0, 5)]),
    )
    headers = studio.editor.headers

    answers = [
        client.patch(f"/shows/{patched['id']}", json={"markers": None}, headers=headers),
        client.put(f"/shows/{put['id']}", json={"title": "New"}, headers=headers),
    ]

    assert [answer.json()["markers"] for answer in answers] == [[], []]


@pytest.mark.parametrize(
    ("markers", "pointer"),
    [
        ([marker("intro", 5, 5)], "/markers/0"),
        ([marker("intro", 0, 5), marker("credits", 20, 5)], "/markers/1"),
        ([marker("intro", 0, 10), marker("recap", 9, 12)], "/markers"),
        ([marker("advert", 0, 10)], "/markers/0/kind"),
        ([marker("intro", -1, 10)], "/markers/0/startSeconds"),
        ([marker("intro", 0, 90_000)], "/markers/0/endSeconds"),
        ([marker("intro", 2 * i, 2 * i + 1) for i in range(21)], "/markers"),
    ],
)
def test_markers_that_no_player_could_follow_are_refused(
    client: TestClient, studio: Studio, markers: list[dict[str, Any]], pointer: str
) -> None:
    answer = client.post("/shows", json={"title": "A", "markers": markers}, headers=studio.editor.headers)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_a_marker_ends_within_the_film(client: TestClient, studio: Studio) -> None:
    show = studio.draft(durationSeconds=59.4)
    address, headers = f"/shows/{show['id']}", studio.editor.headers

    to_the_end = client.patch(address, json={"markers": [marker("credits", 50, 60)]}, headers=headers)
    beyond = client.patch(
        address, json={"markers": [marker("intro", 0, 5), marker("credits", 50, 61)]}, headers=headers
    )

    assert to_the_end.status_code == 200
    assert beyond.status_code == 422
    assert beyond.json()["type"].endswith("marker-beyond-the-end")
    assert beyond.json()["errors"][0]["pointer"] == "/markers/1/endSeconds"
