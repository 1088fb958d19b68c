"""The whole service under a steady load, harmed in every way in turn: a short round here, hours by `make soak`."""

import os
import subprocess
import time
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from faults.house import house_in
from faults.invariants import hold
from faults.nemesis import harmed, rounds
from faults.workload import Workload, going_on
from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg

pytestmark = pytest.mark.slow
# A short round by this lot has the disk, a clock, PostgreSQL, the worker, the network and the app in it.
SEED = int(os.environ.get("SOAK_SEED", "6107"))
# How many harms are done, for how long each, and how long the house has to itself in between.
HARMS_DONE = int(os.environ.get("SOAK_HARMS", "6"))
HARMS_IN_BUCKET = int(os.environ.get("SOAK_HARMS", "4"))  # the storage killed is the third by this lot
HARM_SECONDS = float(os.environ.get("SOAK_HARM_SECONDS", "1.5"))
FILMS = int(os.environ.get("SOAK_FILMS", "3"))


@pytest.fixture
def tiny_film(tmp_path: Path) -> Path:
    film = tmp_path / "film.mp4"
    source = ("-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=1")
    subprocess.run([find_ffmpeg(), "-v", "error", *source, "-c:v", "libx264", film], check=True)
    return film


@pytest.mark.timeout(300 + HARMS_DONE * (HARM_SECONDS + 60))
@pytest.mark.parametrize("in_bucket", [False, True], ids=["media in a folder", "media in a bucket"])
def test_whatever_is_done_to_the_house_it_keeps_every_promise(
    tmp_path: Path, tiny_film: Path, *, in_bucket: bool
) -> None:
    chance = Random(SEED)
    done = HARMS_IN_BUCKET if in_bucket else HARMS_DONE

    with house_in(tmp_path, in_bucket=in_bucket) as house:
        workload = Workload(house.app.url, tiny_film, Random(SEED + 1), FILMS)
        with going_on(workload):
            for harm in islice(rounds(chance, in_bucket=in_bucket), done):
                with harmed(house, harm):
                    time.sleep(chance.uniform(HARM_SECONDS / 2, HARM_SECONDS))
                time.sleep(HARM_SECONDS / 2)

        hold(house, workload)

    assert workload.history.jobs
    assert workload.history.events
    assert workload.history.accounts
    assert workload.history.states
    assert workload.history.closed_doors
    assert workload.history.uploads
    assert workload.history.kept_title >= 0
