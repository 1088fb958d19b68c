"""Facets, series and the next episode: of the available shows, and of no others."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient

from people import People
from studio import Studio

Json = dict[str, Any]


def episode(studio: Studio, season: int, number: int, **fields: Any) -> Json:
    return studio.available(
        title=f"S{season} E{number}", series={"title": "Coast", "season": season, "episode": number}, **fields
    )


def test_facets_count_the_available_shows(client: TestClient, studio: Studio) -> None:
    studio.available(genres=["Drama", "Comedy"], tags=["slow"])
    studio.available(genres=["Drama"], series={"title": "Coast"})

    facets = client.get("/shows/facets").json()

    assert facets == {
        "genres": [{"value": "Drama", "shows": 2}, {"value": "Comedy", "shows": 1}],
        "tags": [{"value": "slow", "shows": 1}],
        "series": [{"value": "Coast", "shows": 1}],
    }


def test_facets_are_kept_until_a_show_changes(client: TestClient, studio: Studio) -> None:
    show = studio.available(genres=["Drama"])
    client.get("/shows/facets")

    kept = client.get("/shows/facets")
    studio.moved(show, "withdrawn", studio.editor)
    after = client.get("/shows/facets")

    assert kept.headers["X-Cache"] == "hit"
    assert after.headers["X-Cache"] == "miss"
    assert after.json()["genres"] == []


def test_facets_are_not_sent_twice_to_whoever_has_them(client: TestClient) -> None:
    tag = client.get("/shows/facets").headers["ETag"]

    again = client.get("/shows/facets", headers={"If-None-Match": tag})

    assert again.status_code == 304


def test_what_is_hidden_counts_nowhere(client: TestClient, studio: Studio) -> None:
    hidden = {"genres": ["Secret"], "tags": ["secret"], "series": {"title": "Secret"}}
    for state in ("draft", "in_review", "rejected", "withdrawn"):
        studio.in_state(state, **hidden)
    studio.available(**hidden, availableFrom=(datetime.now(UTC) + timedelta(days=1)).isoformat())

    assert client.get("/shows/facets").json() == {"genres": [], "tags": [], "series": []}
    assert client.get("/series").json()["items"] == []
    assert client.get("/series/Secret").status_code == 404


def test_who_describes_a_show_is_offered_the_words_of_all_others(
    client: TestClient, studio: Studio, people: People
) -> None:
    for state in ("draft", "available"):
        studio.in_state(state, genres=["Drama"], cast=["Ann"], directors=["Bo"], series={"title": "Coast"})
    studio.available(cast=["Zoe", "Ann"], tags=["slow"])
    client.delete(f"/shows/{studio.available(cast=['Gone'])['id']}", headers=studio.editor.headers)

    offered = client.get("/shows/suggestions", headers=people.reviewer().headers)

    assert offered.json() == {
        "genres": ["Drama"],
        "tags": ["slow"],
        "cast": ["Ann", "Zoe"],
        "directors": ["Bo"],
        "series": ["Coast"],
    }


def test_series_are_listed_by_title_with_what_is_available_of_them(
    client: TestClient, studio: Studio
) -> None:
    for season, number in ((1, 1), (1, 2), (2, 1)):
        episode(studio, season, number)
    studio.available(series={"title": "archive", "episode": 1})

    series = client.get("/series").json()["items"]

    assert series == [
        {"title": "archive", "seasons": 1, "episodes": 1, "posterURL": None},
        {"title": "Coast", "seasons": 2, "episodes": 3, "posterURL": None},
    ]


def test_series_come_page_by_page(client: TestClient, studio: Studio) -> None:
    for title in ("A", "b", "C"):
        studio.available(series={"title": title})

    first = client.get("/series?limit=2").json()
    second = client.get(f"/series?limit=2&cursor={first['nextCursor']}").json()

    assert [series["title"] for series in first["items"]] == ["A", "b"]
    assert [series["title"] for series in second["items"]] == ["C"]


def test_the_episodes_of_a_series_come_in_the_order_in_which_they_are_watched(
    client: TestClient, studio: Studio
) -> None:
    for season, number in ((2, 1), (1, 10), (1, 2)):
        episode(studio, season, number)

    first = client.get("/series/Coast?limit=2").json()
    second = client.get(f"/series/Coast?limit=2&cursor={first['nextCursor']}").json()

    assert first["seasons"] == [{"season": 1, "episodes": 2}, {"season": 2, "episodes": 1}]
    assert [show["title"] for show in first["items"]] == ["S1 E2", "S1 E10"]
    assert [show["title"] for show in second["items"]] == ["S2 E1"]


def test_a_series_may_have_a_stroke_in_its_title(client: TestClient, studio: Studio) -> None:
    studio.available(series={"title": "Yes/No & Maybe?"})

    answer = client.get("/series/Yes%2FNo%20%26%20Maybe%3F")

    assert answer.json()["title"] == "Yes/No & Maybe?"


def test_the_next_episode_is_the_next_that_is_available(client: TestClient, studio: Studio) -> None:
    first, last = episode(studio, 1, 1), episode(studio, 2, 1)
    studio.draft(title="S1 E2", series={"title": "Coast", "season": 1, "episode": 2})

    following = client.get(f"/shows/{first['id']}/next")
    after_the_last = client.get(f"/shows/{last['id']}/next")

    assert following.json()["title"] == "S2 E1"
    assert after_the_last.status_code == 404
    assert after_the_last.json()["type"] == "/problems/no-next-episode"


def test_no_episode_comes_after_a_show_of_no_series_or_one_that_is_hidden(
    client: TestClient, studio: Studio
) -> None:
    single = studio.available()
    hidden = studio.draft(series={"title": "Coast", "season": 1, "episode": 1})
    episode(studio, 1, 2)

    assert client.get(f"/shows/{single['id']}/next").json()["type"] == "/problems/no-next-episode"
    assert client.get(f"/shows/{hidden['id']}/next").json()["type"] == "/problems/show-not-found"
