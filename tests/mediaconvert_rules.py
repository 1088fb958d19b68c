"""What MediaConvert refuses: all that its model forbids, and what it says of combinations when a job is created."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
_KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "long": int,
    "double": (int, float),
    "boolean": bool,
    "timestamp": (int, float),
}


class Refused(Exception):
    """A request that is answered with BadRequestException."""


def checked_request(shape: Any, body: Json) -> Json:
    """A request off the wire, by the names of the model. Raises ``Refused``."""
    request: Json = _from_wire(shape, body, "")
    for fault in _combinations(request["Settings"]):
        raise Refused(fault)
    return request


def to_wire(shape: Any, value: Any) -> Any:
    """A value as it goes over the wire."""
    if shape.type_name == "structure":
        return {
            member.serialization.get("name", name): to_wire(member, value[name])
            for name, member in shape.members.items()
            if name in value
        }
    if shape.type_name == "list":
        return [to_wire(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: to_wire(shape.value, each) for key, each in value.items()}
    return value


def _from_wire(shape: Any, value: Any, place: str) -> Any:
    if shape.type_name == "structure":
        return _structure(shape, value, place)
    if shape.type_name == "list":
        if not isinstance(value, list):
            raise Refused(f"{place} must be a list")
        return [_from_wire(shape.member, each, f"{place}[{number}]") for number, each in enumerate(value)]
    if shape.type_name == "map":
        return {key: _from_wire(shape.value, each, f"{place}.{key}") for key, each in value.items()}
    if not isinstance(value, _KINDS[shape.type_name]):
        raise Refused(f"{place} must be of the kind {shape.type_name}")
    if getattr(shape, "enum", None) and value not in shape.enum:
        raise Refused(f"{place} must be one of {shape.enum}")
    size = len(value) if isinstance(value, str) else value
    if not shape.metadata.get("min", size) <= size <= shape.metadata.get("max", size):
        raise Refused(f"{place} is out of its bounds")
    return value


def _structure(shape: Any, value: Any, place: str) -> Json:
    if not isinstance(value, dict):
        raise Refused(f"{place} must be an object")
    names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
    if unknown := value.keys() - names.keys():
        raise Refused(f"{place} has no {sorted(unknown)}")
    read = {
        names[key]: _from_wire(shape.members[names[key]], each, f"{place}.{key}")
        for key, each in value.items()
    }
    if missing := [name for name in shape.required_members if name not in read]:
        raise Refused(f"{place} lacks {missing}")
    return read


def _combinations(settings: Json) -> Iterator[str]:
    """Sentences about what does not go together; the service itself knows many more."""
    if not settings.get("Inputs") or not settings.get("OutputGroups"):
        yield "a job needs an input and an output"
        return
    [source] = settings["Inputs"]
    groups = settings["OutputGroups"]
    captured = [
        output for group in groups for output in group["Outputs"] if _codec(output) == "FRAME_CAPTURE"
    ]
    if len(captured) == sum(len(group["Outputs"]) for group in groups):
        yield "a job needs an output that is no frame capture"
    for group in groups:
        modifiers = [output.get("NameModifier") for output in group["Outputs"]]
        if len(set(modifiers)) < len(modifiers):
            yield "name modifiers of a group must differ"
        for output in group["Outputs"]:
            yield from _output(source, group, output)
        if "AutomatedEncodingSettings" in group:
            yield from _automated(group)
        cmaf = group["OutputGroupSettings"].get("CmafGroupSettings")
        if cmaf and (cmaf["SegmentLength"] % cmaf["FragmentLength"]):
            yield "a segment must be a whole number of fragments"
        if cmaf and not cmaf["Destination"].startswith("s3://"):
            yield "the destination must be in S3"


def _output(source: Json, group: Json, output: Json) -> Iterator[str]:
    kinds = [
        kind for kind in ("VideoDescription", "AudioDescriptions", "CaptionDescriptions") if kind in output
    ]
    is_cmaf = group["OutputGroupSettings"]["Type"] == "CMAF_GROUP_SETTINGS"
    if is_cmaf and (len(kinds) != 1 or output["ContainerSettings"]["Container"] != "CMFC"):
        yield "an output of a CMAF group is picture, sound or text, in CMFC"
    for audio in output.get("AudioDescriptions", ()):
        if audio["AudioSourceName"] not in source.get("AudioSelectors", {}):
            yield "an output takes sound from a selector that is not there"
    for caption in output.get("CaptionDescriptions", ()):
        if caption["CaptionSelectorName"] not in source.get("CaptionSelectors", {}):
            yield "an output takes text from a selector that is not there"
    h264 = output.get("VideoDescription", {}).get("CodecSettings", {}).get("H264Settings")
    is_automated = "AutomatedEncodingSettings" in group
    if h264 and h264["RateControlMode"] == "QVBR" and "MaxBitrate" not in h264 and not is_automated:
        yield "QVBR needs a MaxBitrate"
    video = output.get("VideoDescription", {})
    if video.get("Width", 2) % 2 or video.get("Height", 2) % 2:
        yield "sides must be even"


def _automated(group: Json) -> Iterator[str]:
    """From the user guide, limitations of automated ABR."""
    pictures = [output["VideoDescription"] for output in group["Outputs"] if "VideoDescription" in output]
    if len(pictures) != 1:
        yield "an automated ladder has one base output"
    for picture in pictures:
        h264 = picture["CodecSettings"]["H264Settings"]
        if (h264["RateControlMode"], h264["QualityTuningLevel"]) != ("QVBR", "MULTI_PASS_HQ"):
            yield "an automated ladder takes QVBR in several passes"
    abr = group["AutomatedEncodingSettings"]["AbrSettings"]
    if abr["MinAbrBitrate"] > abr["MaxAbrBitrate"]:
        yield "the least bitrate is above the most"


def _codec(output: Json) -> str | None:
    codec: str | None = output.get("VideoDescription", {}).get("CodecSettings", {}).get("Codec")
    return codec
