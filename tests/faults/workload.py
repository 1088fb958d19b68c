"""People and programs who use the service all the time, and write down what they were promised."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import httpx

from server_fixtures import ADMIN_EMAIL, ADMIN_PASSWORD, WEBHOOK_KEY

Json = dict[str, Any]
_PATIENCE_SECONDS = 8.0
PASSWORD = "a long walk in the rain"
UPLOAD_BYTES = 1000
_MOST_UPLOADS = 2
_APPROVED: Json = {"verdict": "approve"}
_REJECTED: Json = {"verdict": "reject", "reasons": ["picture"], "notes": "It is out of focus."}
# The states that a show of an event goes through, from review on.
_LIFE = ("available", "withdrawn", "available", "in_review", "rejected")


@dataclass
class History:
    """What was acknowledged, and what should never have been answered as it was."""

    jobs: list[str] = field(default_factory=list)
    # Id of the event: id of its show, once an answer had it: one that is put off is answered without.
    events: dict[str, str | None] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)  # of the one show that is edited, in the order of trying
    kept_title: int = -1  # the last one that was acknowledged
    accounts: list[str] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)  # of each show that was judged, as acknowledged
    tried_states: dict[str, str] = field(default_factory=dict)  # and the one that was asked for last
    uploads: list[str] = field(default_factory=list)
    closed_doors: int = 0  # how often a show that was taken away was looked for
    breaches: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)


class Client:
    """Somebody with an address of the service, who signs in anew when that is needed."""

    def __init__(self, url: str, history: History, email: str | None = None) -> None:
        self._http = httpx.Client(base_url=url, timeout=_PATIENCE_SECONDS)
        self._history = history
        self._email = email

    def ask(self, method: str, path: str, **said: Any) -> httpx.Response | None:
        """The answer; nothing where the connection broke or the service said that it is not well."""
        try:
            answer = self._http.request(method, path, **said)
        except httpx.HTTPError:
            return None
        if answer.status_code == 401:
            self._http.headers.pop("Authorization", None)
        self._history.answers[answer.status_code] = self._history.answers.get(answer.status_code, 0) + 1
        if answer.status_code == 401 and self._email:
            self._sign_in()
            return None
        if answer.status_code >= 500 and answer.status_code != 503:
            self._history.faults.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return None if answer.status_code >= 500 or answer.status_code == 429 else answer

    @property
    def has_token(self) -> bool:
        return "Authorization" in self._http.headers

    def register(self, email: str) -> bool:
        """Becomes a viewer; whether that was acknowledged."""
        answer = self.ask("POST", "/auth/register", json={"email": email, "password": PASSWORD})
        if answer is None or answer.status_code != 201:
            return False
        self._http.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"
        return True

    def close(self) -> None:
        self._http.close()

    def _sign_in(self) -> None:
        try:
            answer = self._http.post("/auth/login", json={"email": self._email, "password": ADMIN_PASSWORD})
        except httpx.HTTPError:
            return
        if answer.status_code == 200:
            self._http.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"


@dataclass
class Workload:
    """What each of them does in one turn; ``films`` bounds how many are sent."""

    url: str
    film: Path
    chance: Random
    films: int
    history: History = field(default_factory=History)

    def __post_init__(self) -> None:
        self._admin = Client(self.url, self.history, ADMIN_EMAIL)
        self._editor = Client(self.url, self.history, ADMIN_EMAIL)
        self._reviewer = Client(self.url, self.history, ADMIN_EMAIL)
        self._uploader = Client(self.url, self.history, ADMIN_EMAIL)
        self._stranger = Client(self.url, self.history)
        self._machine = Client(self.url, self.history)
        self._viewer = Client(self.url, self.history)
        self._edited = ""

    def send_film(self) -> None:
        if len(self.history.jobs) >= self.films:
            time.sleep(0.2)
            return
        with self.film.open("rb") as file:
            answer = self._admin.ask("POST", "/ingest/videos", files={"file": ("film.mp4", file)})
        if answer is not None and answer.status_code == 202:
            self.history.jobs.append(answer.json()["id"])

    def tell_of_a_video(self) -> None:
        """The same event until it is acknowledged, and then once more."""
        guid, event_id = UUID(int=self.chance.getrandbits(128)), UUID(int=self.chance.getrandbits(128))
        detail = {"guid": str(guid), "hlsUrl": f"{self.url}/media/videos/{guid}/1/master.m3u8"}
        event = {
            "id": str(event_id),
            "source": "showsondemand",
            "detail-type": "Video Completed",
            "detail": detail,
        }
        times = 2
        for _ in range(40):
            answer = self._machine.ask(
                "POST", "/internal/vod/events", json=event, headers={"X-Webhook-Key": WEBHOOK_KEY}
            )
            if answer is not None and answer.status_code == 202:
                show_id = answer.json()["showId"]
                first = self.history.events.get(str(event_id))
                self.history.events[str(event_id)] = first or show_id
                if first and show_id not in (first, None):
                    self.history.faults.append(f"event {event_id}: {first}, then {show_id}")
                times -= 1
                if not times:
                    return
            time.sleep(0.1)

    def edit(self) -> None:
        if not self._edited:
            answer = self._editor.ask("POST", "/shows", json={"title": "Edit -1"})
            if answer is not None and answer.status_code == 201:
                self._edited = answer.json()["id"]
            return
        title = f"Edit {len(self.history.titles)}"
        self.history.titles.append(title)
        answer = self._editor.ask("PATCH", f"/shows/{self._edited}", json={"title": title})
        if answer is not None and answer.status_code == 200:
            self.history.kept_title = len(self.history.titles) - 1

    def judge(self) -> None:
        """Leads a show through its states; where it stands is not known any more once an answer is lost."""
        shows = list(self.history.events.values())
        new = [show for show in shows if show and show not in self.history.tried_states]
        if not new:
            time.sleep(0.2)
            return
        show, before = new[0], "in_review"
        for state in _LIFE:
            self.history.tried_states[show] = state
            if before == "in_review":
                verdict = _APPROVED if state == "available" else _REJECTED
                answer = self._reviewer.ask("POST", f"/shows/{show}/reviews", json=verdict)
            else:
                answer = self._reviewer.ask("PATCH", f"/shows/{show}", json={"state": state})
            if answer is None:
                return
            if answer.is_error:
                self.history.faults.append(f"{before} to {state}: {answer.status_code} {answer.text[:300]}")
                return
            self.history.states[show] = before = state
            if state != "available":
                self._find_it_closed(show)

    def _find_it_closed(self, show: str) -> None:
        """What was taken away is granted and listed to no viewer from the moment that it was acknowledged."""
        if not self._viewer.has_token and not self._viewer.register(
            f"v{self.chance.getrandbits(48)}@example.org"
        ):
            return
        granted = self._viewer.ask("POST", f"/shows/{show}/playback")
        listed = self._viewer.ask("GET", "/shows?sort=latest&limit=100")
        if granted is not None and granted.is_success:
            self.history.breaches.append(f"{show} is granted after it was taken away")
        if listed is not None and listed.is_success:
            self.history.closed_doors += 1
            if show in {each["id"] for each in listed.json()["items"]}:
                self.history.breaches.append(f"{show} is listed after it was taken away")

    def begin_upload(self) -> None:
        """An upload in parts of which no part ever comes: its bytes are kept free for it."""
        time.sleep(0.2)
        if len(self.history.uploads) >= _MOST_UPLOADS:
            return
        new = {"filename": "film.mp4", "size": UPLOAD_BYTES, "contentType": "video/mp4"}
        answer = self._uploader.ask("POST", "/ingest/uploads", json=new)
        if answer is not None and answer.status_code == 201:
            self.history.uploads.append(answer.json()["uploadId"])

    def register(self) -> None:
        email = f"viewer{self.chance.getrandbits(48)}@example.org"
        answer = self._stranger.ask("POST", "/auth/register", json={"email": email, "password": PASSWORD})
        if answer is not None and answer.status_code == 201:
            self.history.accounts.append(email)
        time.sleep(1)

    def try_the_doors(self) -> None:
        """Nobody gets in where nobody may, whatever else is going on."""
        forged = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."}
        nobody = f"/media/videos/{UUID(int=1)}/1/master.m3u8"
        doors: list[tuple[str, str, Json]] = [
            ("GET", "/shows?state=all", {}),
            ("GET", "/ingest/jobs", {"headers": forged}),
            ("GET", "/audit", {}),
            ("POST", "/shows", {"json": {"title": "Not by me"}, "headers": forged}),
            ("POST", "/internal/vod/events", {"json": {}, "headers": {"X-Webhook-Key": "guessed"}}),
            ("GET", nobody, {}),
            ("GET", "/users/me", {"headers": forged}),
        ]
        for method, path, said in doors:
            answer = self._stranger.ask(method, path, **said)
            if answer is not None and answer.status_code < 400:
                self.history.breaches.append(f"{method} {path}: {answer.status_code}")
        time.sleep(0.2)

    def close(self) -> None:
        people = (self._admin, self._editor, self._reviewer, self._uploader)
        for client in (*people, self._stranger, self._machine, self._viewer):
            client.close()

    @property
    def edited_show(self) -> str:
        return self._edited


@contextmanager
def going_on(workload: Workload) -> Iterator[None]:
    """All of them at it, each in a thread of its own, as long as the block lasts."""
    enough = threading.Event()
    broken: list[BaseException] = []

    def keep_on(turn: Callable[[], None]) -> None:
        try:
            while not enough.wait(0.05):
                turn()
        except BaseException as error:  # noqa: BLE001 - told to who waits for the thread
            broken.append(error)

    turns = (
        workload.send_film,
        workload.tell_of_a_video,
        workload.edit,
        workload.judge,
        workload.begin_upload,
        workload.register,
        workload.try_the_doors,
    )
    threads = [threading.Thread(target=keep_on, args=(turn,)) for turn in turns]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()
        workload.close()
    if broken:
        raise broken[0]
