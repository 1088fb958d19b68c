"""Messages that SNS posts: believed by their signature, whose certificate only SNS hands out."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from fastapi.testclient import TestClient

from people import People
from showsondemand.adapters.fetcher.port import ByteRange, Fetched, FetchFailed, FetchFault
from showsondemand.app import create_app
from showsondemand.vod_ingest.event_shapes.sns import read_sns
from showsondemand.vod_ingest.sns_subscriptions import confirm_subscription
from showsondemand.wiring import Wiring
from vod_ingest.conftest import MEDIA_HOST, WEBHOOK_KEY, Ingest, Json, Ledger
from vod_ingest.ingested import in_the_app

CERTIFICATE_URL = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
SUBSCRIBE_URL = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc"


@dataclass
class Topic:
    """Signs as SNS does."""

    key: rsa.RSAPrivateKey
    certificate: bytes

    def message(self, kind: str, text: object, version: str = "2", **more: str) -> Json:
        message = {
            "Type": kind,
            "MessageId": str(uuid4()),
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:films",
            "Message": text if isinstance(text, str) else json.dumps(text),
            "Timestamp": "2025-11-04T10:21:10.000Z",
            "SignatureVersion": version,
            "SigningCertURL": CERTIFICATE_URL,
            **more,
        }
        kind_of_hash = hashes.SHA1() if version == "1" else hashes.SHA256()
        signature = self.key.sign(read_sns(message).signed_text(), padding.PKCS1v15(), kind_of_hash)
        return message | {"Signature": base64.b64encode(signature).decode()}

    def done(self, **more: str) -> Json:
        """That a video is complete."""
        told = {
            "guid": str(uuid4()),
            "workflowStatus": "Complete",
            "hlsUrl": f"https://{MEDIA_HOST}/a/film.m3u8",
        }
        return self.message("Notification", told, **more)


@dataclass
class Web:
    """What lies at addresses; ``asked`` says for which somebody came."""

    pages: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        assert most_bytes
        assert wanted is None
        self.asked.append(url)
        if url not in self.pages:
            raise FetchFailed(FetchFault.UNREACHABLE, "Nobody answers at that host and port.")
        return Fetched(url, 200, {}, self.pages[url], 0.0)


@pytest.fixture(scope="module")
def topic() -> Topic:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return Topic(key, certificate.public_bytes(serialization.Encoding.PEM))


@pytest.fixture
def web(topic: Topic) -> Web:
    return Web({CERTIFICATE_URL: topic.certificate, SUBSCRIBE_URL: b"<ok/>"})


@pytest.fixture
def wiring(wiring: Wiring, web: Web) -> Wiring:
    return replace(wiring, fetcher=web)


@pytest.fixture
def client(wiring: Wiring) -> Iterator[TestClient]:
    with TestClient(create_app(wiring), base_url=wiring.settings.base_url) as client:
        yield client


def test_signed_messages_become_shows_and_the_certificate_is_fetched_once(
    ingest: Ingest, topic: Topic, web: Web
) -> None:
    messages = [topic.done(), topic.done(version="1"), topic.done(Subject="Workflow Status:: Complete")]

    answers = [ingest.event(message) for message in (*messages, messages[0])]

    assert [answer.json()["status"] for answer in answers] == ["accepted"] * 3 + ["duplicate"]
    assert answers[0].json()["eventId"] == messages[0]["MessageId"]
    assert len(ingest.shows()) == 3
    assert web.asked == [CERTIFICATE_URL]


def test_what_sns_has_not_signed_is_kept_and_not_believed(
    ingest: Ingest, topic: Topic, web: Web, ledger: Ledger
) -> None:
    good = topic.done()
    forged = [
        good | {"Message": good["Message"].replace("film.m3u8", "evil.m3u8")},
        good | {"Signature": ""},
        good | {"Signature": "%%%"},
        {key: value for key, value in good.items() if key != "SignatureVersion"},
        good | {"SigningCertURL": "https://evil.example/sns.us-east-1.amazonaws.com/a.pem"},
        good | {"SigningCertURL": "https://sns.us-east-1.amazonaws.com.evil.example/a.pem"},
        good | {"SigningCertURL": "http://169.254.169.254/latest"},
    ]

    answers = [ingest.event(message) for message in forged]

    assert [answer.status_code for answer in answers] == [422] * len(forged)
    assert set(web.asked) <= {CERTIFICATE_URL}
    assert len(ledger(status="unreadable")) == len(forged)
    assert ingest.shows() == []


def test_a_forged_message_is_not_believed_either_when_it_is_run_again(
    client: TestClient, people: People, ingest: Ingest, topic: Topic, ledger: Ledger
) -> None:
    good = topic.done()
    ingest.event(good | {"Message": good["Message"].replace("film.m3u8", "evil.m3u8")})
    [kept] = ledger()

    again = client.post(f"/ingest/events/{kept['id']}/replay", headers=people.admin().headers)

    assert again.json()["status"] == "unreadable"
    assert ingest.shows() == []


def test_while_the_certificate_cannot_be_had_the_message_is_to_come_again(
    ingest: Ingest, topic: Topic, web: Web, ledger: Ledger
) -> None:
    del web.pages[CERTIFICATE_URL]
    message = topic.done()

    away = ingest.event(message)
    web.pages[CERTIFICATE_URL] = topic.certificate
    there = ingest.event(message)

    assert (away.status_code, away.json()["type"]) == (503, "/problems/certificate-away")
    assert "Retry-After" in away.headers
    assert there.json()["status"] == "accepted"
    assert len(ledger()) == 1


def test_a_topic_that_asks_is_answered(
    client: TestClient, wiring: Wiring, ingest: Ingest, topic: Topic, web: Web, ledger: Ledger
) -> None:
    offer = topic.message("SubscriptionConfirmation", "Confirm it", Token="abc", SubscribeURL=SUBSCRIBE_URL)
    foreign = topic.message(
        "SubscriptionConfirmation", "Confirm it", Token="abc", SubscribeURL="https://evil.example/"
    )

    answers = [ingest.event(offer), ingest.event(foreign)]
    [kept] = ledger(status="accepted")
    in_the_app(client, confirm_subscription, wiring, UUID(kept["id"]))

    assert [answer.status_code for answer in answers] == [202, 422]
    assert web.asked == [CERTIFICATE_URL, SUBSCRIBE_URL]


def test_sns_brings_the_key_as_the_password_of_its_address(
    client: TestClient, ingest: Ingest, topic: Topic
) -> None:
    def posted(**given: object) -> tuple[int, str]:
        headers = {"x-amz-sns-message-type": "Notification", "Content-Type": "text/plain; charset=UTF-8"}
        answer = client.post(
            "/internal/vod/events",
            content=json.dumps(topic.done()),
            headers=headers,
            **given,  # type: ignore[arg-type]  # handed on
        )
        return answer.status_code, answer.headers.get("WWW-Authenticate", "")

    assert posted() == (401, 'Basic realm="events"')
    assert posted(auth=("sns", "wrong")) == (401, 'Basic realm="events"')
    assert posted(auth=("sns", WEBHOOK_KEY)) == (202, "")
    plain = client.post("/internal/vod/events", content="{}", headers={"Authorization": "Basic %%"})
    assert (plain.status_code, plain.headers["WWW-Authenticate"]) == (401, "Bearer")
