pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property FilmViewModel film
    required property ShellViewModel shell
    readonly property bool twoColumns: width > Theme.scaled(800) + Theme.cardWidth * 0.2

    objectName: "filmPage"
    focus: true

    IconButton {
        objectName: "backButton"
        z: 1
        x: Theme.gap3
        y: Theme.gap3
        visible: page.shell.canGoBack
        symbol: "back"
        label: "Back"
        key: "Alt+←"
        overPicture: true
        onClicked: page.shell.back()
    }

    ScrollPage {
        id: scroll

        anchors.fill: parent
        title: page.film.title
        visible: page.film.phase === "ready"
        contentHeight: grid.y + grid.implicitHeight + Theme.gap8

        Backdrop {
            width: parent.width
            height: Math.round(page.height * (page.twoColumns ? 0.62 : 0.44))
            sha256: page.film.backdrop
            colour: page.film.backdropColour
            alt: page.film.backdropAlt
        }

        GridLayout {
            id: grid

            x: Theme.gap7
            y: Math.round(page.height * 0.2)
            width: scroll.width - Theme.gap7 * 2
            columns: page.twoColumns ? 2 : 1
            columnSpacing: Theme.gap7
            rowSpacing: Theme.gap6

            FilmHead {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.minimumHeight: page.twoColumns ? Math.round(page.height * 0.24) : 0
                film: page.film
            }

            ColumnLayout {
                Layout.rowSpan: page.twoColumns ? 2 : 1
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: !page.twoColumns
                Layout.preferredWidth: page.twoColumns ? Math.min(Theme.cardWidth, page.width * 0.36) : -1
                Layout.maximumWidth: page.twoColumns ? Math.min(Theme.cardWidth, page.width * 0.36) : Theme.measure
                spacing: Theme.gap4

                PurchaseCard {
                    Layout.fillWidth: true
                    film: page.film
                    checkout: page.film.checkout
                }

                RightsPanel {
                    Layout.fillWidth: true
                    film: page.film
                }
            }

            FilmBody {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                film: page.film
            }

            FilmRow {
                Layout.fillWidth: true
                Layout.columnSpan: grid.columns
                visible: page.film.related.count > 0
                title: "Related films"
                description: ""
                cards: page.film.related
                onChosen: filmId => page.film.openRelated(filmId)
            }
        }
    }

    FilmSkeleton {
        anchors.fill: parent
        visible: page.film.phase === "loading"
    }

    EmptyState {
        objectName: "filmFailed"
        anchors.centerIn: parent
        width: parent.width - Theme.gap8 * 2
        visible: page.film.phase === "failed"
        title: page.film.messageTitle
        text: page.film.messageText
        drawing: "drawing-wire"
        action: page.film.messageAction
        onActed: page.film.load()
    }
}
