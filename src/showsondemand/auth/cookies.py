"""The refresh cookie, and which pages may make a browser send it."""

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from showsondemand.auth.errors import ForeignOrigin
from showsondemand.config import Settings

_SECURE_NAME = "__Host-sod_rt"
_PLAIN_NAME = "sod_rt"  # on plain http a browser takes no __Host- cookie


def _is_secure(settings: Settings) -> bool:
    return settings.public_base_url.scheme == "https"


def cookie_name(settings: Settings) -> str:
    return _SECURE_NAME if _is_secure(settings) else _PLAIN_NAME


def set_refresh_cookie(response: Response, settings: Settings, token: str, idle: timedelta) -> None:
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(idle.total_seconds()),
        path="/",
        secure=_is_secure(settings),
        httponly=True,
        samesite="strict",
    )


def drop_refresh_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        cookie_name(settings), path="/", secure=_is_secure(settings), httponly=True, samesite="strict"
    )


def refuse_foreign_origin(request: Request) -> None:
    """Raises ``ForeignOrigin`` for a request that another site's page made.

    Browsers say so in ``Sec-Fetch-Site``, older ones in ``Origin``; programs send neither and hold no cookie
    that is not theirs.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise ForeignOrigin
    if site is None and origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignOrigin
