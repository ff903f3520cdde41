"""What a viewer can find, buy and keep: the features over the service and the database."""

from __future__ import annotations

from player_app.app.foundation import Foundation
from player_app.core.catalogue import Film
from player_app.features.account import AccountDesk
from player_app.features.browse import Browse
from player_app.features.catching_up import CatchingUp
from player_app.features.checkouts import Checkouts
from player_app.features.comments import Comments
from player_app.features.farewells import Farewells
from player_app.features.pictures import Pictures
from player_app.features.positions import Positions
from player_app.features.search import Search
from player_app.features.services import Services
from player_app.features.settings import Settings
from player_app.storage.catalogue import Catalogue
from player_app.storage.checkouts import CheckoutStore
from player_app.storage.comments import CommentStore
from player_app.storage.paths import Paths
from player_app.storage.pictures import PictureStore
from player_app.storage.positions import PositionStore
from player_app.storage.search import FilmSearch


class Library:
    def __init__(self, foundation: Foundation, paths: Paths) -> None:
        connection, database = foundation.connection, foundation.database
        catalogue = Catalogue(database)
        checkout_store, position_store = CheckoutStore(database), PositionStore(database)

        farewells = Farewells(
            connection.transport, connection.kept, foundation.secrets, connection.clock
        )
        self.desk = AccountDesk(connection, foundation.secrets, farewells, foundation.browser)
        self.services = Services(connection, catalogue, self.desk.sign_out)
        self.browse = Browse(
            connection=connection,
            catalogue=catalogue,
            positions=position_store,
            checkouts=checkout_store,
        )
        self.search = Search(FilmSearch(database))
        self.checkouts = Checkouts(connection, checkout_store, foundation.browser)
        self.comments = Comments(connection, CommentStore(database))
        self.catching_up = CatchingUp(self.browse, self.comments)
        self.pictures = Pictures(connection, catalogue, PictureStore(paths.pictures))
        self.positions = Positions(position_store, foundation.clock)
        connection.at_sign_out(self.positions.leave)
        self.settings = Settings(foundation.kept)

    def film(self, film_id: str) -> Film:
        return self.browse.film(film_id).film
