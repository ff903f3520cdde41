"""A viewer who takes films along: an account of their own at the service, and players of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from player_app.core.licence import Permit
from player_app.core.parts import Part, parts_of
from player_app.features.kept_lists import KeptLists
from player_app.features.offline_licences import OfflineLicences
from player_app.features.permits import Permits
from player_app.features.renewals import Renewals
from player_app.features.returned_licences import ReturnedLicences
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.upstream import folder_and_name
from player_app.reference_service import films
from player_app.reference_service.server import RunningService
from player_app.reference_service.tables import Account, Checkout, Rental, Subscription
from player_app.storage.licences import LicenceStore
from player_app.storage.secrets import SecretStore
from player_app.storage.segments.store import open_segments
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.player import Player

FILM, OTHER_FILM = "film-01", "film-02"
DAY = 86_400
_numbers = itertools.count(1)


class OfflinePlayer(Player):
    """With what takes films along, over real segments."""

    def __init__(self, folder: Path, keyring: SecretStore) -> None:
        super().__init__(folder, RecordingBrowser(), keyring)
        self.segments, _ = open_segments(self.paths.segments, device="this one")
        self.licence_store = LicenceStore(self.database, self.desk.secret)
        self.offline = OfflineLicences(
            connection=self.connection,
            desk=self.desk,
            licences=self.licences,
            store=self.licence_store,
            lists=KeptLists(self.segments),
            clock=self.rental_clock,
            judge=self.rental_clock.standing,
            is_whole=self.is_whole,
        )
        self.returned = ReturnedLicences(self.connection, self.licence_store)
        self.renewals = Renewals(self.connection, self.desk, self.offline, self.returned)
        self.permits = Permits(self.licences, self.offline)

    def is_whole(self, permit: Permit) -> bool:
        return not self.segments.missing(each.key for each in parts(permit))

    def bring(self, permit: Permit) -> int:
        """Fetch what is missing of a film; how many files that were."""
        folder, _ = folder_and_name(permit.media_address)
        keys = {each.key: each for each in parts(permit)}
        missing = self.segments.missing(keys)
        for each in missing:
            body = self.transport.send("GET", folder + keys[each].path).body
            self.segments.put(each, body)
        return len(missing)

    def close(self) -> None:
        self.renewals.close()
        super().close()
        self.segments.close()
        self.browser.close()


def parts(permit: Permit) -> tuple[Part, ...]:
    listed = permit.segment_list
    assert listed is not None
    return parts_of(listed, listed.videos()[0].id, owner_of(permit.licence))


@dataclass
class Viewer:
    """`players` are this viewer's, each with a profile and a store of secrets of its own."""

    folder: Path
    service: RunningService
    email: str = ""
    keyrings: dict[str, MemoryKeyring] = field(default_factory=dict)

    def __post_init__(self) -> None:
        name = f"viewer_{next(_numbers)}"
        self.email = f"{name}@example.org"
        with self.service.service.transaction() as session:
            session.add(
                Account(
                    id=f"acc-{name}",
                    username=name,
                    username_folded=name,
                    display_name=name,
                    email=self.email,
                    email_folded=self.email,
                    password_hash=self.service.service.passwords.hash("a quiet evening"),
                    created_at=self.service.service.now(),
                )
            )

    @property
    def account_id(self) -> str:
        return f"acc-{self.email.partition('@')[0]}"

    @contextmanager
    def player(
        self, name: str = "p", keyring: MemoryKeyring | None = None
    ) -> Iterator[OfflinePlayer]:
        """Signed in, as it was left; with the service's films."""
        kept = self.keyrings.setdefault(name, keyring or MemoryKeyring())
        player = OfflinePlayer(self.folder / self.account_id / name, kept)
        try:
            if player.services.current() is None:
                player.services.choose(player.services.look_up(self.service.address))
                self.sign_in(player)
            player.desk.who()
            yield player
        finally:
            player.close()

    def sign_in(self, player: Player) -> None:
        player.desk.sign_in(self.email, "a quiet evening", None)

    def rent(self, film_id: str = FILM, **terms: Any) -> str:
        """The id of a new rental that began now, under other terms where some are given."""
        rental_id, now = f"ren-{next(_numbers)}", self.service.service.now()
        with self.service.service.transaction() as session:
            film = films.find(session, film_id)
            offer = next(each for each in film.body["offers"] if each["kind"] == "rental")
            checkout = self._checkout(rental_id, film_id, offer)
            session.add(checkout)
            session.flush()
            session.add(
                Rental(
                    id=rental_id,
                    account_id=self.account_id,
                    film_id=film_id,
                    offer_id=offer["id"],
                    checkout_id=checkout.id,
                    terms={**offer["terms"], **terms},
                    purchased_at=now,
                    state="active",
                )
            )
        return rental_id

    def subscribe(self, **terms: Any) -> None:
        bought = f"sub-{next(_numbers)}"
        with self.service.service.transaction() as session:
            offer = films.find(session, FILM).body["offers"][-1]
            checkout = self._checkout(bought, None, offer)
            session.add(checkout)
            session.flush()
            session.add(
                Subscription(
                    id=bought,
                    account_id=self.account_id,
                    checkout_id=checkout.id,
                    terms={**offer["terms"], **terms},
                    since=self.service.service.now(),
                    state="active",
                )
            )

    def set_state(self, rental_id: str, state: str) -> None:
        with self.service.service.transaction() as session:
            session.get_one(Rental, rental_id).state = state

    def _checkout(self, bought: str, film_id: str | None, offer: dict[str, Any]) -> Checkout:
        now = self.service.service.now()
        return Checkout(
            id=f"chk-{bought}",
            account_id=self.account_id,
            film_id=film_id,
            offer_id=offer["id"],
            kind=offer["kind"],
            amount_minor=offer["price"]["amount_minor"],
            currency=offer["price"]["currency"],
            terms=offer["terms"],
            state="paid",
            link_hash=bought,
            created_at=now,
            expires_at=now,
        )
