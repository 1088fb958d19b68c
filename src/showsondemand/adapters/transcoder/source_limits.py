"""What a film may be made of and how big it may be: the demuxers, decoders and bounds for strangers' files.

One list for the probe and for ffmpeg, so that nothing passes the one and surprises the other. A playlist
(HLS, DASH, ffconcat) must never be opened: it would read other people's files or send requests in our name.
"""

MOST_SECONDS = 6 * 60 * 60
LEAST_SECONDS = 0.2
MOST_SIDE_PIXELS = 8_192
LEAST_SIDE_PIXELS = 16
MOST_PIXELS = 40_000_000
MOST_FRAMES_PER_SECOND = 120
MOST_STREAMS = 32

# What is recorded from a broadcast may change in the midst, and count anew; Dolby's sound of a broadcast changes
# its channels in whatever it was put afterwards.
BROADCAST_FORMATS = frozenset({"mpegts", "mpeg"})
BROADCAST_SOUND = frozenset({"ac3", "eac3"})

FORMATS = ("mov", "matroska", "avi", "mpegts", "mpeg", "flv", "ogg", "asf")

VIDEO_CODECS = (
    "h264",
    "hevc",
    "vp8",
    "vp9",
    "av1",
    "libdav1d",
    "libvpx",
    "libvpx-vp9",
    "mpeg4",
    "mpeg1video",
    "mpeg2video",
    "theora",
)
AUDIO_CODECS = (
    "aac",
    "mp3",
    "mp3float",
    "mp2",
    "mp2float",
    "opus",
    "libopus",
    "vorbis",
    "ac3",
    "eac3",
    "flac",
    "pcm_s16le",
    "pcm_s16be",
    "pcm_s24le",
)
# The last reads QuickTime's tracks of closed captions (CEA-608).
SUBTITLE_CODECS = ("subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "cc_dec")
CODECS = (*VIDEO_CODECS, *AUDIO_CODECS, *SUBTITLE_CODECS)


def input_whitelists() -> dict[str, str]:
    """The options, for libavformat and the ffmpeg command alike, that keep an input to these lists."""
    return {
        "protocol_whitelist": "file",
        "format_whitelist": ",".join(FORMATS),
        "codec_whitelist": ",".join(CODECS),
        "max_pixels": str(MOST_PIXELS),
    }


def decoder_bounds() -> dict[str, str]:
    """The options that keep one decoder to these lists, for a decoder that is opened apart from its file."""
    return {"codec_whitelist": ",".join(CODECS), "max_pixels": str(MOST_PIXELS)}
