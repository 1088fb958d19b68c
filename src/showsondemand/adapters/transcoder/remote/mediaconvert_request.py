"""How a plan is said to MediaConvert: one CMAF group with both manifests, and pictures. Nothing is asked here.

MediaConvert bills each output by its minutes: one set of segments for HLS and DASH costs half of two. The ladder is
our own, as for films that are transcoded here: it knows portrait and odd sizes, and quality in a single pass is cheap.
Or, by a setting, MediaConvert looks at the film and chooses: it wants several passes for that, and an on-demand queue.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from showsondemand.adapters.transcoder.ladder import Rung
from showsondemand.adapters.transcoder.languages import UNDETERMINED
from showsondemand.adapters.transcoder.plan import SEGMENT_SECONDS, Plan, PlannedAudio, plan_for
from showsondemand.adapters.transcoder.port import SourceProbe, Transfer
from showsondemand.adapters.transcoder.remote.mediaconvert_pictures import POSTERS, pictures_group
from showsondemand.adapters.transcoder.remote.mediaconvert_texts import text_outputs, text_selectors
from showsondemand.adapters.transcoder.remote.port import EncodingOrder, SetNames
from showsondemand.transcoder_settings import LadderKind

# Keys of UserMetadata, which MediaConvert repeats in each event.
GUID, ATTEMPT, WORKFLOW = "guid", "sodAttempt", "workflow"
OUR_WORKFLOW = "showsondemand"

_STREAM = "stream"
SET_NAMES = SetNames(f"{_STREAM}.m3u8", f"{_STREAM}.mpd", POSTERS)

_KEY_FRAME_SECONDS = 2
_SURROUND = 6
# Of MediaConvert's ten levels of quality: what small screens show needs less.
_GOOD, _GOOD_ENOUGH, _GOOD_FROM_LINES = 8, 7, 540
# What MediaConvert takes at least for an automated ladder.
_LEAST_ABR_BITRATE, _FEWEST_ABR_RENDITIONS = 100_000, 3
_Json = dict[str, Any]


@dataclass(frozen=True)
class Payer:
    """In whose name MediaConvert reads, writes and bills."""

    role: str
    queue: str | None = None


def job_request(
    order: EncodingOrder, storage: str, payer: Payer, ladder: LadderKind = LadderKind.OURS
) -> _Json:
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
                _cmaf_group(order, f"{storage}{order.media_key}/{_STREAM}", probe, plan, ladder),
                pictures_group(f"{storage}{order.media_key}", plan),
            ],
        },
    }
    return request | ({"Queue": payer.queue} if payer.queue else {})


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
    selectors = text_selectors(order.texts, storage, probe)
    return words | ({"CaptionSelectors": selectors} if selectors else {})


def _cmaf_group(
    order: EncodingOrder, destination: str, probe: SourceProbe, plan: Plan, ladder: LadderKind
) -> _Json:
    pictures = [_video(number, rung, plan) for number, rung in enumerate(plan.rungs)]
    if ladder is LadderKind.AUTOMATED:
        pictures = [_any_video(plan)]
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
        **({"AutomatedEncodingSettings": _chosen_there(plan)} if ladder is LadderKind.AUTOMATED else {}),
        "Outputs": [
            *pictures,
            *(_audio(number, track) for number, track in enumerate(plan.audio)),
            *text_outputs(order.texts, probe),
        ],
    }


def _video(number: int, rung: Rung, plan: Plan) -> _Json:
    short_side = min(rung.width, rung.height)
    quality = _GOOD if short_side >= _GOOD_FROM_LINES else _GOOD_ENOUGH
    described = _described(
        plan,
        {
            "MaxBitrate": rung.most_kilobits * 1000,
            "QvbrSettings": {"QvbrQualityLevel": quality},
            "QualityTuningLevel": "SINGLE_PASS_HQ",
        },
    )
    return _picture(f"_video{number}", plan, {"Width": rung.width, "Height": rung.height, **described})


def _any_video(plan: Plan) -> _Json:
    """What all renditions of an automated ladder have in common."""
    return _picture("_video", plan, _described(plan, {"QualityTuningLevel": "MULTI_PASS_HQ"}))


def _chosen_there(plan: Plan) -> _Json:
    """The bounds of an automated ladder: those of ours. It never makes a picture larger than the film's."""
    bitrates = [rung.most_kilobits * 1000 for rung in plan.rungs]
    return {
        "AbrSettings": {
            "MaxAbrBitrate": max(bitrates),
            "MinAbrBitrate": max(min(bitrates), _LEAST_ABR_BITRATE),
            "MaxRenditions": max(len(bitrates), _FEWEST_ABR_RENDITIONS),
        }
    }


def _picture(modifier: str, plan: Plan, described: _Json) -> _Json:
    groups = ",".join(dict.fromkeys(_audio_group(track) for track in plan.audio))
    return {
        "NameModifier": modifier,
        "ContainerSettings": {"Container": "CMFC"}
        | ({"CmfcSettings": {"AudioRenditionSets": groups}} if groups else {}),
        "VideoDescription": described,
    }


def _described(plan: Plan, quality: _Json) -> _Json:
    return {
        **_preprocessors(plan),
        "CodecSettings": {
            "Codec": "H_264",
            "H264Settings": {
                "RateControlMode": "QVBR",
                **quality,
                "CodecProfile": "HIGH",
                "GopSize": _KEY_FRAME_SECONDS,
                "GopSizeUnits": "SECONDS",
                "GopClosedCadence": 1,
                "SceneChangeDetect": "ENABLED",
                "InterlaceMode": "PROGRESSIVE",
                **_frame_rate(plan.frame_rate),
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


def _language(tag: str) -> _Json:
    if tag == UNDETERMINED:
        return {"LanguageCodeControl": "FOLLOW_INPUT"}
    return {"LanguageCodeControl": "USE_CONFIGURED", "CustomLanguageCode": tag}


def _selector(index: int) -> str:
    return f"Audio Selector {index}"


def _audio_group(track: PlannedAudio) -> str:
    return "surround" if track.channels >= _SURROUND else "stereo"
