from itertools import product

from fastapi.testclient import TestClient

from people import People
from studio import Studio

STATES = ("draft", "in_review", "available", "rejected", "withdrawn")
OF_EDITORS = {
    ("draft", "in_review"),
    ("rejected", "in_review"),
    ("available", "in_review"),
    ("available", "withdrawn"),
}
OF_REVIEWERS = {("in_review", "available"), ("in_review", "rejected"), ("withdrawn", "available")}
NOTHING_CHANGES = {(state, state) for state in STATES}


def moves(client: TestClient, studio: Studio, headers: dict[str, str]) -> dict[tuple[str, str], int]:
    """What setting each state answers, for a show in each state."""
    statuses = {}
    for before, after in product(STATES, STATES):
        stream = {"hlsSrcVideoURL": studio.stream_url()}
        show = studio.in_state(before, **({} if before == "draft" else stream))
        body = {"state": after, **(stream if before == "draft" else {})}
        answer = client.patch(f"/shows/{show['id']}", json=body, headers=headers)
        statuses[before, after] = answer.status_code
        assert studio.read(show)["state"] == (after if answer.status_code == 200 else before)
    return statuses


def test_an_admin_may_go_along_each_arrow_and_nowhere_else(
    client: TestClient, people: People, studio: Studio
) -> None:
    arrows = OF_EDITORS | OF_REVIEWERS | NOTHING_CHANGES

    statuses = moves(client, studio, people.admin().headers)

    assert statuses == {
        (before, after): 200 if (before, after) in arrows else 409
        for before, after in product(STATES, STATES)
    }


def test_an_editor_may_not_do_what_a_reviewer_decides(client: TestClient, studio: Studio) -> None:
    arrows = OF_EDITORS | NOTHING_CHANGES

    statuses = moves(client, studio, studio.editor.headers)

    assert statuses == {
        (before, after): 200 if (before, after) in arrows else 403 if (before, after) in OF_REVIEWERS else 409
        for before, after in product(STATES, STATES)
    }


def test_a_show_without_a_stream_cannot_be_sent_to_review(client: TestClient, studio: Studio) -> None:
    show = studio.draft()

    answer = client.patch(f"/shows/{show['id']}", json={"state": "in_review"}, headers=studio.editor.headers)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/nothing-to-play"
    assert studio.read(show) == show


def test_new_streams_send_an_available_show_back_to_review(client: TestClient, studio: Studio) -> None:
    by_patch, by_put = studio.available(), studio.available()
    new = {"title": "A show", "dashSrcVideoURL": studio.stream_url()}

    patched = client.patch(f"/shows/{by_patch['id']}", json=new, headers=studio.editor.headers).json()
    replaced = client.put(f"/shows/{by_put['id']}", json=new, headers=studio.editor.headers).json()

    assert (patched["state"], replaced["state"]) == ("in_review", "in_review")
    assert client.get(f"/shows/{by_patch['id']}").status_code == 404


def test_new_streams_cannot_be_smuggled_past_review_by_naming_the_state(
    client: TestClient, studio: Studio
) -> None:
    show = studio.available()
    new = {"state": "available", "hlsSrcVideoURL": studio.stream_url()}

    changed = client.patch(f"/shows/{show['id']}", json=new, headers=studio.editor.headers).json()

    assert changed["state"] == "in_review"


def test_the_same_streams_said_again_leave_an_available_show_available(
    client: TestClient, studio: Studio
) -> None:
    show = studio.available()
    same = {"hlsSrcVideoURL": show["hlsSrcVideoURL"], "title": "Another title"}

    changed = client.patch(f"/shows/{show['id']}", json=same, headers=studio.editor.headers).json()

    assert changed["state"] == "available"


def test_a_show_that_people_see_cannot_lose_its_last_stream(client: TestClient, studio: Studio) -> None:
    shows = [studio.in_state(state) for state in ("in_review", "available", "rejected", "withdrawn")]

    statuses = [
        client.patch(
            f"/shows/{show['id']}", json={"hlsSrcVideoURL": None}, headers=studio.editor.headers
        ).status_code
        for show in shows
    ]

    assert statuses == [409, 409, 409, 200]


def test_a_withdrawn_show_that_lost_its_stream_cannot_come_back(
    client: TestClient, people: People, studio: Studio
) -> None:
    address = f"/shows/{studio.withdrawn()['id']}"
    admin = people.admin()
    client.patch(address, json={"hlsSrcVideoURL": None}, headers=admin.headers)

    answer = client.patch(address, json={"state": "available"}, headers=admin.headers)

    assert answer.json()["type"] == "/problems/nothing-to-play"


def test_a_withdrawn_show_with_new_streams_is_not_published_without_review(
    client: TestClient, people: People, studio: Studio
) -> None:
    address = f"/shows/{studio.withdrawn()['id']}"
    client.patch(address, json={"hlsSrcVideoURL": studio.stream_url()}, headers=studio.editor.headers)

    by_editor = client.patch(address, json={"state": "available"}, headers=studio.editor.headers)
    by_admin = client.patch(address, json={"state": "available"}, headers=people.admin().headers)

    assert (by_editor.status_code, by_admin.status_code) == (403, 200)


def test_a_show_that_comes_back_keeps_the_day_it_was_published(
    client: TestClient, people: People, studio: Studio
) -> None:
    show = studio.available()
    withdrawn = studio.moved(show, "withdrawn", studio.editor)

    back = studio.moved(withdrawn, "available", people.admin())

    assert back["publishedAt"] == show["publishedAt"] is not None
