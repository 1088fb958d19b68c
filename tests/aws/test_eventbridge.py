"""EventBridge tells the hook, by the rules, the connection and the destination of the template."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from aws.template import PARAMETERS, Stack
from ministack_fixtures import REGION, MiniStack
from server_fixtures import WEBHOOK_KEY, Server, eventually, new_server

FIXTURE = Path(__file__).parents[1] / "fixtures" / "aws" / "mediaconvert_complete_hls_dash.json"
# Nobody but AWS may say aws.mediaconvert: the rule listens to this, and the target puts the true name back.
SOURCE = "tests.mediaconvert"
WHOLE_EVENT = {
    "InputPathsMap": {
        name: f"$.{name}" for name in ("id", "time", "account", "region", "resources", "detail")
    },
    "InputTemplate": '{"version": "0", "source": "aws.mediaconvert", "detail-type": "MediaConvert Job State Change", '
    '"id": <id>, "time": <time>, "account": <account>, "region": <region>, "resources": <resources>, '
    '"detail": <detail>}',
}
ROLE = "arn:aws:iam::000000000000:role/hook"
_DELIVERY_SECONDS = 20


@dataclass(frozen=True)
class Bus:
    """A rule of the template on a bus that delivers to a hook of this machine; it listens to one queue's encodings."""

    stack: MiniStack
    queue: str

    def tell(self, event: dict[str, Any], queue: str) -> None:
        entry = {
            "Source": SOURCE,
            "DetailType": event["detail-type"],
            "Detail": json.dumps({**event["detail"], "queue": queue}),
            "Resources": event["resources"],
        }
        answer = self.stack.client("events").put_events(Entries=[entry])
        assert answer["FailedEntryCount"] == 0, answer


@pytest.fixture
def server(tmp_path: Path, migrated_database_url: str) -> Iterator[Server]:
    running = new_server(tmp_path, DATABASE_URL=migrated_database_url, CDN_BASE_URL="https://cdn.example.org")
    running.start("--no-worker")
    yield running
    running.stop()


def bus(stack: MiniStack, server: Server, key: str) -> Bus:
    """Makes what the template makes around the hook, in its words; only the address is one of this machine."""
    events, sqs, name = stack.client("events"), stack.client("sqs"), uuid4().hex
    encoding_queue = f"arn:aws:mediaconvert:{REGION}:000000000000:queues/{name}"
    undelivered = sqs.create_queue(QueueName=name)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=undelivered, AttributeNames=["QueueArn"])["Attributes"]
    known = {"EncodingQueue.Arn": encoding_queue, "HookRole.Arn": ROLE}
    made = Stack(PARAMETERS | {"WebhookKey": key}, known | {"UndeliveredQueue.Arn": attributes["QueueArn"]})
    connection = events.create_connection(Name=name, **made.properties("HookConnection"))
    made.known["HookConnection.Arn"] = connection["ConnectionArn"]
    destination = made.properties("HookDestination")
    path = destination["InvocationEndpoint"].removeprefix(PARAMETERS["AppUrl"])
    made.known["HookDestination.Arn"] = events.create_api_destination(
        Name=name, **destination | {"InvocationEndpoint": f"{server.url}{path}"}
    )["ApiDestinationArn"]
    rule = made.properties("EncodingRule")
    pattern = rule["EventPattern"] | {"source": [SOURCE]}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern), State=rule["State"])
    targets = [target | {"InputTransformer": WHOLE_EVENT} for target in rule["Targets"]]
    failed = events.put_targets(Rule=name, Targets=targets)
    assert failed["FailedEntryCount"] == 0, failed
    return Bus(stack, encoding_queue)


def test_what_mediaconvert_says_of_our_queue_reaches_the_hook_with_its_key_and_becomes_a_show(
    ministack: MiniStack, server: Server
) -> None:
    event = json.loads(FIXTURE.read_text(encoding="utf-8"))
    stranger = bus(ministack, server, "another key, as long as any: 0123456789")
    ours = bus(ministack, server, WEBHOOK_KEY)

    stranger.tell(event, stranger.queue)
    eventually(lambda: '"status": 401' in server.log.read_text(), seconds=_DELIVERY_SECONDS)
    ours.tell(event, f"{ours.queue}-of-others")
    ours.tell(event, ours.queue)

    with closing(server.admin()) as admin:
        eventually(lambda: len(shows(admin)) > 0, seconds=_DELIVERY_SECONDS, otherwise=server.log.read_text)
        (show,) = shows(admin)
        ledger = admin.get("/ingest/events").json()["items"]
    assert show["hlsSrcVideoURL"].startswith("https://cdn.example.org/")
    assert [each["status"] for each in ledger] == ["accepted"]


def shows(admin: httpx.Client) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = admin.get("/shows", params={"state": "all"}).json()["items"]
    return items
