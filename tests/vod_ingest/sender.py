"""Whoever sends a film in parts, the way the web client does."""

import hashlib
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

PART_BYTES = 8 * 1024 * 1024


@dataclass
class Sender:
    """Sends ``content`` as an upload of whoever ``headers`` stand for."""

    client: TestClient
    headers: dict[str, str]
    content: bytes
    id: str = ""

    def begin(self, **said: Any) -> Response:
        body = {"filename": "My film.mp4", "size": len(self.content), "contentType": "video/mp4", **said}
        answer = self.client.post("/ingest/uploads", json=body, headers=self.headers)
        if answer.status_code == 201:
            self.id = answer.json()["uploadId"]
        return answer

    @property
    def numbers(self) -> range:
        return range(1, -(-len(self.content) // PART_BYTES) + 1)

    def part(self, number: int) -> bytes:
        return self.content[(number - 1) * PART_BYTES : number * PART_BYTES]

    def address(self, number: int) -> str:
        answer = self.client.get(f"/ingest/uploads/{self.id}/parts/{number}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        address: str = answer.json()["url"]
        return address

    def send(self, number: int, content: bytes | None = None) -> Response:
        """PUTs a part to the address given for it, without a token."""
        return self.client.put(
            self.address(number), content=self.part(number) if content is None else content
        )

    def send_all(self) -> None:
        for number in self.numbers:
            assert self.send(number).status_code == 200

    def complete(self, parts: list[dict[str, Any]] | None = None) -> Response:
        body = {"parts": self.all_parts() if parts is None else parts}
        return self.client.post(f"/ingest/uploads/{self.id}/complete", json=body, headers=self.headers)

    def all_parts(self) -> list[dict[str, Any]]:
        return [{"partNumber": number, "etag": etag_of(self.part(number))} for number in self.numbers]

    def read(self) -> dict[str, Any]:
        answer = self.client.get(f"/ingest/uploads/{self.id}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def etag_of(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
