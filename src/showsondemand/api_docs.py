"""The API's documentation: Swagger UI with its assets out of a package, so that no page asks another host."""

from pathlib import Path

import fastapi_offline
from fastapi import APIRouter
from starlette.responses import FileResponse, HTMLResponse, Response

router = APIRouter(include_in_schema=False)
_ASSETS = Path(fastapi_offline.__file__).parent / "static"
_DAY = "public, max-age=86400"
# Swagger UI sets style attributes and has its icons in data URLs.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shows on Demand: the API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
});
"""


@router.get("/docs")
@router.get("/api-docs")
async def read_documentation() -> Response:
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})


@router.get("/docs/assets/start.js")
async def read_start_script() -> Response:
    return Response(_START, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/docs/assets/swagger-ui-bundle.js")
async def read_bundle() -> Response:
    return FileResponse(_ASSETS / "swagger-ui-bundle.js", headers={"Cache-Control": _DAY})


@router.get("/docs/assets/swagger-ui.css")
async def read_stylesheet() -> Response:
    return FileResponse(_ASSETS / "swagger-ui.css", headers={"Cache-Control": _DAY})


@router.get("/docs/assets/favicon.png")
async def read_icon() -> Response:
    return FileResponse(_ASSETS / "favicon.png", headers={"Cache-Control": _DAY})
