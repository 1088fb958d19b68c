"""Killed at any line between the last word of an upload and its show, the film is done in the end, once.

A few lines in each run of the tests, all of them with KILL_PLACES=all (``make kill-walk``).
"""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.vod_ingest import upload_sweeping
from vod_ingest.conftest import Ingest, Json, MakeFilm
from vod_ingest.one_show import one_whole_show
from vod_ingest.sender import Sender
from vod_ingest.walk_process import Walk, walk

ASKED = os.environ.get("KILL_PLACES", "3")
SEED = int(os.environ.get("SOAK_SEED", "20261127"))
PATIENCE_SECONDS = 120
# A film that takes its worker down 25 times is given up.
MOST_DEATHS = 20


class Walker:
    """Sends films, and has each walk its way as often as somebody dies on it."""

    def __init__(self, client: TestClient, ingest: Ingest, people: People, film: bytes, url: str) -> None:
        self._client, self._ingest, self._people, self._film, self._url = client, ingest, people, film, url
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["vod_ingest.walk_process"])
        self._passed = ingest.data.parent / "passed"
        self.ways: list[Walk] = []
        self._deaths = 0

    def set_out(self) -> None:
        """Another film, all of whose parts have arrived."""
        editor = self._people.editor()
        sender = Sender(self._client, editor.headers, self._film)
        sender.begin().raise_for_status()
        sender.send_all()
        said = [(part["partNumber"], part["etag"]) for part in sender.all_parts()]
        way = Walk(self._ingest.data, self._url, editor.id, UUID(sender.id), said, self._passed)
        self.ways.append(way)
        self._deaths = 0

    def dies_at(self, place: str) -> bool:
        """Whether a process that walks the newest film's way comes to the place, and so dies there."""
        if self._deaths >= MOST_DEATHS or self._is_done():
            self.arrive()
            self.set_out()
        died = self._run(place) == -signal.SIGKILL
        self._deaths += died
        return died

    def arrive(self) -> list[str]:
        """Walks the newest film's way to its end; the places that were passed."""
        assert self._run(None) == 0
        return self._passed.read_text(encoding="utf-8").splitlines()

    def jobs(self) -> Iterator[Json]:
        return (self._ingest.read({"id": str(way.upload_id)}) for way in self.ways)

    def _is_done(self) -> bool:
        return list(self.jobs())[-1].get("state") == "completed"

    def _run(self, fatal: str | None) -> int | None:
        process = self._context.Process(target=walk, args=(self.ways[-1], fatal))
        process.start()
        process.join(PATIENCE_SECONDS)
        if process.is_alive():
            process.kill()
            pytest.fail(f"stood still on the way to {fatal or 'its end'}")
        return process.exitcode


@pytest.mark.slow
@pytest.mark.timeout(8 * 3600 if ASKED == "all" else 240 + 60 * int(ASKED))
def test_killed_at_any_line_an_upload_becomes_one_whole_show_and_leaves_no_litter(
    client: TestClient,
    ingest: Ingest,
    people: People,
    make_film: MakeFilm,
    migrated_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    film: Path = make_film(
        "walk.mp4", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=2", "-f", "lavfi", "-i",
        "sine=duration=2", "-c:v", "libx264", "-preset", "ultrafast",
    )  # fmt: skip
    walker = Walker(client, ingest, people, film.read_bytes(), migrated_database_url)
    walker.set_out()
    places = walker.arrive()
    chosen = places if ASKED == "all" else Random(SEED).sample(places, int(ASKED))
    walker.set_out()

    # A place that this way led past already is looked for on the way of another film.
    missed = [
        place
        for place in sorted(chosen, key=places.index)
        if not (walker.dies_at(place) or walker.dies_at(place))
    ]
    walker.arrive()
    monkeypatch.setattr(upload_sweeping, "_SETTLED", timedelta(minutes=-1))
    ingest.sweep()

    # What one run does and another need not, such as waiting, is left out; no more than that.
    assert len(missed) <= len(chosen) // 20, missed
    one_whole_show(ingest, *walker.jobs(), seconds=2)
