"""Fetches the parts of a stream within a budget, and turns whatever goes wrong into a fault with its place."""

from collections.abc import Collection
from dataclasses import dataclass, field
from time import monotonic

from showsondemand.adapters.fetcher.port import ByteRange, Fetched, Fetcher, FetchFailed
from showsondemand.admin.stream_tests.faults import Fault, FaultCode
from showsondemand.admin.stream_tests.found import Found
from showsondemand.admin.stream_tests.tracks import Piece

MOST_PLAYLIST_BYTES = 8 * 1024 * 1024
MOST_SEGMENT_BYTES = 32 * 1024 * 1024
_MOST_REQUESTS = 200
_MOST_BYTES = 256 * 1024 * 1024
_MOST_SECONDS = 60.0
_MOST_OF_A_KIND = 50
_PARTIAL = 206
_OK = range(200, 300)


@dataclass
class Asking:
    """The state of one test: what was found so far, and how much was asked for it."""

    fetcher: Fetcher
    faults: list[Fault] = field(default_factory=list)
    requests: int = 0
    received_bytes: int = 0
    slowest_seconds: float = 0.0
    began_at: float = field(default_factory=monotonic)
    # As numbers: a playlist can have a hundred thousand faults, and nobody reads them.
    _found: dict[FaultCode, set[int]] = field(default_factory=dict, init=False)

    def note(self, code: FaultCode, place: str, found: Found, **params: str | float) -> None:
        """Keeps a fault, once; of a kind that there is no end of, the first, and how many more.

        ``params`` is what stands in the braces of the sentence that says what was found.
        """
        of_its_kind = self._found.setdefault(code, set())
        number = hash((place, found, tuple(sorted(params.items()))))
        if number not in of_its_kind and len(of_its_kind) < _MOST_OF_A_KIND:
            self.faults.append(Fault(code, place, found, params))
        of_its_kind.add(number)

    @property
    def left_out(self) -> dict[FaultCode, int]:
        """How many faults of a kind were found beyond those kept; kinds that are kept whole are not named."""
        found = ((code, len(numbers)) for code, numbers in self._found.items())
        return {code: count - _MOST_OF_A_KIND for code, count in found if count > _MOST_OF_A_KIND}

    @property
    def seconds(self) -> float:
        return monotonic() - self.began_at

    async def playlist(self, url: str, place: str, types: Collection[str]) -> Fetched | None:
        """A playlist or manifest, or ``None`` with a fault."""
        return await self._get(url, place, MOST_PLAYLIST_BYTES, None, types)

    async def piece(self, piece: Piece, place: str, types: Collection[str]) -> Fetched | None:
        """A segment or its header, or ``None`` with a fault."""
        fetched = await self._get(piece.url, place, MOST_SEGMENT_BYTES, piece.wanted, types)
        if fetched is not None and 0 < piece.seconds < fetched.seconds:
            times = {"seconds": piece.seconds, "took": fetched.seconds}
            self.note(FaultCode.SLOWER_THAN_PLAYBACK, place, Found.SLOW, **times)
        return fetched

    async def _get(
        self, url: str, place: str, most_bytes: int, wanted: ByteRange | None, types: Collection[str]
    ) -> Fetched | None:
        if self._is_spent():
            self.note(FaultCode.NOT_LOOKED_INTO, "stream", Found.LIMIT_REACHED)
            return None
        self.requests += 1
        try:
            fetched = await self.fetcher.fetch(url, most_bytes=most_bytes, wanted=wanted)
        except FetchFailed as failed:
            limit = {} if failed.limit is None else {"limit": failed.limit}
            self.note(FaultCode(failed.fault.value), place, Found.NOT_FETCHED, said=failed.detail, **limit)
            return None
        self.received_bytes += len(fetched.body)
        self.slowest_seconds = max(self.slowest_seconds, fetched.seconds)
        if fetched.status not in _OK or (wanted is not None and fetched.status != _PARTIAL):
            self.note(FaultCode.MISSING, place, Found.STATUS, status=fetched.status)
            return None
        self._look_at_headers(fetched, place, types)
        return fetched

    def _is_spent(self) -> bool:
        return (
            self.requests >= _MOST_REQUESTS
            or self.received_bytes >= _MOST_BYTES
            or self.seconds >= _MOST_SECONDS
        )

    def _look_at_headers(self, fetched: Fetched, place: str, types: Collection[str]) -> None:
        given = fetched.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not given:
            self.note(FaultCode.CONTENT_TYPE, place, Found.SERVED_AS_NOTHING)
        elif given not in types:
            self.note(FaultCode.CONTENT_TYPE, place, Found.SERVED_AS, type=given[:60])
        if "access-control-allow-origin" not in fetched.headers:
            self.note(FaultCode.NO_CORS, "stream", Found.NO_CORS_HEADER)
