"""Events told to running services that are many, and that die: none is lost, and none counts twice."""

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import cycle
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import httpx
import psutil
import pytest

from faults.conftest import PATIENCE_SECONDS, Begin, Scene
from server_fixtures import WEBHOOK_KEY, Server, eventually, new_server

pytestmark = pytest.mark.slow
Json = dict[str, Any]
AT_ONCE = 50
HEADERS = {"X-Webhook-Key": WEBHOOK_KEY}
# `make soak-events` has more.
EVENTS = int(os.environ.get("SOAK_EVENTS", "120"))
EVENTS_A_VIDEO = 4
KILLS = max(2, EVENTS // 250)
# What EventBridge sends again; everything else of 4xx it drops.
SENT_AGAIN = {401, 407, 409, 429}


def test_fifty_completions_at_one_instant_in_several_processes_make_one_show(
    scene: Scene, tmp_path: Path
) -> None:
    database = {"DATABASE_URL": scene.server.environment["DATABASE_URL"]}
    others = [new_server(tmp_path / name, **database) for name in ("second", "third")]
    detail = {"guid": str(uuid4()), "hlsUrl": f"{scene.server.url}/media/videos/{uuid4()}/1/master.m3u8"}
    same = {"id": str(uuid4()), "source": "showsondemand", "detail-type": "Video Completed", "detail": detail}
    events = [same | ({"id": str(uuid4())} if number % 2 else {}) for number in range(AT_ONCE)]

    with ExitStack() as stack:
        for other in others:
            Path(other.log).parent.mkdir()
            other.environment["PUBLIC_BASE_URL"] = scene.server.environment["PUBLIC_BASE_URL"]
            other.start("--no-worker")
            stack.callback(other.stop)
        servers = [scene.server, *others]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            answers = list(
                threads.map(lambda each: deliver(*each), zip(cycle(servers), events, strict=False))
            )
        eventually(lambda: unfinished(scene.admin) == 0, seconds=PATIENCE_SECONDS)

    assert {answer.status_code for answer in answers} == {202}
    [show] = scene.shows()
    assert {answer.json()["showId"] for answer in answers} <= {show["id"], None}
    statuses = Counter(answer.json()["status"] for answer in answers)
    assert statuses["accepted"] <= 1 + AT_ONCE // 2
    assert statuses["duplicate"] == AT_ONCE - statuses["accepted"]
    kept = Counter(event["eventId"] for event in pages(scene.admin, "/ingest/events?"))
    assert kept == dict.fromkeys({event["id"] for event in events}, 1)


def unfinished(admin: httpx.Client) -> int:
    """How many events are kept and not acted on."""
    answer = admin.get("/ingest/events", params={"status": "received"}).raise_for_status()
    return len(answer.json()["items"])


def events_of(chance: random.Random) -> list[Json]:
    """Words about many videos, each of which gets done, shuffled, and some of them twice."""
    guids = [made_up(chance) for _ in range(EVENTS // EVENTS_A_VIDEO)]
    told = [event_of(guid, number, made_up(chance)) for guid in guids for number in range(EVENTS_A_VIDEO)]
    twice = chance.sample(told, len(told) // 5)
    chance.shuffle(told)
    return told + twice


def made_up(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def event_of(guid: str, number: int, event_id: str) -> Json:
    group = {
        "type": "HLS_GROUP",
        "playlistFilePaths": [f"s3://films-destination/{guid}/hls/film.m3u8"],
        "outputDetails": [{"durationInMs": 1000}],
    }
    is_last = number == EVENTS_A_VIDEO - 1
    return {
        "id": event_id,
        "source": "aws.mediaconvert",
        "detail-type": "MediaConvert Job State Change",
        "region": "us-east-1",
        "detail": {
            "status": "COMPLETE" if is_last else "STATUS_UPDATE",
            "timestamp": 1_762_251_000_000 + number,
            "userMetadata": {"guid": guid},
            **({"outputGroupDetails": [group]} if is_last else {}),
        },
    }


def deliver(server: Server, event: Json) -> httpx.Response:
    """As EventBridge does: again and again, until it is taken or refused for good."""
    while True:
        try:
            answer = httpx.post(f"{server.url}/internal/vod/events", json=event, headers=HEADERS, timeout=5)
        except httpx.HTTPError:
            sleep(0.2)
            continue
        if answer.status_code < 500 and answer.status_code not in SENT_AGAIN:
            return answer
        sleep(0.2)


def kill_one_of(server: Server, chance: random.Random) -> None:
    """kill -9 of the app, which is started again, or of PostgreSQL, which the app starts again."""
    if chance.random() < 0.5:
        server.kill()
        server.start("--no-worker")
        return
    for process in server.children("postgres"):
        if process.name() == "postgres" and process.ppid() not in {
            each.pid for each in server.children("postgres")
        }:
            process.kill()
    eventually(server.is_ready, seconds=PATIENCE_SECONDS, otherwise=server.log.read_text)


@pytest.mark.timeout(300 + EVENTS)
def test_whatever_is_killed_between_two_steps_nothing_is_lost_and_nothing_doubled(
    scene_of: Begin, tmp_path: Path
) -> None:
    chance = random.Random(20261126)
    scene = scene_of(new_server(tmp_path), "--no-worker")
    events = events_of(chance)
    answers: list[httpx.Response] = []

    def send() -> None:
        with ThreadPoolExecutor(8) as threads:
            answers.extend(threads.map(lambda event: deliver(scene.server, event), events))

    sending = Thread(target=send)
    sending.start()
    kills = 0
    while kills < KILLS:
        sleep(chance.uniform(0.2, 1.5))
        kill_one_of(scene.server, chance)
        kills += 1
    sending.join()
    with closing(scene.server.admin()) as admin:
        eventually(lambda: unfinished(admin) == 0, seconds=PATIENCE_SECONDS, otherwise=scene.log)
        shown, told = pages(admin, "/shows?state=all"), pages(admin, "/ingest/events?")

    assert {answer.status_code for answer in answers} == {202}
    guids = {event["detail"]["userMetadata"]["guid"] for event in events}
    shows = Counter(show["hlsSrcVideoURL"].split("/")[-3] for show in shown)
    assert shows == dict.fromkeys(guids, 1)
    kept = Counter(event["eventId"] for event in told)
    assert kept == dict.fromkeys({event["id"] for event in events}, 1)
    assert psutil.pid_exists(scene.server.process.pid)


def pages(admin: httpx.Client, address: str) -> list[Json]:
    """All of a list."""
    items: list[Json] = []
    cursor = ""
    while cursor is not None:
        answer = admin.get(f"{address}&limit=100{cursor and f'&cursor={cursor}'}").raise_for_status().json()
        items += answer["items"]
        cursor = answer["nextCursor"]
    return items
