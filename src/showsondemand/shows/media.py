"""Media out of local storage: a plain ASGI app, because every segment of every viewer passes through here.

A grant is read by its signature; whether its session and show still stand is asked once in a few seconds,
so that no segment costs a query.
"""

import mimetypes
from datetime import UTC, datetime
from time import monotonic

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from showsondemand.errors import Problem, problem_response
from showsondemand.shows import queries
from showsondemand.shows.errors import GrantMissing, GrantRefused, MediaNotFound, ShowNotFound
from showsondemand.shows.grants import Grant, Grants
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.wiring import Wiring

# PeerTube's figure for the same check is 10 s; a film that was withdrawn stops within half of that.
_STANDS_SECONDS = 5.0
_REMEMBERED_AT_MOST = 10_000
_OPEN_FILES = ("poster.jpg",)
# Systems without /etc/mime.types do not know these.
_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mpd": "application/dash+xml",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
}
_OPEN_CACHING = "public, max-age=3600"
# A media set never changes once it is published: another attempt has another folder.
_GRANTED_CACHING = "private, max-age=14400, immutable"


class Media:
    """Answers ``/media/GRANT/videos/JOB/ATTEMPT/FILE``, and posters without a grant."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._grants = Grants(wiring.keys)
        self._standing: dict[Grant, float] = {}

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
            if path.rpartition("/")[2] not in _OPEN_FILES:
                raise GrantMissing
            return _unless_known(scope, self._file(path, caching=_OPEN_CACHING))
        if not rest.startswith(f"{MEDIA_SETS}/"):
            raise GrantRefused if rest else MediaNotFound
        await self._refuse_unless_granted(first, rest)
        return _unless_known(scope, self._file(rest, caching=_GRANTED_CACHING))

    def _file(self, key: str, *, caching: str) -> FileResponse:
        path = self._wiring.storage.local_path(key)
        if path is None:
            raise MediaNotFound
        try:
            stat = path.stat()
        except FileNotFoundError as error:  # swept away since
            raise MediaNotFound from error
        return FileResponse(
            path,
            media_type=_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0],
            headers={"Cache-Control": caching, "Cross-Origin-Resource-Policy": "same-origin"},
            stat_result=stat,
        )

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
        async with self._wiring.database.transaction() as session:
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
