"""From a film to a show in review, by the worker's own handler."""

import asyncio
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.adapters.transcoder.port import (
    ExtractedText,
    FailureCode,
    Report,
    SourceProbe,
    Stage,
    TranscodeFailed,
    TranscodeProgress,
    Transcoder,
    TranscodeResult,
)
from showsondemand.vod_ingest.jobs import transcode_film
from showsondemand.wiring import Wiring
from vod_ingest.conftest import Ingest, Json


@dataclass(frozen=True)
class Interrupted:
    """A transcoder that calls ``meanwhile`` in the middle of its work, and then goes on."""

    transcoder: Transcoder
    meanwhile: object

    async def probe(self, source: Path) -> SourceProbe:
        return await self.transcoder.probe(source)

    async def transcode(
        self, source: Path, probe: SourceProbe, into: Path, report: Report
    ) -> TranscodeResult:
        await report(TranscodeProgress(Stage.ENCODING, 0.5))
        await self.meanwhile()  # type: ignore[operator]  # an async function of no arguments
        return await self.transcoder.transcode(source, probe, into, report)

    async def extract_texts(self, source: Path, probe: SourceProbe, into: Path) -> tuple[ExtractedText, ...]:
        return await self.transcoder.extract_texts(source, probe, into)


def run(client: TestClient, wiring: Wiring, job: Json) -> None:
    assert client.portal
    client.portal.call(transcode_film, wiring, UUID(job["id"]))


def test_a_film_becomes_a_show_in_review_that_plays(client: TestClient, ingest: Ingest, film: Path) -> None:
    job = ingest.work(ingest.sent(film, title="Big Buck Bunny"))

    assert (job["state"], job["progress"], job["attempts"], job["error"]) == ("completed", 1, 1, None)
    assert job["startedAt"] <= job["finishedAt"]
    [show] = ingest.shows()
    assert show["id"] == job["showId"]
    assert (show["title"], show["state"]) == ("Big Buck Bunny", "in_review")
    assert show["durationSeconds"] == pytest.approx(5.083, abs=0.05)
    assert (show["width"], show["height"]) == (426, 240)
    assert [each["height"] for each in show["renditions"]] == [240]
    playback = client.post(f"/shows/{show['id']}/playback", headers=ingest.editor.headers).json()
    urls = [playback["hlsURL"], playback["dashURL"], playback["storyboardURL"], show["posterURL"]]
    assert [client.get(url).status_code for url in urls] == [200] * 4
    assert ingest.files("work") == []


def test_a_film_without_a_title_is_called_by_its_file(ingest: Ingest, film: Path, tmp_path: Path) -> None:
    named = shutil.copy(film, tmp_path / "my_first.film.mp4")

    ingest.work(ingest.sent(Path(named)))

    assert [show["title"] for show in ingest.shows()] == ["my first.film"]


def test_a_job_done_twice_makes_one_show(ingest: Ingest, film: Path) -> None:
    job = ingest.work(ingest.sent(film))

    again = ingest.work(job)

    assert again == job
    assert len(ingest.shows()) == 1


def test_a_show_that_was_edited_stays_so_when_its_job_is_told_of_again(
    client: TestClient, ingest: Ingest, film: Path
) -> None:
    job = ingest.work(ingest.sent(film))
    client.patch(f"/shows/{job['showId']}", json={"title": "Mine"}, headers=ingest.editor.headers)

    told = ingest.event(
        {
            "id": "another-event",
            "source": "showsondemand",
            "detail-type": "Video Completed",
            "detail": {"guid": job["id"], "hlsUrl": ingest.shows()[0]["hlsSrcVideoURL"], "title": "Theirs"},
        }
    )

    assert told.json()["showId"] == job["showId"]
    assert [show["title"] for show in ingest.shows()] == ["Mine"]


def test_a_job_that_is_cancelled_while_it_runs_leaves_nothing(
    client: TestClient, ingest: Ingest, wiring: Wiring, film: Path
) -> None:
    job = ingest.sent(film)

    async def cancel() -> None:
        await asyncio.to_thread(ingest.asked, job, "cancel")

    run(client, replace(wiring, transcoder=Interrupted(wiring.transcoder, cancel)), job)

    assert ingest.read(job)["state"] == "cancelled"
    assert ingest.shows() == []
    assert ingest.files("work") == []
    assert ingest.files("media") == [f"sources/{job['id']}/film"]


def test_an_attempt_that_slept_while_another_one_did_the_work_is_refused(
    client: TestClient, ingest: Ingest, wiring: Wiring, film: Path
) -> None:
    job = ingest.sent(film)

    async def another_worker() -> None:
        await transcode_film(wiring, UUID(job["id"]))

    run(client, replace(wiring, transcoder=Interrupted(wiring.transcoder, another_worker)), job)

    done = ingest.read(job)
    assert (done["state"], done["attempts"]) == ("completed", 2)
    assert len(ingest.shows()) == 1
    assert {Path(name).parts[2] for name in ingest.files("media") if name.startswith("videos")} == {"2"}


