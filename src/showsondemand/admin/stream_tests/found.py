"""What can be found in a stream that is a fault of it: a sentence each, with what differs in braces."""

from enum import StrEnum


class Found(StrEnum):
    """What was found, for programs that have words of their own; `detail` is the same in English."""

    NOT_FETCHED = "not_fetched"
    STATUS = "status"
    SLOW = "slow"
    LIMIT_REACHED = "limit_reached"
    SERVED_AS = "served_as"
    SERVED_AS_NOTHING = "served_as_nothing"
    NO_CORS_HEADER = "no_cors_header"
    NEITHER_HLS_NOR_DASH = "neither_hls_nor_dash"
    LENGTHS = "lengths"
    SHIFT = "shift"
    SEGMENT_COUNTS = "segment_counts"
    CUTS = "cuts"
    NO_EXTM3U = "no_extm3u"
    LINES = "lines"
    ONLY_SOME_TRACKS = "only_some_tracks"
    VARIANT_WITHOUT_ADDRESS = "variant_without_address"
    NO_BANDWIDTH = "no_bandwidth"
    NOTHING_IN_PLAYLIST = "nothing_in_playlist"
    NO_TARGET_TAG = "no_target_tag"
    OVER_TARGET = "over_target"
    OPEN_PLAYLIST = "open_playlist"
    GAP_TAG = "gap_tag"
    NO_EXTINF = "no_extinf"
    LIVE_MANIFEST = "live_manifest"
    NO_PERIOD = "no_period"
    ONLY_FIRST_PERIOD = "only_first_period"
    NO_REPRESENTATION = "no_representation"
    DOCUMENT_TYPE = "document_type"
    NOT_WELL_FORMED = "not_well_formed"
    ROOT_NOT_MPD = "root_not_mpd"
    NO_SEGMENT_TEMPLATE = "no_segment_template"
    NOTHING_IN_MANIFEST = "nothing_in_manifest"
    TIMELINE_GAP = "timeline_gap"
    NO_HEADER_SEGMENT = "no_header_segment"
    CODECS_FOUND = "codecs_found"
    OTHER_CODEC = "other_codec"
    FRAGMENTS_WITHOUT_HEADER = "fragments_without_header"
    NEITHER_MP4_NOR_TS = "neither_mp4_nor_ts"
    ONLY_MP4_READ = "only_mp4_read"
    NO_FRAGMENT = "no_fragment"
    SEGMENT_LENGTH = "segment_length"
    PEAK = "peak"
    DRIFT = "drift"
    NO_CAPTION_FORMAT = "no_caption_format"


SENTENCES: dict[Found, str] = {
    Found.NOT_FETCHED: "{said}",
    Found.STATUS: "The server answered {status}.",
    Found.SLOW: "{seconds:.1f} s of media took {took:.1f} s to come.",
    Found.LIMIT_REACHED: "The test stopped at its limit of requests, bytes or time.",
    Found.SERVED_AS: "It is served as {type}.",
    Found.SERVED_AS_NOTHING: "It is served as nothing.",
    Found.NO_CORS_HEADER: "A page of another site may not read it.",
    Found.NEITHER_HLS_NOR_DASH: "It is neither an HLS playlist nor a DASH manifest.",
    Found.LENGTHS: "It lasts {seconds:.1f} s, {other} lasts {otherSeconds:.1f} s.",
    Found.SHIFT: "Its media are {seconds:+.2f} s away from those of {other}.",
    Found.SEGMENT_COUNTS: "It has {segments} segments, {other} has {otherSegments}.",
    Found.CUTS: "Segment {segment} begins at {seconds:.2f} s, that of {other} at {otherSeconds:.2f} s.",
    Found.NO_EXTM3U: "It does not begin with #EXTM3U.",
    Found.LINES: "It has {lines:,} lines; players choke on it.",
    Found.ONLY_SOME_TRACKS: "Only {tracks} of its tracks.",
    Found.VARIANT_WITHOUT_ADDRESS: "A variant has no address after it.",
    Found.NO_BANDWIDTH: "It has no BANDWIDTH.",
    Found.NOTHING_IN_PLAYLIST: "The playlist lists nothing to play.",
    Found.NO_TARGET_TAG: "The tag is not there.",
    Found.OVER_TARGET: "A segment of {longest:.3f} s stands under a target of {target:.0f} s.",
    Found.OPEN_PLAYLIST: "The playlist is open, as that of a live stream is.",
    Found.GAP_TAG: "It says itself that media are missing at {seconds:.1f} s.",
    Found.NO_EXTINF: "A segment has no EXTINF before it.",
    Found.LIVE_MANIFEST: "It is that of a live stream.",
    Found.NO_PERIOD: "It has no Period.",
    Found.ONLY_FIRST_PERIOD: "Only the first of its periods.",
    Found.NO_REPRESENTATION: "It has no Representation.",
    Found.DOCUMENT_TYPE: "It declares a document type, as entity attacks do.",
    Found.NOT_WELL_FORMED: "It is not well-formed XML.",
    Found.ROOT_NOT_MPD: "Its root is not MPD.",
    Found.NO_SEGMENT_TEMPLATE: "Its segments are not listed by a SegmentTemplate.",
    Found.NOTHING_IN_MANIFEST: "The manifest lists nothing to play.",
    Found.TIMELINE_GAP: "The timeline leaves {seconds:.2f} s out.",
    Found.NO_HEADER_SEGMENT: "It is no initialization segment.",
    Found.CODECS_FOUND: "The media are {codecs}.",
    Found.OTHER_CODEC: "Declared is {declared}, the media are {codec}.",
    Found.FRAGMENTS_WITHOUT_HEADER: "Its segments are MP4 fragments without a header.",
    Found.NEITHER_MP4_NOR_TS: "It is neither MP4 nor a transport stream.",
    Found.ONLY_MP4_READ: "Codecs and times are read out of MP4 only.",
    Found.NO_FRAGMENT: "It is no MP4 fragment of this track.",
    Found.SEGMENT_LENGTH: "It lasts {seconds:.2f} s and is said to last {saidSeconds:.2f} s.",
    Found.PEAK: "A segment needs {kilobits:.0f} kbit/s, declared are {declaredKilobits:.0f}.",
    Found.DRIFT: "Between its first and last segment the media run {seconds:.2f} s away from the playlist.",
    Found.NO_CAPTION_FORMAT: "It is neither WebVTT nor TTML.",
}
