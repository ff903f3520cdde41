"""The notices of the `test` provider: JSON under HMAC-SHA256, good for five minutes once signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from player_app.reference_service.payments import Bill, Notice, Word
from player_app.reference_service.problems import Problem

HEADER = "payment-signature"
GOOD_FOR_S = 300
_SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


class _Said(BaseModel):
    """`reference` is the checkout's id."""

    reference: Annotated[str, Field(max_length=128)]
    amount_minor: Annotated[int, Field(ge=0, le=2**53)]
    currency: Annotated[str, Field(max_length=8)]
    word: Literal["paid", "refunded"]


def written(notice: Notice) -> bytes:
    """The body of a notice."""
    bill = notice.bill
    said = _Said(
        reference=bill.reference,
        amount_minor=bill.amount_minor,
        currency=bill.currency,
        word=notice.word.value,
    )
    return said.model_dump_json().encode()


def signature(key: bytes, body: bytes, at: int) -> str:
    """What a sender puts into the header, anew each time that it sends."""
    return f"t={at},v1={_mac(key, body, at)}"


def read(key: bytes, signed: str, body: bytes, now: int) -> Notice:
    """The notice, if its signature is the key's and fresh."""
    found = _SIGNATURE.fullmatch(signed)
    if found is None:
        raise Problem("forbidden", "A notice is signed.")
    at = int(found[1])
    if not hmac.compare_digest(found[2], _mac(key, body, at)) or abs(now - at) > GOOD_FOR_S:
        raise Problem("forbidden", "This notice was not signed by the provider just now.")
    try:
        said = _Said.model_validate(json.loads(body))
    except (ValueError, ValidationError, RecursionError) as error:
        raise Problem("invalid", "This is no notice.") from error
    return Notice(Bill(said.reference, said.amount_minor, said.currency), Word(said.word))


def _mac(key: bytes, body: bytes, at: int) -> str:
    return hmac.new(key, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
