"""What a media file is called over HTTP; systems without /etc/mime.types do not know these."""

import mimetypes
from pathlib import PurePath

_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mpd": "application/dash+xml",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
}
_UNKNOWN = "application/octet-stream"


def content_type(name: str) -> str:
    """The media type of a file called ``name``."""
    return _TYPES.get(PurePath(name).suffix) or mimetypes.guess_type(name)[0] or _UNKNOWN
