"""HTTP of the stream tester."""

from fastapi import APIRouter

from showsondemand import audit
from showsondemand.admin.errors import TooManyStreamTests
from showsondemand.admin.stream_tests.checking import Result, check_stream
from showsondemand.admin.stream_tests.faults import FaultCode
from showsondemand.admin.stream_tests.measuring import Measured
from showsondemand.admin.stream_tests.own_streams import OwnStreams
from showsondemand.admin.stream_tests.report import (
    FaultDetail,
    LeftOut,
    NewStreamTest,
    StreamReport,
    TestedTrack,
)
from showsondemand.audit import Action
from showsondemand.dependencies import NobodySignedIn, RoleTooLow, StaffDep, WiringDep
from showsondemand.errors import problems

router = APIRouter(tags=["admin"])
# docs/security.md: ten tests a minute for each account.
_MOST_A_MINUTE = 10
_MINUTE_SECONDS = 60.0


@router.post("/stream-tests", responses=problems(NobodySignedIn, RoleTooLow, TooManyStreamTests))
async def check_any_stream(asked: NewStreamTest, staff: StaffDep, wiring: WiringDep) -> StreamReport:
    """Test any HLS or DASH stream, ours included: what a player would stumble over, and what to do about it."""
    key = f"stream-test:{staff.user_id}"
    if await wiring.throttle.add(key, _MINUTE_SECONDS) > _MOST_A_MINUTE:
        left = await wiring.throttle.seconds_left([key])
        raise TooManyStreamTests(headers={"Retry-After": str(max(1, round(left)))})
    fetcher = OwnStreams(wiring.settings.base_url, wiring.storage, wiring.fetcher)
    result = await check_stream(fetcher, asked.url)
    if any(fault.code is FaultCode.ADDRESS_REFUSED for fault in result.faults):
        async with wiring.database.transaction() as session:
            await audit.record(session, Action.FETCH_REFUSED, details={"for": "stream test"})
    return _report(asked.url, result)


def _report(url: str, result: Result) -> StreamReport:
    return StreamReport(
        url=url,
        kind=result.kind,
        passed=result.passed,
        tracks=[_track(measured) for measured in result.tracks],
        faults=[
            FaultDetail(
                code=fault.code,
                severity=fault.severity,
                place=fault.place,
                detail=fault.detail,
                found=fault.found,
                params={name: _rounded(value) for name, value in fault.params.items()},
                remedy=fault.remedy,
            )
            for fault in result.faults
        ],
        left_out=[LeftOut(code=code, count=count) for code, count in result.left_out.items()],
        requests=result.requests,
        received_bytes=result.received_bytes,
        seconds=round(result.seconds, 3),
        slowest_seconds=round(result.slowest_seconds, 3),
    )


def _rounded(value: str | float) -> str | float:
    return round(value, 3) if isinstance(value, float) else value


def _track(measured: Measured) -> TestedTrack:
    track = measured.track
    return TestedTrack(
        name=track.name,
        kind=track.kind.value,
        width=track.width,
        height=track.height,
        codecs=list(track.codecs),
        bandwidth=track.peak_bits,
        measured_bandwidth=round(measured.peak_bits) or None,
        duration_seconds=round(track.seconds, 3),
        segments=len(track.pieces),
        segments_fetched=measured.fetched,
    )
