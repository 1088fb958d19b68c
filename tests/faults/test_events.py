"""The same completion told many times at one instant to a running service."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from faults.conftest import Scene
from server_fixtures import WEBHOOK_KEY

pytestmark = pytest.mark.slow
AT_ONCE = 50


def test_fifty_completions_at_one_instant_make_one_show(scene: Scene) -> None:
    detail = {"guid": str(uuid4()), "hlsUrl": f"{scene.server.url}/media/videos/{uuid4()}/1/master.m3u8"}
    same = {"id": str(uuid4()), "source": "showsondemand", "detail-type": "Video Completed", "detail": detail}
    events = [same | ({"id": str(uuid4())} if number % 2 else {}) for number in range(AT_ONCE)]
    url, headers = f"{scene.server.url}/internal/vod/events", {"X-Webhook-Key": WEBHOOK_KEY}

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(
            threads.map(lambda event: httpx.post(url, json=event, headers=headers, timeout=60), events)
        )

    assert {answer.status_code for answer in answers} == {202}
    shows = scene.shows()
    assert len(shows) == 1
    assert {answer.json()["showId"] for answer in answers} == {shows[0]["id"]}
    statuses = [answer.json()["status"] for answer in answers]
    assert (statuses.count("accepted"), statuses.count("duplicate")) == (1 + AT_ONCE // 2, AT_ONCE // 2 - 1)
