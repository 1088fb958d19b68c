"""``demo`` brings in its library once, whatever came before, and leaves alone what people have changed."""

import re
from contextlib import closing

import pytest

from cli.commands import run
from server_fixtures import Server
from showsondemand.cli import demo as demonstration
from showsondemand.cli.demo_library import LIBRARY, DemoShow
from showsondemand.cli.process import OpenDatabase
from showsondemand.config import Settings

MOST_BYTES = 8 * 1024**2
CLIPS = LIBRARY[0].clip.parent
HELLO = LIBRARY[0]
MACHINE = next(entry for entry in LIBRARY if entry.file == "a-small-machine.mp4")


class Demo:
    """The command with two short clips, beside a running service."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._settings = Settings()

    def run(self) -> None:
        assert self._settings.database.url
        demonstration.demo(self._settings, OpenDatabase(self._settings.database.url, is_ours=False))

    def shows(self) -> dict[str, str]:
        """The state of each show by its title; a title that is there twice fails."""
        with closing(self._server.admin()) as client:
            items = client.get("/shows", params={"state": "all"}).json()["items"]
        found = {show["title"]: show["state"] for show in items}
        assert len(found) == len(items)
        return found


@pytest.fixture
def demo(server: Server, monkeypatch: pytest.MonkeyPatch) -> Demo:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(demonstration, "LIBRARY", (HELLO, MACHINE))
    return Demo(server)


def test_two_runs_make_each_show_once_and_leave_one_to_review(demo: Demo) -> None:
    demo.run()
    demo.run()

    assert demo.shows() == {MACHINE.title: "available", HELLO.title: "in_review"}


def test_viewers_see_what_is_told_of_a_show(demo: Demo, server: Server) -> None:
    demo.run()

    with server.client() as client:
        (show,) = client.get("/shows").json()["items"]
        poster = client.get(show["posterURL"])
    assert show["synopsis"] == MACHINE.described.synopsis
    assert show["genres"] == MACHINE.described.genres
    assert poster.headers["content-type"] == "image/jpeg"


def test_a_run_that_was_killed_after_transcoding_is_completed_by_the_next(demo: Demo, server: Server) -> None:
    arrived = run("ingest", str(MACHINE.clip), "--wait", given=server.environment)
    assert arrived.returncode == 0, arrived.stderr

    demo.run()

    assert demo.shows() == {MACHINE.title: "available", HELLO.title: "in_review"}


def test_what_people_have_done_since_stays_as_they_left_it(demo: Demo, server: Server) -> None:
    demo.run()
    with closing(server.admin()) as client:
        by_title = {
            show["title"]: f"/shows/{show['id']}"
            for show in client.get("/shows", params={"state": "all"}).json()["items"]
        }
        client.patch(by_title[MACHINE.title], json={"state": "withdrawn"})
        client.delete(by_title[HELLO.title])

    demo.run()

    assert demo.shows() == {MACHINE.title: "withdrawn"}


@pytest.mark.parametrize("entry", LIBRARY, ids=lambda entry: entry.file)
def test_each_clip_is_there_with_its_licence(entry: DemoShow) -> None:
    licences = (CLIPS / "LICENCES.md").read_text(encoding="utf-8")

    rows = [row for row in licences.splitlines() if entry.file in row]

    assert entry.clip.is_file()
    assert len(rows) == 1
    assert re.search(r"CC0|CC BY|public domain|MPL|same", rows[0])


def test_the_clips_stay_small_and_none_is_there_for_nothing() -> None:
    clips = sorted(CLIPS.glob("*.mp4"))

    assert [clip.name for clip in clips] == sorted(entry.file for entry in LIBRARY)
    assert sum(clip.stat().st_size for clip in clips) < MOST_BYTES
