"""The template of deploy/aws as data, with its parameters filled in and each reference followed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cfnlint.decode.cfn_yaml import load

TEMPLATE = Path(__file__).parents[2] / "deploy" / "aws" / "shows.yaml"
REGION, ACCOUNT = "eu-central-1", "123456789012"
_PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::StackName": "shows",
}
_PLACE = re.compile(r"\$\{([^}]+)\}")
_LEFT_OUT = object()
PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5NxTlBXVN0MIl2AkPLdhFWZDhcMZ
Me0q3xTTvrNPXWd65ExupVA2uW0j6ZE9S3r3FUvsRgtGbXVvUhhaSHqLZQ==
-----END PUBLIC KEY-----
"""
PARAMETERS = {
    "AppUrl": "https://shows.example.org",
    "WebhookKey": "0123456789abcdefghijklmnopqrstuvwxyz",
    "CdnDomain": "cdn.example.org",
    "CertificateArn": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/4711",
    "PublicKey": PUBLIC_KEY,
}
# All that can be switched on.
ALL = {
    **PARAMETERS,
    "AlarmEmail": "ops@example.org",
    "AccessLogs": "yes",
    "TellOfUploads": "yes",
    "SolutionStack": "films",
    "AppRunsOn": "ec2",
}
RULES = ("EncodingRule", "UploadRule", "SolutionEncodingRule", "SolutionPublishRule")


def body() -> dict[str, Any]:
    """The template as CloudFormation reads it."""
    loaded: dict[str, Any] = load(str(TEMPLATE))
    return loaded


@dataclass
class Stack:
    """A stack of the template. ``known`` says what references mean: ``Name`` or ``Name.Attribute``."""

    parameters: Mapping[str, str] = field(default_factory=lambda: PARAMETERS)
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._body = body()
        defaults = {
            name: each["Default"] for name, each in self._body["Parameters"].items() if "Default" in each
        }
        self._parameters = {**defaults, **self.parameters}

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """Those that these parameters make, with their properties filled in."""
        made = self._body["Resources"].items()
        return {
            name: {**each, "Properties": self.filled(each.get("Properties", {}))}
            for name, each in made
            if self._holds(each.get("Condition"))
        }

    def properties(self, name: str) -> dict[str, Any]:
        properties: dict[str, Any] = self.resources[name]["Properties"]
        return properties

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        return {
            name: each["Properties"]
            for name, each in self.resources.items()
            if each["Type"] == f"AWS::{kind}"
        }

    @property
    def outputs(self) -> dict[str, str]:
        return {
            name: self.filled(each["Value"])
            for name, each in self._body["Outputs"].items()
            if self._holds(each.get("Condition"))
        }

    def filled(self, value: Any) -> Any:
        """``value`` with every function of CloudFormation carried out."""
        if isinstance(value, list):
            return [made for each in value if (made := self.filled(each)) is not _LEFT_OUT]
        if not isinstance(value, dict):
            return str(value) if isinstance(value, str) else value
        if len(value) == 1:
            (name, argument) = next(iter(value.items()))
            if name == "Ref" or name.startswith("Fn::"):
                return self._carried_out(name, argument)
        filled = {str(name): self.filled(each) for name, each in value.items()}
        return {name: each for name, each in filled.items() if each is not _LEFT_OUT}

    def _carried_out(self, name: str, argument: Any) -> Any:
        match name:
            case "Ref":
                return self._meaning(argument)
            case "Fn::GetAtt":
                return self._meaning(argument if isinstance(argument, str) else ".".join(argument))
            case "Fn::If":
                condition, then, otherwise = argument
                return self.filled(then if self._holds(condition) else otherwise)
            case "Fn::Sub":
                text, own = argument if isinstance(argument, list) else (argument, {})
                named = {place: self.filled(each) for place, each in own.items()}
                return _PLACE.sub(lambda found: str(named.get(found[1]) or self._meaning(found[1])), text)
        raise AssertionError(name)

    def _meaning(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return _LEFT_OUT
        for known in (self.known, self._parameters, _PSEUDO):
            if name in known:
                return known[name]
        resource, _, attribute = name.partition(".")
        kind = self._body["Resources"][resource]["Type"]
        if attribute == "Arn":
            return _arn(resource, kind)
        return f"{resource.lower()}{attribute.lower()}"

    def _holds(self, condition: Any) -> bool:
        if condition is None:
            return True
        if isinstance(condition, str):
            return self._holds(self._body["Conditions"][condition])
        ((name, argument),) = condition.items()
        if name == "Fn::Not":
            return not self._holds(argument[0])
        assert name == "Fn::Equals"
        one, other = argument
        return bool(self.filled(one) == self.filled(other))


def _arn(name: str, kind: str) -> str:
    _, service, resource = kind.lower().split("::")
    if service == "s3":
        return f"arn:aws:s3:::{name.lower()}"
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}/{name}"


def bucket_cors(stack: Stack) -> list[dict[str, Any]]:
    """The bucket's rules in the words of S3's own calls, which differ from those of templates."""
    other_words = {"Id": "ID", "ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds"}
    rules = stack.properties("MediaBucket")["CorsConfiguration"]["CorsRules"]
    return [{other_words.get(name, name): value for name, value in rule.items()} for rule in rules]
