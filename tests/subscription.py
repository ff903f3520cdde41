"""The right of the demo's account to watch everything at a reference service, given and taken."""

from __future__ import annotations

from sqlalchemy import delete

from player_app.reference_service import films
from player_app.reference_service.demo import EMAIL
from player_app.reference_service.progress_tables import Progress, ProgressNumber, WatchSession
from player_app.reference_service.service import Service
from player_app.reference_service.tables import (
    Account,
    Checkout,
    Device,
    Licence,
    Subscription,
)


def subscribe(service: Service) -> None:
    """The demo's account may watch everything, has watched nothing, and all its devices' places."""
    with service.transaction() as session:
        for table in (Licence, Device, Progress, WatchSession, ProgressNumber):
            session.execute(delete(table))
        account = session.query(Account).filter(Account.email == EMAIL).one()
        terms = films.find(session, "film-01").body["offers"][-1]["terms"]
        checkout = Checkout(
            id="chk-subscription",
            account_id=account.id,
            offer_id="offer-subscription",
            kind="subscription",
            amount_minor=799,
            currency="GBP",
            terms=terms,
            state="paid",
            link_hash="subscription",
            created_at=service.now(),
            expires_at=service.now(),
        )
        session.add(checkout)
        session.flush()
        session.add(
            Subscription(
                id="sub-1",
                account_id=account.id,
                checkout_id=checkout.id,
                terms=terms,
                since=service.now(),
                state="active",
            )
        )


def end_subscription(service: Service) -> None:
    with service.transaction() as session:
        session.execute(delete(Subscription))
        session.execute(delete(Checkout).where(Checkout.link_hash == "subscription"))
