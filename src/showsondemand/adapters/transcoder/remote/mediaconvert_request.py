"""How a plan is said to MediaConvert: one CMAF group with both manifests, and pictures. Nothing is asked here.

MediaConvert bills each output by its minutes: one set of segments for HLS and DASH costs half of two. The ladder is
our own, as for films that are transcoded here: it knows portrait and odd sizes, and quality in a single pass is cheap.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from showsondemand.adapters.transcoder.ladder import Rung
from showsondemand.adapters.transcoder.languages import UNDETERMINED
from showsondemand.adapters.transcoder.plan import SEGMENT_SECONDS, Plan, PlannedAudio, plan_for
from showsondemand.adapters.transcoder.port import SourceProbe, Transfer
from showsondemand.adapters.transcoder.remote.port import EncodingOrder, SetNames, TextTrack
from showsondemand.adapters.transcoder.storyboard import timestamp

# Keys of UserMetadata, which MediaConvert repeats in each event.
GUID, ATTEMPT, WORKFLOW = "guid", "sodAttempt", "workflow"
OUR_WORKFLOW = "showsondemand"

_STREAM, _FRAMES = "stream", "frame"
_SMALL, _LARGE = "_small", "_poster"
SET_NAMES = SetNames(f"{_STREAM}.m3u8", f"{_STREAM}.mpd", f"{_FRAMES}{_LARGE}")

_KEY_FRAME_SECONDS = 2
_POSTERS = 10
_JPEG_QUALITY = 80
_SURROUND = 6
# Of MediaConvert's ten levels of quality: what small screens show needs less.
_GOOD, _GOOD_ENOUGH, _GOOD_FROM_LINES = 8, 7, 540
_Json = dict[str, Any]


@dataclass(frozen=True)
class Payer:
    """In whose name MediaConvert reads, writes and bills."""

    role: str
    queue: str | None = None


def job_request(order: EncodingOrder, storage: str, payer: Payer) -> _Json:
    """The words of CreateJob. ``storage`` is where keys lie: ``s3://bucket/prefix/``.

    The token makes one job of two requests within a minute: MediaConvert forgets it then.
    """
    probe = order.probe
    assert probe is not None
    plan = plan_for(probe)
    request: _Json = {
        "Role": payer.role,
        "ClientRequestToken": f"{order.job_id}-{order.attempt}",
        "StatusUpdateInterval": "SECONDS_10",
        "UserMetadata": {GUID: str(order.job_id), ATTEMPT: str(order.attempt), WORKFLOW: OUR_WORKFLOW},
        "Settings": {
            "TimecodeConfig": {"Source": "ZEROBASED"},
            "Inputs": [_input(order, storage, probe, plan)],
            "OutputGroups": [
                _cmaf_group(order, f"{storage}{order.media_key}/{_STREAM}", plan),
                _pictures_group(f"{storage}{order.media_key}/{_FRAMES}", plan),
            ],
        },
    }
    return request | ({"Queue": payer.queue} if payer.queue else {})


def storyboard_vtt(plan: Plan) -> str:
    """A cue for each small picture; their counter begins with 0."""
    step = plan.storyboard.interval_seconds
    cues = ["WEBVTT"]
    for number in range(plan.storyboard.pictures):
        begin, end = number * step, min((number + 1) * step, plan.duration_seconds)
        cues.append(f"{timestamp(begin)} --> {timestamp(end)}\n{_FRAMES}{_SMALL}.{number:07d}.jpg")
    return "\n\n".join(cues) + "\n"


def _input(order: EncodingOrder, storage: str, probe: SourceProbe, plan: Plan) -> _Json:
    tracks = [stream.index for stream in sorted(probe.audio, key=lambda stream: stream.index)]
    words: _Json = {
        "FileInput": f"{storage}{order.source_key}",
        "TimecodeSource": "ZEROBASED",
        "VideoSelector": {"Rotate": "AUTO"},
    }
    if plan.audio:
        words["AudioSelectors"] = {
            _selector(index): {
                "SelectorType": "TRACK",
                "Tracks": [tracks.index(index) + 1],
                "DefaultSelection": "DEFAULT" if index == plan.audio[0].index else "NOT_DEFAULT",
            }
            for index in dict.fromkeys(track.index for track in plan.audio)
        }
    if order.texts:
        words["CaptionSelectors"] = {
            _text_selector(position): {
                "SourceSettings": {
                    "SourceType": "WEBVTT",
                    "FileSourceSettings": {"SourceFile": f"{storage}{text.key}"},
                }
            }
            for position, text in enumerate(order.texts)
        }
    return words


def _cmaf_group(order: EncodingOrder, destination: str, plan: Plan) -> _Json:
    return {
        "Name": "CMAF",
        "OutputGroupSettings": {
            "Type": "CMAF_GROUP_SETTINGS",
            "CmafGroupSettings": {
                "Destination": destination,
                "SegmentLength": SEGMENT_SECONDS,
                "FragmentLength": _KEY_FRAME_SECONDS,
                "SegmentControl": "SEGMENTED_FILES",
                "WriteHlsManifest": "ENABLED",
                "WriteDashManifest": "ENABLED",
                "ManifestDurationFormat": "FLOATING_POINT",
            },
        },
        "Outputs": [
            *(_video(number, rung, plan) for number, rung in enumerate(plan.rungs)),
            *(_audio(number, track) for number, track in enumerate(plan.audio)),
            *(_text(position, text) for position, text in enumerate(order.texts)),
        ],
    }


def _video(number: int, rung: Rung, plan: Plan) -> _Json:
    groups = ",".join(dict.fromkeys(_audio_group(track) for track in plan.audio))
    short_side = min(rung.width, rung.height)
    return {
        "NameModifier": f"_video{number}",
        "ContainerSettings": {"Container": "CMFC"}
        | ({"CmfcSettings": {"AudioRenditionSets": groups}} if groups else {}),
        "VideoDescription": {
            "Width": rung.width,
            "Height": rung.height,
            **_preprocessors(plan),
            "CodecSettings": {
                "Codec": "H_264",
                "H264Settings": {
                    "RateControlMode": "QVBR",
                    "MaxBitrate": rung.most_kilobits * 1000,
                    "QvbrSettings": {
                        "QvbrQualityLevel": _GOOD if short_side >= _GOOD_FROM_LINES else _GOOD_ENOUGH
                    },
                    "QualityTuningLevel": "SINGLE_PASS_HQ",
                    "CodecProfile": "HIGH",
                    "GopSize": _KEY_FRAME_SECONDS,
                    "GopSizeUnits": "SECONDS",
                    "GopClosedCadence": 1,
                    "SceneChangeDetect": "ENABLED",
                    "InterlaceMode": "PROGRESSIVE",
                    **_frame_rate(plan.frame_rate),
                },
            },
        },
    }


def _preprocessors(plan: Plan) -> _Json:
    """What every screen can show: whole frames, and no more light than the common one."""
    steps: _Json = {}
    if plan.video.interlaced:
        steps["Deinterlacer"] = {"Algorithm": "INTERPOLATE", "Mode": "DEINTERLACE", "Control": "NORMAL"}
    if plan.video.transfer is not Transfer.SDR:
        steps["ColorCorrector"] = {"ColorSpaceConversion": "FORCE_709"}
    return {"VideoPreprocessors": steps} if steps else {}


def _frame_rate(rate: Fraction) -> _Json:
    return {
        "FramerateControl": "SPECIFIED",
        "FramerateNumerator": rate.numerator,
        "FramerateDenominator": rate.denominator,
    }


def _audio(number: int, track: PlannedAudio) -> _Json:
    kind = "ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT" if track.default else "ALTERNATE_AUDIO_AUTO_SELECT"
    surround = track.channels >= _SURROUND
    return {
        "NameModifier": f"_audio{number}",
        "ContainerSettings": {
            "Container": "CMFC",
            "CmfcSettings": {"AudioGroupId": _audio_group(track), "AudioTrackType": kind},
        },
        "AudioDescriptions": [
            {
                "AudioSourceName": _selector(track.index),
                "StreamName": track.label,
                **_language(track.language),
                "CodecSettings": {
                    "Codec": "AAC",
                    "AacSettings": {
                        "Bitrate": track.kilobits * 1000,
                        "CodingMode": "CODING_MODE_5_1" if surround else "CODING_MODE_2_0",
                        "SampleRate": 48_000,
                    },
                },
            }
        ],
    }


def _text(position: int, text: TextTrack) -> _Json:
    language = {} if text.language == UNDETERMINED else {"CustomLanguageCode": text.language}
    return {
        "NameModifier": f"_text{position}",
        "ContainerSettings": {"Container": "CMFC"},
        "CaptionDescriptions": [
            {
                "CaptionSelectorName": _text_selector(position),
                "LanguageDescription": text.label,
                **language,
                "DestinationSettings": {"DestinationType": "WEBVTT"},
            }
        ],
    }


def _language(tag: str) -> _Json:
    if tag == UNDETERMINED:
        return {"LanguageCodeControl": "FOLLOW_INPUT"}
    return {"LanguageCodeControl": "USE_CONFIGURED", "CustomLanguageCode": tag}


def _pictures_group(destination: str, plan: Plan) -> _Json:
    """Small pictures for the storyboard, and ten large ones to choose the poster of: events name the last alone."""
    board = plan.storyboard
    apart = max(1, int(plan.duration_seconds / _POSTERS))
    return {
        "Name": "Pictures",
        "OutputGroupSettings": {
            "Type": "FILE_GROUP_SETTINGS",
            "FileGroupSettings": {"Destination": destination},
        },
        "Outputs": [
            _frames(_SMALL, board.tile_width, board.tile_height, board.interval_seconds),
            _frames(_LARGE, plan.poster_width, plan.poster_height, apart, most=_POSTERS),
        ],
    }


def _frames(modifier: str, width: int, height: int, seconds: int, most: int = 10_000_000) -> _Json:
    return {
        "NameModifier": modifier,
        "ContainerSettings": {"Container": "RAW"},
        "VideoDescription": {
            "Width": width,
            "Height": height,
            "CodecSettings": {
                "Codec": "FRAME_CAPTURE",
                "FrameCaptureSettings": {
                    "FramerateNumerator": 1,
                    "FramerateDenominator": seconds,
                    "MaxCaptures": most,
                    "Quality": _JPEG_QUALITY,
                },
            },
        },
    }


def _selector(index: int) -> str:
    return f"Audio Selector {index}"


def _text_selector(position: int) -> str:
    return f"Captions Selector {position + 1}"


def _audio_group(track: PlannedAudio) -> str:
    return "surround" if track.channels >= _SURROUND else "stereo"