@dataclass(frozen=True)
class Failing:
    """A transcoder that finds no film wrong and never gets done."""

    transcoder: Transcoder
    code: FailureCode

    async def probe(self, source: Path) -> SourceProbe:
        return await self.transcoder.probe(source)

    async def transcode(self, *_: object) -> TranscodeResult:
        raise TranscodeFailed(self.code, "It did not work.", "the encoder's last words")

    async def extract_texts(self, source: Path, probe: SourceProbe, into: Path) -> tuple[ExtractedText, ...]:
        return await self.transcoder.extract_texts(source, probe, into)


@pytest.mark.parametrize(
    ("code", "states"),
    [
        (FailureCode.CRASHED, ["queued", "queued", "failed", "failed"]),
        (FailureCode.INCOMPLETE, ["failed", "failed", "failed", "failed"]),
    ],
)
def test_a_failure_that_may_pass_is_tried_three_times_and_one_that_lasts_once(
    client: TestClient, ingest: Ingest, wiring: Wiring, film: Path, code: FailureCode, states: list[str]
) -> None:
    job = ingest.sent(film)
    failing = replace(wiring, transcoder=Failing(wiring.transcoder, code))

    seen = []
    for _ in states:
        run(client, failing, job)
        seen.append(ingest.read(job)["state"])

    assert seen == states
    assert ingest.read(job)["error"] == {"code": code.value, "detail": "It did not work."}
    assert "last words" not in str(ingest.read(job))
    assert ingest.shows() == []
    assert ingest.files("work") == []


def test_a_job_that_failed_is_done_when_it_is_tried_again(
    client: TestClient, ingest: Ingest, wiring: Wiring, film: Path
) -> None:
    job = ingest.sent(film)
    run(client, replace(wiring, transcoder=Failing(wiring.transcoder, FailureCode.INCOMPLETE)), job)

    asked = ingest.asked(job, "retry")
    done = ingest.work(job)

    assert asked.status_code == 202
    assert (asked.json()["state"], asked.json()["error"]) == ("queued", None)
    assert (done["state"], done["attempts"]) == ("completed", 2)


def test_retry_and_cancel_are_legal_in_some_states_only(
    client: TestClient, ingest: Ingest, film: Path
) -> None:
    job = ingest.sent(film)
    wishes = ["retry", "cancel", "cancel", "retry", "retry"]

    statuses = [ingest.asked(job, wish).status_code for wish in wishes]
    ingest.work(job)
    when_done = [ingest.asked(job, wish).status_code for wish in ("retry", "cancel")]

    assert statuses == [409, 202, 409, 202, 409]
    assert when_done == [409, 409]


def test_a_cancelled_job_is_not_begun(ingest: Ingest, film: Path) -> None:
    job = ingest.sent(film)
    ingest.asked(job, "cancel")

    after = ingest.work(job)

    assert (after["state"], after["attempts"]) == ("cancelled", 0)


def test_a_film_that_went_missing_fails_and_says_so(ingest: Ingest, film: Path) -> None:
    job = ingest.sent(film)
    (ingest.data / "media/sources" / job["id"] / "film").unlink()

    failed = ingest.work(job)

    assert (failed["state"], failed["error"]["code"]) == ("failed", "source_missing")


def test_jobs_are_listed_newest_first_by_state_and_page_by_page(
    client: TestClient, people: People, ingest: Ingest, film: Path
) -> None:
    jobs = [ingest.sent(film) for _ in range(3)]
    ingest.asked(jobs[1], "cancel")
    reviewer = people.reviewer().headers

    def listed(query: str) -> list[str]:
        page = client.get(f"/ingest/jobs?{query}", headers=reviewer).json()
        ids = [job["id"] for job in page["items"]]
        more = page["nextCursor"]
        return ids + (listed(f"{query.partition('&cursor')[0]}&cursor={more}") if more else [])

    assert listed("limit=1") == [job["id"] for job in reversed(jobs)]
    assert listed("state=queued&limit=1") == [jobs[2]["id"], jobs[0]["id"]]
    assert listed("state=failed") == []
    assert listed("mine=true") == []
    own = client.get("/ingest/jobs?mine=true", headers=ingest.editor.headers).json()["items"]
    assert [job["id"] for job in own] == [job["id"] for job in reversed(jobs)]
    assert client.get("/ingest/jobs").status_code == 401
    assert client.get("/ingest/jobs", headers=people.viewer().headers).status_code == 403
