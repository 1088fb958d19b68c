"""A MediaConvert of our own: takes what the real one's model takes, encodes, and has the true events to tell."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import botocore.session
import pytest

from mediaconvert_encoding import encode, group_details
from mediaconvert_rules import Refused, checked_request, to_wire
from s3_fixtures import S3Server

Json = dict[str, Any]
ACCOUNT = "123456789012"
QUEUE = f"arn:aws:mediaconvert:us-east-1:{ACCOUNT}:queues/Default"
_JOBS = "/2017-08-29/jobs"
_MODEL = botocore.session.get_session().get_service_model("mediaconvert")


@dataclass
class Job:
    """What MediaConvert knows of a job."""

    id: str
    request: Json
    status: str = "SUBMITTED"
    percent: int = 0
    created_at: float = field(default_factory=time.time)
    error: tuple[int, str] | None = None
    groups: list[Json] = field(default_factory=list)

    @property
    def metadata(self) -> dict[str, str]:
        metadata: dict[str, str] = self.request.get("UserMetadata", {})
        return metadata

    def told(self) -> Json:
        """As GetJob says it: without the paths of playlists, which events alone have."""
        groups = [
            {
                "OutputDetails": [
                    {
                        "DurationInMs": output["durationInMs"],
                        **(
                            {
                                "VideoDetails": {
                                    "WidthInPx": output["videoDetails"]["widthInPx"],
                                    "HeightInPx": output["videoDetails"]["heightInPx"],
                                }
                            }
                            if "videoDetails" in output
                            else {}
                        ),
                    }
                    for output in group["outputDetails"]
                ]
            }
            for group in self.groups
        ]
        return {
            "Id": self.id,
            "Arn": f"arn:aws:mediaconvert:us-east-1:{ACCOUNT}:jobs/{self.id}",
            "CreatedAt": self.created_at,
            "Role": self.request["Role"],
            "Settings": {},
            "Status": self.status,
            "JobPercentComplete": self.percent,
            "UserMetadata": self.metadata,
            "OutputGroupDetails": groups,
            **({"CurrentPhase": "TRANSCODING"} if self.status == "PROGRESSING" else {}),
            **({"ErrorCode": self.error[0], "ErrorMessage": self.error[1]} if self.error else {}),
        }


class _Listener(ThreadingHTTPServer):
    double: "MediaConvertDouble"


class _Handler(BaseHTTPRequestHandler):
    server: _Listener

    def do_POST(self) -> None:
        body: Json = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(self.server.double.create(body))

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        double = self.server.double
        self._answer(double.list(query) if path == _JOBS else double.get(path.removeprefix(f"{_JOBS}/")))

    def do_DELETE(self) -> None:
        self._answer(self.server.double.cancel(urlsplit(self.path).path.removeprefix(f"{_JOBS}/")))

    def _answer(self, answer: tuple[int, Json] | None) -> None:
        if answer is None:  # it broke off
            self.connection.close()
            return
        status, body = answer
        content = json.dumps(body).encode()
        self.send_response(status)
        if "__type" in body:
            self.send_header("x-amzn-ErrorType", body["__type"])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


class MediaConvertDouble:
    """Serves the four calls that are made of it. ``forget_tokens`` is what the real one does after a minute."""

    def __init__(self, s3: S3Server, folder: Path) -> None:
        self.jobs: dict[str, Job] = {}
        self.refusal: tuple[int, str, str] | None = None
        self.dies_after_creating = False
        self._s3 = s3
        self._folder = folder
        self._tokens: dict[str, str] = {}
        self._lock = threading.Lock()
        self._made: dict[str, dict[str, bytes]] = {}
        self._server = _Listener(("127.0.0.1", 0), _Handler)
        self._server.double = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget_tokens(self) -> None:
        self._tokens.clear()

    def create(self, body: Json) -> tuple[int, Json] | None:
        if self.refusal is not None:
            status, kind, message = self.refusal
            return status, {"__type": kind, "message": message}
        try:
            request = checked_request(_MODEL.operation_model("CreateJob").input_shape, body)
        except Refused as refused:
            return 400, {"__type": "BadRequestException", "message": str(refused)}
        with self._lock:
            token = request.get("ClientRequestToken", str(uuid4()))
            if token not in self._tokens:
                job = Job(f"{int(time.time() * 1000)}-{uuid4().hex[:6]}", request)
                self.jobs[job.id] = job
                self._tokens[token] = job.id
            job = self.jobs[self._tokens[token]]
        return None if self.dies_after_creating else (201, self._job_answer(job))

    def get(self, job_id: str) -> tuple[int, Json]:
        job = self.jobs.get(job_id)
        return (200, self._job_answer(job)) if job else _not_found()

    def list(self, query: dict[str, list[str]]) -> tuple[int, Json]:
        """Newest first, a page at a time."""
        if self.refusal is not None:
            status, kind, message = self.refusal
            return status, {"__type": kind, "message": message}
        newest = sorted(self.jobs.values(), key=lambda job: job.created_at, reverse=True)
        start, most = int(query.get("nextToken", ["0"])[0]), int(query["maxResults"][0])
        page = [to_wire(_MODEL.shape_for("Job"), job.told()) for job in newest[start : start + most]]
        more = {"nextToken": str(start + most)} if start + most < len(newest) else {}
        return 200, {"jobs": page, **more}

    def cancel(self, job_id: str) -> tuple[int, Json]:
        job = self.jobs.get(job_id)
        if job is None:
            return _not_found()
        if job.status in ("COMPLETE", "ERROR", "CANCELED"):
            return 409, {"__type": "ConflictException", "message": "The job has ended."}
        job.status = "CANCELED"
        return 202, {}

    def _job_answer(self, job: Job) -> Json:
        return {"job": to_wire(_MODEL.shape_for("Job"), job.told())}

    # --- what it does by itself ---

    def begin(self, job: Job, percent: int = 40) -> None:
        job.status, job.percent = "PROGRESSING", percent

    def fail(self, job: Job, code: int, message: str) -> None:
        job.status, job.error = "ERROR", (code, message)

    def finish(self, job: Job) -> None:
        """Encodes for real, in one rendition, and writes to where the request says."""
        cmaf, pictures = job.request["Settings"]["OutputGroups"]
        stream = cmaf["OutputGroupSettings"]["CmafGroupSettings"]["Destination"]
        frames = pictures["OutputGroupSettings"]["FileGroupSettings"]["Destination"]
        film = self._read(job.request["Settings"]["Inputs"][0]["FileInput"])
        made = self._encoded(film)
        for name, content in made.items():
            target = stream if name.startswith("stream") else frames
            folder = target.rpartition("/")[0]
            self._write(f"{folder}/{name}", content)
        last = {
            modifier: max(name for name in made if f"{modifier}." in name)
            for modifier in ("_small", "_poster")
        }
        job.groups = group_details(cmaf, pictures, stream, frames, last)
        job.status, job.percent = "COMPLETE", 100

    def event(self, job: Job, status: str | None = None, *, seconds: float = 0.0) -> Json:
        """What EventBridge passes on of the job, ``seconds`` after it was made."""
        status = status or job.status
        detail: Json = {
            "timestamp": int((job.created_at + seconds) * 1000),
            "accountId": ACCOUNT,
            "queue": QUEUE,
            "jobId": job.id,
            "status": status,
            "userMetadata": job.metadata,
        }
        if status == "STATUS_UPDATE":
            detail["jobProgress"] = {"jobPercentComplete": job.percent, "currentPhase": "TRANSCODING"}
        if status == "ERROR" and job.error:
            detail |= {"errorCode": job.error[0], "errorMessage": job.error[1]}
        if status == "COMPLETE":
            detail["outputGroupDetails"] = job.groups
        return {
            "version": "0",
            "id": str(uuid4()),
            "detail-type": "MediaConvert Job State Change",
            "source": "aws.mediaconvert",
            "account": ACCOUNT,
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": "us-east-1",
            "resources": [f"arn:aws:mediaconvert:us-east-1:{ACCOUNT}:jobs/{job.id}"],
            "detail": detail,
        }

    def _read(self, uri: str) -> bytes:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        content: bytes = self._s3.client().get_object(Bucket=bucket, Key=key)["Body"].read()
        return content

    def _write(self, uri: str, content: bytes) -> None:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        self._s3.client().put_object(Bucket=bucket, Key=key, Body=content)

    def _encoded(self, film: bytes) -> dict[str, bytes]:
        """Once a film, however many jobs it has."""
        key = str(hash(film))
        if key not in self._made:
            folder = self._folder / key
            folder.mkdir()
            (folder / "film").write_bytes(film)
            encode(folder)
            (folder / "film").unlink()
            self._made[key] = {path.name: path.read_bytes() for path in folder.iterdir()}
        return self._made[key]


def _not_found() -> tuple[int, Json]:
    return 404, {"__type": "NotFoundException", "message": "There is no such job."}


@pytest.fixture(scope="session")
def mediaconvert_server(
    s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MediaConvertDouble]:
    double = MediaConvertDouble(s3_server, tmp_path_factory.mktemp("mediaconvert"))
    yield double
    double.close()


@pytest.fixture
def mediaconvert(mediaconvert_server: MediaConvertDouble) -> MediaConvertDouble:
    """The double that the session shares, with nothing in it."""
    mediaconvert_server.jobs.clear()
    mediaconvert_server.forget_tokens()
    mediaconvert_server.refusal, mediaconvert_server.dies_after_creating = None, False
    return mediaconvert_server
