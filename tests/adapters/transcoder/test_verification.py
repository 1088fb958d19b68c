"""A set that is not what was promised is a failure with a reason."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.transcoder.sets import a_plan, a_set, a_stream
from showsondemand.adapters.transcoder.cmaf_set import CmafSet
from showsondemand.adapters.transcoder.port import FailureCode, TranscodeFailed
from showsondemand.adapters.transcoder.segments import SegmentedStream
from showsondemand.adapters.transcoder.verification import verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One with everything that stands beside the segments."""
    for name in ("poster.jpg", "sprite-001.jpg", *(f"init-{number}.mp4" for number in range(5))):
        (tmp_path / name).write_bytes(b"something")
    return tmp_path


def with_picture(cmaf: CmafSet, stream: SegmentedStream) -> CmafSet:
    """The set with another stream in its lowest rendition."""
    changed = replace(cmaf.renditions[-1], stream=stream)
    return replace(cmaf, renditions=(*cmaf.renditions[:-1], changed))


def with_sound(cmaf: CmafSet, **changes: Any) -> CmafSet:
    first = cmaf.audio[0]
    stream = replace(first.stream, **changes)
    return replace(cmaf, audio=(replace(first, stream=stream), *cmaf.audio[1:]))


def test_a_whole_set_passes(folder: Path) -> None:
    verify(a_set(), a_plan(), folder)


BREAKS: dict[str, Callable[[CmafSet], CmafSet]] = {
    "lasts 10.0 seconds, but 8.0": lambda cmaf: replace(
        cmaf, renditions=tuple(replace(r, stream=a_stream(seconds=(4, 4, 0.01))) for r in cmaf.renditions)
    ),
    "not cut in the same places": lambda cmaf: with_picture(cmaf, a_stream(1, seconds=(4, 3.9, 2.1))),
    "begin 50 milliseconds apart": lambda cmaf: with_sound(cmaf, start_ticks=50),
    "do not end together": lambda cmaf: with_sound(cmaf, segments=a_stream(2, seconds=(4, 4, 1.5)).segments),
    "missing or empty, segment-2-00003.m4s": lambda cmaf: with_sound(
        cmaf, segments=a_stream(2, sizes=(100, 100, 0)).segments
    ),
}


@pytest.mark.parametrize("words", BREAKS)
def test_a_broken_set_is_refused_with_the_reason(words: str, folder: Path) -> None:
    broken = BREAKS[words](a_set())

    with pytest.raises(TranscodeFailed) as failed:
        verify(broken, a_plan(), folder)

    assert failed.value.code is FailureCode.INCOMPLETE
    assert words in failed.value.detail


@pytest.mark.parametrize("name", ["poster.jpg", "sprite-001.jpg", "init-3.mp4"])
def test_a_set_without_one_of_its_files_is_refused(name: str, folder: Path) -> None:
    (folder / name).unlink()

    with pytest.raises(TranscodeFailed) as failed:
        verify(a_set(), a_plan(), folder)

    assert name in failed.value.detail
