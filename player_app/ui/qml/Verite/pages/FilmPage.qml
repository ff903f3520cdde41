pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property FilmViewModel film
    required property ShellViewModel shell
    // the button that goes back stays in it while the page is scrolled
    readonly property int margin: Math.max(Theme.gap7, back.width + Theme.gap1)
    readonly property bool twoColumns: width > Theme.scaled(800) + Theme.cardWidth * 0.2

    objectName: "filmPage"
    focus: true

    IconButton {
        id: back

        objectName: "backButton"
        z: 1
        x: Theme.gap1
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
        contentHeight: column.y + column.implicitHeight + Theme.gap8

        Backdrop {
            width: parent.width
            height: Math.round(page.height * (page.twoColumns ? 0.62 : 0.44))
            sha256: page.film.backdrop
            colour: page.film.backdropColour
            alt: page.film.backdropAlt
        }

        Column {
            id: column

            x: page.margin
            y: Math.round(page.height * 0.2)
            width: scroll.width - page.margin
            spacing: Theme.gap6

            GridLayout {
                width: Math.min(parent.width - Theme.gap7, Theme.scaled(1500))
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

                    DownloadCard {
                        objectName: "downloadCard"
                        Layout.fillWidth: true
                        download: page.film.download
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
            }

            FilmRow {
                width: parent.width
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
        title: page.film.failure.title
        text: page.film.failure.text
        drawing: "drawing-wire"
        action: page.film.failure.label
        onActed: page.film.failure.act()
    }
}
