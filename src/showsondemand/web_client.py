"""Serves the built web clients: strict content policy, assets kept for ever, the index for navigations."""

import gzip
import hashlib
import mimetypes
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

NONCE_PLACE = "__CSP_NONCE__"
"""What the build writes where each answer's nonce goes (vite.config.ts: html.cspNonce)."""

HEAD_PLACE = "<!-- what the service knows -->"
"""Where the viewers' index has room for what the page at an address would ask for first (shows/front_page.py)."""

TESTER_PAGE = "/admin/tester"
"""Where any stream of the world is played: this one document may ask any host. The client opens and leaves it by a
full load (web/src/admin/tester), so that no other page runs under its policy."""
ANY_HOST = ("https:", "http:")

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings that the build writes beside a text file, the smaller first, with their suffix."""

PAGE_COMPRESSION = 6
"""gzip's own middle: the next levels take twice the time for a percent."""

PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "autoplay=(self), fullscreen=(self), picture-in-picture=(self)",
}
NOT_BUILT_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shows on Demand</title>
<h1>The web client has not been built</h1>
<p>The API answers; see <a href="/docs">/docs</a>. To build the client, install the package with
<code>pip install .</code>, or run <code>npm ci</code> and <code>npm run build</code> in
<code>web/</code>.</p>
</html>"""

# The slim Python images have no /etc/mime.types: what a client's build holds is named here.
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of the build with its compressed forms, whole in memory: the clients weigh a few megabytes."""

    media_type: str
    digest: str
    content: bytes
    encoded: dict[str, bytes]
    kept_for_ever: bool


def built_client_folder() -> Path:
    """Where the build lies: inside the installed package, or in the working tree of a developer."""
    installed = Path(__file__).parent / "web_dist"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "web" / "dist"


def content_policy(nonce: str, media_origins: Sequence[str]) -> str:
    """The Content-Security-Policy of a page; by `blob:` media the player hands segments to the browser."""
    media = " ".join(["'self'", *media_origins])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            f"img-src {media} data: blob:",
            f"media-src {media} data: blob:",
            f"connect-src {media}",
            "font-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "frame-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class WebClient:
    """An ASGI app over one build, to mount last, at `/`: what no route has taken is a file or a navigation.

    `dist` is the folder of the build; without an index in it every navigation gets a page that says so (503).
    `media_origins` are other origins that streams and pictures come from (a CDN); `head_of` finds HTML for the head
    of a page that has room for it. Any other path raises Starlette's HTTPException 404, any method but GET and HEAD
    405: the app's own handlers find the words.
    """

    def __init__(
        self,
        dist: Path,
        *,
        media_origins: Sequence[str] = (),
        head_of: Callable[[Request], Awaitable[str]] | None = None,
    ) -> None:
        self._media_origins = media_origins
        self._head_of = head_of
        self._files = dict(_built_files(dist))
        # The longest path first: the index of the nearest folder is the page of everything below it.
        indexes = sorted(
            (path for path in self._files if path.endswith("/index.html")), key=len, reverse=True
        )
        self._pages = {path: self._files[path].content.decode() for path in indexes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(Request(scope))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        path = request.scope["path"]
        if path in self._files and path not in self._pages:
            return _file_answer(self._files[path], request.headers)
        if f"{path.rstrip('/')}/index.html" in self._pages or _is_navigation(path, request.headers):
            return await self._page(request)
        raise HTTPException(404, headers={"Cache-Control": "no-store"})

    async def _page(self, request: Request) -> Response:
        path, nonce = request.scope["path"], secrets.token_urlsafe(16)
        origins = (*self._media_origins, *ANY_HOST) if path == TESTER_PAGE else self._media_origins
        headers = {**PAGE_HEADERS, "Content-Security-Policy": content_policy(nonce, origins)}
        for index, page in self._pages.items():
            if f"{path}/".startswith(index.removesuffix("index.html")):
                # The nonce goes in first: what somebody wrote into the catalogue must never be taken for its place.
                written = page.replace(NONCE_PLACE, nonce)
                if HEAD_PLACE in written:
                    head = await self._head_of(request) if self._head_of else ""
                    written = written.replace(HEAD_PLACE, head, 1)
                return _page_answer(written.encode(), headers, request.headers)
        return HTMLResponse(NOT_BUILT_PAGE, 503, headers={**headers, "Cache-Control": "no-store"})


def _page_answer(page: bytes, headers: dict[str, str], asked: Headers) -> Response:
    """Compressed as it is sent, since no two pages are the same; it holds nothing secret that its length could tell."""
    headers = {**headers, "Vary": "Accept-Encoding"}
    if "gzip" in _accepted(asked):
        page, headers["Content-Encoding"] = gzip.compress(page, PAGE_COMPRESSION), "gzip"
    return HTMLResponse(page, headers=headers)


def _built_files(dist: Path) -> Iterator[tuple[str, BuiltFile]]:
    for path in dist.rglob("*"):
        name = path.relative_to(dist)
        if path.is_file() and path.suffix not in ENCODINGS.values() and not name.parts[0].startswith("."):
            yield f"/{name.as_posix()}", _built_file(path, kept_for_ever="assets" in name.parts)


def _built_file(path: Path, *, kept_for_ever: bool) -> BuiltFile:
    content = path.read_bytes()
    beside = {coding: path.with_name(path.name + suffix) for coding, suffix in ENCODINGS.items()}
    return BuiltFile(
        media_type=MEDIA_TYPES.get(path.suffix)
        or mimetypes.guess_type(path.name)[0]
        or "application/octet-stream",
        digest=hashlib.sha256(content).hexdigest()[:20],
        content=content,
        encoded={coding: other.read_bytes() for coding, other in beside.items() if other.exists()},
        kept_for_ever=kept_for_ever,
    )


def _is_navigation(path: str, headers: Headers) -> bool:
    """Somebody opens a page, as against a script that asks for a file: no tab may get HTML for a chunk."""
    last = path.rsplit("/", 1)[-1]
    return "." not in last and "/assets/" not in path and "text/html" in headers.get("accept", "")


def _file_answer(file: BuiltFile, asked: Headers) -> Response:
    coding = next((each for each in file.encoded if each in _accepted(asked)), None)
    etag = f'"{file.digest}-{coding}"' if coding else f'"{file.digest}"'
    headers = {
        "ETag": etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable"
        if file.kept_for_ever
        else "public, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if etag in {known.strip().removeprefix("W/") for known in asked.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    if coding:
        headers["Content-Encoding"] = coding
    content = file.encoded[coding] if coding else file.content
    return Response(content, media_type=file.media_type, headers=headers)


def _accepted(asked: Headers) -> set[str]:
    """The content codings that the client takes; `br;q=0` is a refusal."""
    offers = [
        offer.replace(" ", "").partition(";q=") for offer in asked.get("accept-encoding", "").split(",")
    ]
    return {name for name, _, quality in offers if quality.strip("0.") or not quality}
