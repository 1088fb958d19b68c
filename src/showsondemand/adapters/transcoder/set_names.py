"""What each file of a finished set is called; nothing but these names stands in a set's folder."""

MASTER_PLAYLIST = "master.m3u8"
MANIFEST = "manifest.mpd"
POSTER_NAME = "poster.jpg"
STORYBOARD = "storyboard.vtt"

# The muxer's own manifest is read for the segments' times and then removed.
MUXER_MANIFEST = "muxer.mpd"

# In the muxer's language: the stream's number, and the segment's.
INIT_TEMPLATE = "init-$RepresentationID$.mp4"
SEGMENT_TEMPLATE = "segment-$RepresentationID$-$Number%05d$.m4s"
SPRITE_TEMPLATE = "sprite-%03d.jpg"

# Written only so that the pictures' output begins with the film, and then removed.
OPENING_SHEET = "sprite-000.jpg"


def init_file(stream: int) -> str:
    """The header of one stream's segments."""
    return f"init-{stream}.mp4"


def segment_file(stream: int, number: int) -> str:
    """One segment; numbers begin at 1."""
    return f"segment-{stream}-{number:05d}.m4s"


def sprite_file(number: int) -> str:
    """One sheet of the storyboard's pictures; numbers begin at 1."""
    return f"sprite-{number:03d}.jpg"


def video_playlist(position: int) -> str:
    """The HLS media playlist of one rendition."""
    return f"video-{position}.m3u8"


def audio_playlist(position: int) -> str:
    """The HLS media playlist of one sound track."""
    return f"audio-{position}.m3u8"


def subtitle_file(position: int) -> str:
    """One text track, whole."""
    return f"subtitles-{position}.vtt"


def subtitle_playlist(position: int) -> str:
    """The HLS media playlist around one text track."""
    return f"subtitles-{position}.m3u8"
