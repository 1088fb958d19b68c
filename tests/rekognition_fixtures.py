"""AWS's content moderation for tests: what comes and what goes is checked against the service's own model."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import botocore.session
import pytest
from botocore.validate import ParamValidator

Json = dict[str, Any]
_TARGET = "RekognitionService."


@dataclass
class FakeRekognition:
    """Looks at no film: says what the test put into ``labels`` and ``status``, ``page_size`` labels at a time."""

    url: str = ""
    labels: list[Json] = field(default_factory=list)
    status: str = "SUCCEEDED"
    status_message: str = ""
    page_size: int = 1000
    refusals: list[str] = field(default_factory=list)  # error codes for the next calls
    calls: list[tuple[str, Json]] = field(default_factory=list)
    jobs: dict[str, str] = field(default_factory=dict)  # by ClientRequestToken
    faults: list[str] = field(default_factory=list)  # where the code did not keep to the model

    def begun(self) -> list[Json]:
        return [asked for name, asked in self.calls if name == "StartContentModeration"]

    def answer(self, operation: str, asked: Json) -> tuple[int, Json]:
        model = _MODEL.operation_model(operation)
        report = ParamValidator().validate(asked, model.input_shape)
        if report.has_errors():
            self.faults.append(report.generate_report())
            return _refusal("ValidationException")
        self.calls.append((operation, asked))
        if self.refusals:
            return _refusal(self.refusals.pop(0))
        answer = self._begin(asked) if operation == "StartContentModeration" else self._told(asked)
        if "__type" in answer:
            return 400, answer
        errors = ParamValidator().validate(answer, model.output_shape)
        assert not errors.has_errors(), errors.generate_report()
        return 200, answer

    def _begin(self, asked: Json) -> Json:
        token = asked.get("ClientRequestToken", str(uuid4()))
        return {"JobId": self.jobs.setdefault(token, uuid4().hex)}

    def _told(self, asked: Json) -> Json:
        if asked["JobId"] not in self.jobs.values():
            return _refusal("ResourceNotFoundException")[1]
        answer: Json = {"JobStatus": self.status, "ModerationModelVersion": "7.0"}
        if self.status_message:
            answer["StatusMessage"] = self.status_message
        if self.status == "SUCCEEDED":
            first = int(asked.get("NextToken", 0))
            answer["ModerationLabels"] = self.labels[first : first + self.page_size]
            if first + self.page_size < len(self.labels):
                answer["NextToken"] = str(first + self.page_size)
        return answer


_MODEL = botocore.session.get_session().get_service_model("rekognition")


def _refusal(code: str) -> tuple[int, Json]:
    return 400, {"__type": code, "message": code}


def detected(name: str, parent: str, confidence: float, start: int, end: int) -> Json:
    """A label as AWS tells it, over milliseconds of the film."""
    return {
        "Timestamp": start,
        "StartTimestampMillis": start,
        "EndTimestampMillis": end,
        "DurationMillis": end - start,
        "ModerationLabel": {"Name": name, "ParentName": parent, "Confidence": confidence, "TaxonomyLevel": 2},
    }


@pytest.fixture
def rekognition(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRekognition]:
    """The fake, listening, and credentials for it. A call that AWS's model does not know fails the test."""
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "tests"),
        ("AWS_SECRET_ACCESS_KEY", "tests"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ):
        monkeypatch.setenv(name, value)
    fake = FakeRekognition()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"].removeprefix(_TARGET)
            status, answer = fake.answer(operation, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()
    assert fake.faults == []
