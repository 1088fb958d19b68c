"""Sets of segments that exist only as numbers, for what is written about them."""

from dataclasses import replace
from fractions import Fraction

from adapters.transcoder.sources import a_film, a_picture, a_sound, a_text
from showsondemand.adapters.transcoder.cmaf_set import CmafSet, assemble
from showsondemand.adapters.transcoder.plan import Plan, plan_for
from showsondemand.adapters.transcoder.segments import Segment, SegmentedStream


def a_stream(
    number: int = 0, seconds: tuple[float, ...] = (4, 4, 2), sizes: tuple[int, ...] = (1000, 3000, 500)
) -> SegmentedStream:
    """One in milliseconds, from 0 on."""
    return SegmentedStream(
        number=number,
        timescale=1000,
        start_ticks=0,
        codecs="avc1.64001f",
        init=f"init-{number}.mp4",
        segments=tuple(
            Segment(f"segment-{number}-{count:05d}.m4s", round(length * 1000), size)
            for count, (length, size) in enumerate(zip(seconds, sizes, strict=True), 1)
        ),
    )


def a_plan() -> Plan:
    """Ten seconds in two renditions, English in stereo and 5.1, French in stereo, subtitles in Arabic."""
    picture = a_picture(width=640, height=360, end_seconds=10.0, frame_rate=Fraction(24000, 1001))
    english = a_sound(index=1, language="en", channels=6, default=True, end_seconds=10.0)
    french = a_sound(index=2, language="fr", end_seconds=10.0)
    return plan_for(a_film(picture, (english, french), (a_text(language="ar", forced=True),)))


def a_set() -> CmafSet:
    """What came of that plan: renditions 0 and 1, then sound in streams 2, 3 and 4."""
    plan = a_plan()
    pictures = [a_stream(number) for number in range(len(plan.rungs))]
    sounds = [
        replace(a_stream(len(pictures) + position, sizes=(100, 120, 60)), codecs="mp4a.40.2")
        for position in range(len(plan.audio))
    ]
    return assemble(plan, [*pictures, *sounds], {0})
