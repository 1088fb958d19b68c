"""Events that say a video is done: of our own shape, and as AWS sends them."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from vod_ingest.conftest import MEDIA_HOST, Json

AWS = Path(__file__).parents[1] / "fixtures" / "aws"


def completed(**detail: Any) -> Json:
    """An event of our own shape about a video of its own."""
    base = f"https://{MEDIA_HOST}/{uuid4()}"
    return {
        "id": str(uuid4()),
        "source": "showsondemand",
        "detail-type": "Video Completed",
        "detail": {"guid": str(uuid4()), "hlsUrl": f"{base}/a.m3u8", "dashUrl": f"{base}/a.mpd", **detail},
    }


def aws(name: str) -> Json:
    event: Json = json.loads((AWS / f"{name}.json").read_text(encoding="utf-8"))
    return event
