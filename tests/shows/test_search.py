"""Shows by words: what is found, in which order, and that nothing leaks that is not there for the asker."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from people import People
from studio import Studio


def found(client: TestClient, q: str, **more: object) -> list[str]:
    """The titles that a stranger is answered with."""
    answer = client.get(f"/shows?{urlencode({'q': q, **more})}")
    assert answer.status_code == 200, answer.text
    return [show["title"] for show in answer.json()["items"]]


def test_words_are_looked_for_in_everything_that_is_said_about_a_show(
    client: TestClient, studio: Studio
) -> None:
    studio.available(
        title="The Harbour",
        synopsis="A lighthouse goes dark.",
        cast=["Ingrid Berg"],
        directors=["Akira Ono"],
        tags=["slow"],
        genres=["Mystery"],
        series={"title": "Coast", "season": 1, "episode": 1},
    )

    by_words = {
        word: found(client, word)
        for word in ("harbour", "lighthouse", "berg", "akira", "slow", "mystery", "coast")
    }

    assert by_words == {word: ["The Harbour"] for word in by_words}


def test_a_word_in_the_title_counts_for_more_than_one_in_the_synopsis(
    client: TestClient, studio: Studio
) -> None:
    studio.available(title="Storm")
    studio.available(title="Calm", cast=["Stella Storm"])
    studio.available(title="Sea", synopsis="After the storm nobody speaks.")

    assert found(client, "storm") == ["Storm", "Calm", "Sea"]


def test_the_newest_comes_first_where_that_is_asked_for(client: TestClient, studio: Studio) -> None:
    studio.available(title="Storm")
    studio.available(title="Sea", synopsis="After the storm.")

    assert found(client, "storm", sort="latest") == ["Sea", "Storm"]


def test_every_word_has_to_be_there(client: TestClient, studio: Studio) -> None:
    studio.available(title="Red Kite")
    studio.available(title="Blue Kite")

    assert found(client, "red kite") == ["Red Kite"]


@pytest.mark.parametrize("typed", ["CAFÉ", "café", "cafe", "cafe\u0301", "  cafe!  ", "amélies", "Amelie's"])
def test_case_accents_and_punctuation_do_not_matter(client: TestClient, studio: Studio, typed: str) -> None:
    studio.available(title="Amélie\u2019s Café")

    assert found(client, typed) == ["Amélie\u2019s Café"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Straße nach Łódź", "strasse nach lodz"),
        ("Ærø", "aero"),
        ("Сталкер", "сталкер"),
        ("東京物語", "東京"),
    ],
)
def test_titles_of_any_language_are_found(client: TestClient, studio: Studio, title: str, typed: str) -> None:
    studio.available(title=title)

    assert found(client, typed) == [title]


def test_the_last_word_may_still_be_being_typed(client: TestClient, studio: Studio) -> None:
    studio.available(title="Northern Lights")

    assert found(client, "northern li") == ["Northern Lights"]
    assert found(client, "nor") == ["Northern Lights"]


@pytest.mark.parametrize("typed", ["lihgthouse", "lightouse keepr", "the lighthose keeper"])
def test_a_typing_error_is_put_right(client: TestClient, studio: Studio, typed: str) -> None:
    studio.available(title="The Lighthouse Keeper")

    assert found(client, typed) == ["The Lighthouse Keeper"]


def test_a_word_that_was_put_right_is_the_same_on_the_next_page(client: TestClient, studio: Studio) -> None:
    for number in range(3):
        studio.available(title=f"Lighthouse {number}")

    first = client.get("/shows?q=lihgthouse&limit=2").json()
    second = client.get(f"/shows?q=lihgthouse&limit=2&cursor={first['nextCursor']}").json()

    titles = [show["title"] for show in first["items"] + second["items"]]
    assert sorted(titles) == ["Lighthouse 0", "Lighthouse 1", "Lighthouse 2"]
    assert second["nextCursor"] is None


@pytest.mark.parametrize("sort", ["relevance", "latest", "title", "duration"])
def test_pages_of_a_search_hold_every_find_once(client: TestClient, studio: Studio, sort: str) -> None:
    for number in range(5):
        studio.available(title=f"Kite {number}", synopsis="kite " * number, durationSeconds=float(number))

    titles: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"/shows?q=kite&sort={sort}&limit=2{cursor}").json()
        titles += [show["title"] for show in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"

    assert sorted(titles) == [f"Kite {number}" for number in range(5)]


@pytest.mark.parametrize("typed", ["!!!", "' OR 1=1 --", "a & | ! ( ) : *", "\\", "%", "🎬", "<->"])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(
    client: TestClient, studio: Studio, typed: str
) -> None:
    studio.available(title="Kite")

    assert found(client, typed) == []


@pytest.mark.parametrize("state", ["draft", "in_review", "rejected", "withdrawn"])
def test_a_show_that_is_not_available_is_not_found(client: TestClient, studio: Studio, state: str) -> None:
    studio.in_state(state, title="Zanzibar")

    assert found(client, "zanzibar") == []
    assert found(client, "zanzi") == []


def test_a_show_outside_of_its_window_and_a_deleted_one_are_not_found(
    client: TestClient, studio: Studio
) -> None:
    now = datetime.now(UTC)
    studio.available(title="Zanzibar early", availableFrom=(now + timedelta(days=1)).isoformat())
    studio.available(title="Zanzibar late", availableUntil=(now - timedelta(days=1)).isoformat())
    gone = studio.available(title="Zanzibar gone")
    client.delete(f"/shows/{gone['id']}", headers=studio.editor.headers)

    assert found(client, "zanzibar") == []


def test_a_word_of_a_hidden_show_puts_nothing_right(client: TestClient, studio: Studio) -> None:
    studio.draft(title="Zanzibar")
    studio.available(title="Zanzibari")

    assert found(client, "zanzibbar") == ["Zanzibari"]


def test_staff_find_shows_of_the_state_that_they_ask_for(
    client: TestClient, studio: Studio, people: People
) -> None:
    studio.draft(title="Zanzibar")
    headers = people.reviewer().headers

    drafts = client.get("/shows?q=zanzibbar&state=draft", headers=headers).json()["items"]
    rejected = client.get("/shows?q=zanzibbar&state=rejected", headers=headers).json()["items"]

    assert [show["title"] for show in drafts] == ["Zanzibar"]
    assert rejected == []


def test_a_show_is_found_by_its_new_words_once_it_is_changed(client: TestClient, studio: Studio) -> None:
    show = studio.available(title="Harbour", tags=["slow"])
    client.patch(
        f"/shows/{show['id']}", json={"title": "Pier", "tags": ["fast"]}, headers=studio.editor.headers
    )

    assert found(client, "pier") == ["Pier"]
    assert found(client, "fast") == ["Pier"]
    assert found(client, "harbour") == []
