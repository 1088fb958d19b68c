"""Whoever owns an account hears of it when somebody guesses at its password."""

import pytest
from fastapi.testclient import TestClient

from mail_fixtures import MailServer, Outbox
from people import People
from showsondemand.auth.errors import WrongCredentials
from showsondemand.auth.schemas import Credentials
from showsondemand.auth.service import sign_in
from showsondemand.auth.sessions import Device
from showsondemand.wiring import Wiring


def test_the_owner_is_told_once_when_ten_guesses_went_wrong(
    client: TestClient, people: People, wiring: Wiring, mail_server: MailServer
) -> None:
    person = people.viewer()
    wrong = Credentials(email=person.email, password="not the password")

    outbox = Outbox(client, wiring, mail_server)

    def guess(number: int) -> None:
        device = Device(name="A guesser", address=f"192.0.{number}.1")  # each from a network of its own
        assert client.portal
        with pytest.raises(WrongCredentials):
            client.portal.call(sign_in, outbox.wiring, wrong, device)

    for number in range(9):
        guess(number)
    outbox.empty()
    assert mail_server.about("Somebody tries") == []
    for number in range(9, 12):
        guess(number)
    outbox.empty()

    (told,) = mail_server.about("Somebody tries")
    assert told["To"] == person.email
