from fastapi.testclient import TestClient

from people import People


def test_a_stranger_reads_the_empty_list(client: TestClient) -> None:
    answer = client.get("/shows")

    assert answer.status_code == 200
    assert answer.json() == {"items": [], "nextCursor": None}


def test_staff_lists_ask_for_a_role(client: TestClient, people: People) -> None:
    viewer = people.viewer()

    assert client.get("/shows?state=all").status_code == 401
    assert client.get("/shows?state=all", headers=viewer.headers).status_code == 403
    assert client.get("/shows?state=all", headers=people.reviewer().headers).status_code == 200
