"""Media out of the storage: a plain ASGI app, because every segment of every viewer passes through here.

A grant is read by its signature; whether its session and show still stand is asked once in a few seconds,
so that no segment costs a query.
"""

import re
from datetime import UTC, datetime
from time import monotonic

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from showsondemand.adapters.storage.content_types import content_type
from showsondemand.errors import Problem, problem_response
from showsondemand.shows import queries
from showsondemand.shows.errors import GrantMissing, GrantRefused, MediaNotFound, ShowNotFound
from showsondemand.shows.grants import Grant, Grants
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.shows.remote_media import remote_file
from showsondemand.wiring import Wiring

# PeerTube's figure for the same check is 10 s; a film that was withdrawn stops within half of that.
_STANDS_SECONDS = 5.0
_REMEMBERED_AT_MOST = 10_000
# Posters and their copies: those that we make, and those that MediaConvert numbers.
_OPEN_FILES = re.compile(r"poster(-\d+)?\.jpg|frame_poster\.\d{7}\.jpg")
_OPEN_CACHING = "public, max-age=3600"
# A media set never changes once it is published: another attempt has another folder.
_GRANTED_CACHING = "private, max-age=14400, immutable"


class _File(FileResponse):
    """Read in pieces: large enough for the change of threads to cost little, small enough for many slow readers."""

    chunk_size = 256 * 1024


class Media:
    """Answers ``/media/GRANT/videos/JOB/ATTEMPT/FILE``, and posters without a grant."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._grants = Grants(wiring.keys)
        self._standing: dict[Grant, float] = {}
        self._handed_to = wiring.settings.media.handed_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._response(scope)
        except Problem as problem:
            response = problem_response(problem, scope["path"])
        await response(scope, receive, send)

    async def _response(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", ""))).lstrip("/")
        first, _, rest = path.partition("/")
        if first == MEDIA_SETS:
            if not _OPEN_FILES.fullmatch(path.rpartition("/")[2]):
                raise GrantMissing
            return await self._file(scope, path, caching=_OPEN_CACHING)
        if not rest.startswith(f"{MEDIA_SETS}/"):
            raise GrantRefused if rest else MediaNotFound
        await self._refuse_unless_granted(first, rest)
        return await self._file(scope, rest, caching=_GRANTED_CACHING)

    async def _file(self, scope: Scope, key: str, *, caching: str) -> Response:
        headers = {"Cache-Control": caching, "Cross-Origin-Resource-Policy": "same-origin"}
        path = self._wiring.storage.local_path(key)
        if path is None:
            return await remote_file(
                self._wiring.storage,
                key,
                method=scope["method"],
                asked=Headers(scope=scope),
                headers=headers,
            )
        try:
            stat = path.stat()
        except FileNotFoundError as error:  # swept away since
            raise MediaNotFound from error
        if self._handed_to is not None:
            headers["X-Accel-Redirect"] = f"{self._handed_to}{key}"
            return Response(media_type=content_type(path.name), headers=headers)
        file = _File(path, media_type=content_type(path.name), headers=headers, stat_result=stat)
        return _unless_known(scope, file)

    async def _refuse_unless_granted(self, text: str, key: str) -> None:
        """Raises ``GrantRefused`` unless the grant is for this file, in date, and still stands."""
        grant = self._grants.read(text, key, datetime.now(UTC))
        if self._standing.get(grant, 0.0) > monotonic():
            return
        if not await self._stands(grant):
            raise GrantRefused
        if len(self._standing) >= _REMEMBERED_AT_MOST:
            self._standing.clear()
        self._standing[grant] = monotonic() + _STANDS_SECONDS

    async def _stands(self, grant: Grant) -> bool:
        """Whether the session lives, and the show is there for its account."""
        caller = await self._wiring.identify(grant.claims)
        if caller is None:
            return False
        async with self._wiring.database.reading() as session:
            try:
                show = await queries.any_show(session, grant.show_id)
            except ShowNotFound:
                return False
        return caller.is_staff or show.is_available(datetime.now(UTC))


def _unless_known(scope: Scope, file: FileResponse) -> Response:
    """The file, or 304 where the client has it already (RFC 9110, 13.1.2)."""
    given = [tag.strip() for tag in Headers(scope=scope).get("if-none-match", "").split(",")]
    if file.headers["ETag"] not in given:
        return file
    kept = ("ETag", "Last-Modified", "Cache-Control", "Cross-Origin-Resource-Policy")
    return Response(status_code=304, headers={name: file.headers[name] for name in kept})
