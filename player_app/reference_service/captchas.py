"""Captchas: five characters as a picture and as sound, good for one try within ten minutes."""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass

from captcha.audio import AudioCaptcha
from captcha.image import ImageCaptcha
from sqlalchemy import delete
from sqlalchemy.orm import Session

from player_app.reference_service.service import Service
from player_app.reference_service.tables import Captcha
from player_app.reference_service.tokens import new_id

ALPHABET = "23456789"
LENGTH = 5
LIFETIME_S = 600


@dataclass(frozen=True, slots=True)
class Challenge:
    """Picture is a PNG, sound a WAV."""

    id: str
    picture: bytes
    sound: bytes
    expires_at: int

    def as_json(self) -> dict[str, str | int]:
        return {
            "id": self.id,
            "picture": base64.b64encode(self.picture).decode(),
            "sound": base64.b64encode(self.sound).decode(),
            "expires_at": self.expires_at,
        }


def issue(service: Service) -> Challenge:
    """A new captcha. Only digits, which picture and sound can both say.

    Speaking them takes a third of a second: it is done before the transaction, not in it.
    """
    answer = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    picture = ImageCaptcha(width=240, height=90).generate(answer).getvalue()
    sound = bytes(AudioCaptcha().generate(answer))
    now = service.now()
    row = Captcha(id=new_id("cap"), answer=answer, expires_at=now + LIFETIME_S)
    with service.transaction() as session:
        session.execute(delete(Captcha).where(Captcha.expires_at <= now))
        session.add(row)
    if service.hooks is not None:
        service.hooks.captcha_answers[row.id] = answer
    return Challenge(row.id, picture, sound, row.expires_at)


def is_right(session: Session, captcha_id: str, answer: str, now: int) -> bool | None:
    """Whether the answer is right, None when the captcha is over; it is used up either way."""
    row = session.get(Captcha, captcha_id)
    if row is None:
        return None
    session.delete(row)
    session.flush()
    if row.expires_at <= now:
        return None
    return hmac.compare_digest(row.answer.encode(), answer.strip().upper().encode())
