"""The template of deploy/aws: what it makes is private, has no more rights than it needs, and fits the settings."""

import json
import re
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from moto import mock_aws

from aws.template import ACCOUNT, ALL, PARAMETERS, PUBLIC_KEY, REGION, RULES, Stack, body, bucket_cors
from house_rules.test_settings import names_of
from showsondemand.adapters.storage.s3_cors import cors_fault
from showsondemand.config import Settings
from showsondemand.vod_ingest.upload_models import LIFETIME

Json = dict[str, Any]
# What moto's CloudFormation does not make.
UNKNOWN_TO_MOTO = (
    "AWS::CloudFront::",
    "AWS::MediaConvert::",
    "AWS::Events::Connection",
    "AWS::Events::ApiDestination",
    "AWS::S3::BucketPolicy",
)
POLICIES = ("S3::BucketPolicy", "SQS::QueuePolicy", "IAM::ManagedPolicy")


def as_moto_knows_it(stack: Stack) -> str:
    """The template without what moto's CloudFormation does not make; references to that are followed already."""
    whole = body()
    unknown = {name for name, each in whole["Resources"].items() if each["Type"].startswith(UNKNOWN_TO_MOTO)}

    def followed(value: Any) -> Any:
        if isinstance(value, list):
            return [followed(each) for each in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1 and next(iter(value)) in ("Ref", "Fn::GetAtt", "Fn::Sub"):
            words = set(re.findall(r"\w+", json.dumps(value)))
            return stack.filled(value) if words & unknown else value
        return {name: followed(each) for name, each in value.items() if each or name != "Rules"}

    known = {name: each for name, each in whole["Resources"].items() if name not in unknown}
    return json.dumps(
        {**whole, "Rules": {}, "Resources": followed(known), "Outputs": followed(whole["Outputs"])}
    )


@pytest.fixture(scope="module")
def made() -> Iterator[dict[str, str]]:
    """The stack with all that can be switched on, in moto; the ids of its resources by their names."""
    with pytest.MonkeyPatch.context() as environment, mock_aws(), warnings.catch_warnings():
        environment.setenv("AWS_ACCESS_KEY_ID", "tests")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "tests")
        warnings.simplefilter("ignore")
        cloudformation = boto3.client("cloudformation", region_name=REGION)
        cloudformation.create_stack(
            StackName="shows",
            TemplateBody=as_moto_knows_it(Stack(ALL)),
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in ALL.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        (stack,) = cloudformation.describe_stacks(StackName="shows")["Stacks"]
        assert stack["StackStatus"] == "CREATE_COMPLETE"
        resources = cloudformation.describe_stack_resources(StackName="shows")["StackResources"]
        yield {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in resources
            if "LogicalResourceId" in each
        }


def test_the_bucket_is_private_encrypted_and_forgets_what_nobody_finished() -> None:
    bucket = Stack().properties("MediaBucket")

    aborted = bucket["LifecycleConfiguration"]["Rules"][0]["AbortIncompleteMultipartUpload"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"] == [
        {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    ]
    assert timedelta(days=aborted["DaysAfterInitiation"]) > LIFETIME


def test_the_bucket_takes_parts_from_the_pages_of_the_service_and_from_no_other() -> None:
    rules = bucket_cors(Stack())

    assert cors_fault(rules, PARAMETERS["AppUrl"]) is None
    assert cors_fault(rules, "https://elsewhere.example.org") is not None


def test_events_are_told_again_for_a_day_and_then_put_aside(made: dict[str, str]) -> None:
    events, sqs = boto3.client("events", region_name=REGION), boto3.client("sqs", region_name=REGION)

    (queue,) = sqs.list_queues()["QueueUrls"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    targets = [target for rule in RULES for target in events.list_targets_by_rule(Rule=made[rule])["Targets"]]

    assert [target["DeadLetterConfig"]["Arn"] for target in targets] == [attributes["QueueArn"]] * len(RULES)
    retries = {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400}
    assert all(target["RetryPolicy"] == retries for target in targets)
    assert int(attributes["MessageRetentionPeriod"]) == 14 * 24 * 3600


def test_the_service_may_do_what_it_does_and_no_more(made: dict[str, str]) -> None:
    iam = boto3.client("iam", region_name=REGION)
    policy = iam.get_policy(PolicyArn=made["AppPolicy"])["Policy"]
    version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])

    statements = version["PolicyVersion"]["Document"]["Statement"]

    assert {action for each in statements for action in actions_of(each)} == {
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "s3:ListMultipartUploadParts",
        "s3:AbortMultipartUpload",
        "s3:GetBucketCORS",
        "mediaconvert:CreateJob",
        "mediaconvert:GetJob",
        "mediaconvert:ListJobs",
        "mediaconvert:CancelJob",
        "iam:PassRole",
    }


def test_every_alarm_tells_somebody_where_somebody_is_named() -> None:
    alarms = Stack(ALL).of_type("CloudWatch::Alarm").values()
    silent = Stack().of_type("CloudWatch::Alarm").values()

    assert {alarm["MetricName"] for alarm in alarms} == {
        "ApproximateNumberOfMessagesVisible",
        "FailedInvocations",
        "InvocationsFailedToBeSentToDlq",
        "JobsErroredCount",
    }
    assert all(alarm["AlarmActions"] == ["alarmtopic"] for alarm in alarms)
    assert all(alarm["AlarmActions"] == [] for alarm in silent)


def test_what_moto_makes_by_calls_alone_takes_the_words_of_the_template(made: dict[str, str]) -> None:
    stack = Stack(ALL)
    events, cloudfront = boto3.client("events", region_name=REGION), boto3.client("cloudfront")

    connection = events.create_connection(Name="hook", **stack.properties("HookConnection"))
    destination = stack.properties("HookDestination") | {"ConnectionArn": connection["ConnectionArn"]}
    events.create_api_destination(Name="hook", **destination)
    key = cloudfront.create_public_key(**stack.properties("SigningKey"))["PublicKey"]["Id"]
    known = Stack(ALL, {"SigningKey": key})
    group = cloudfront.create_key_group(**known.properties("SigningKeys"))
    access = cloudfront.create_origin_access_control(**stack.properties("OriginAccess"))

    assert destination["InvocationEndpoint"] == "https://shows.example.org/internal/vod/events"
    assert group["KeyGroup"]["KeyGroupConfig"]["Items"] == [key]
    assert access["OriginAccessControl"]["OriginAccessControlConfig"]["SigningBehavior"] == "always"


def test_no_right_is_on_everything() -> None:
    stack = Stack(ALL)
    documents = [
        *(each["PolicyDocument"] for kind in POLICIES for each in stack.of_type(kind).values()),
        *(
            policy["PolicyDocument"]
            for role in stack.of_type("IAM::Role").values()
            for policy in role.get("Policies", ())
        ),
    ]

    allowed = [each for each in statements_of(documents) if each["Effect"] == "Allow"]

    assert len(allowed) > 5
    for statement in allowed:
        assert not any("*" in action for action in actions_of(statement))
        assert "*" not in listed(statement["Resource"])
        if "Principal" in statement:
            assert statement["Principal"].keys() == {"Service"}
            assert statement["Condition"]


def test_only_the_distribution_reads_the_bucket_and_never_a_film() -> None:
    stack = Stack(ALL | {"StoragePrefix": "shows/"})

    read, _ = sorted(
        stack.properties("MediaBucketPolicy")["PolicyDocument"]["Statement"], key=lambda each: each["Effect"]
    )

    assert read["Resource"] == "arn:aws:s3:::mediabucket/shows/videos/*"
    assert read["Condition"]["StringEquals"]["AWS:SourceArn"].endswith("distribution/distribution")


def test_nothing_on_the_distribution_is_open() -> None:
    stack = Stack()
    distribution = stack.properties("Distribution")["DistributionConfig"]

    behaviour = distribution["DefaultCacheBehavior"]

    assert "CacheBehaviors" not in distribution
    assert behaviour["TrustedKeyGroups"] == ["signingkeys"]
    assert behaviour["ViewerProtocolPolicy"] == "https-only"
    cors = stack.properties("ResponseHeaders")["ResponseHeadersPolicyConfig"]["CorsConfig"]
    assert cors["AccessControlAllowCredentials"] is True
    assert cors["AccessControlAllowOrigins"]["Items"] == [PARAMETERS["AppUrl"]]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, ["signingkey"]),
        ({"SecondPublicKey": PUBLIC_KEY}, ["signingkey", "secondsigningkey"]),
        ({"PublicKey": "", "SecondPublicKey": PUBLIC_KEY}, ["secondsigningkey"]),
    ],
)
def test_one_key_takes_the_place_of_another_while_both_are_good(given: Json, names: list[str]) -> None:
    stack = Stack(PARAMETERS | given)

    keys = stack.properties("SigningKeys")["KeyGroupConfig"]["Items"]

    assert keys == names
    assert stack.outputs["CloudfrontKeyPairId"] == names[0]


def test_what_comes_out_is_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    known = {"SigningKey": "K2JCJMDEHXQW5F", "EncodingRole.Arn": f"arn:aws:iam::{ACCOUNT}:role/encoding"}
    stack = Stack(PARAMETERS | {"StoragePrefix": "shows/"}, known)
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    given = dict(line.split("=", 1) for line in stack.outputs["DotEnv"].splitlines())
    given |= {"PUBLIC_BASE_URL": PARAMETERS["AppUrl"], "CLOUDFRONT_PRIVATE_KEY": key.decode()}
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    settings = Settings()

    assert given.keys() <= set(names_of(Settings))
    assert (settings.storage.bucket, settings.storage.prefix) == ("mediabucket", "shows/")
    assert settings.media.cdn_url == "https://cdn.example.org"
    assert settings.cdn_cookie_domain == "example.org"
    assert settings.transcoding.role == known["EncodingRole.Arn"]


def statements_of(documents: list[Json]) -> list[Json]:
    return [statement for document in documents for statement in document["Statement"]]


def actions_of(statement: Json) -> list[str]:
    return listed(statement["Action"])


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
