"""The stream tester's report as JSON: never a byte of what was fetched."""

from typing import Annotated

from pydantic import Field, StringConstraints

from showsondemand.admin.stream_tests.faults import FaultCode, Severity
from showsondemand.admin.stream_tests.found import Found
from showsondemand.api_model import ApiModel, Line


class NewStreamTest(ApiModel):
    """Which stream to test: the address of an HLS playlist or a DASH manifest."""

    url: Annotated[Line, StringConstraints(min_length=1, max_length=2_048)]


class FaultDetail(ApiModel):
    """One thing that is wrong: how bad, where, what was found there, and what to do.

    `found` and `params` say the same as `detail`, for programs that have words of their own.
    """

    code: FaultCode
    severity: Severity
    place: str
    detail: str
    found: Found
    params: dict[str, str | int | float]
    remedy: str


class LeftOut(ApiModel):
    """How many faults of one code were found beyond those in `faults`."""

    code: FaultCode
    count: int


class TestedTrack(ApiModel):
    """A rendition, sound or caption track; `measuredBandwidth` is the heaviest of the segments that were fetched."""

    name: str
    kind: str
    width: int | None
    height: int | None
    codecs: list[str]
    bandwidth: Annotated[int | None, Field(description="As declared, in bits a second.")]
    measured_bandwidth: int | None
    duration_seconds: float
    segments: int
    segments_fetched: int


class StreamReport(ApiModel):
    """What a player would find at an address. `passed` unless a fault is an error."""

    url: str
    kind: str | None
    passed: bool
    tracks: list[TestedTrack]
    faults: list[FaultDetail]
    left_out: Annotated[list[LeftOut], Field(description="Of a code, `faults` has the first fifty.")]
    requests: int
    received_bytes: int
    seconds: float
    slowest_seconds: float
