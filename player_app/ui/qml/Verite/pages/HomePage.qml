pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property HomeViewModel home
    required property ShellViewModel shell

    objectName: "homePage"
    focus: true

    ScrollPage {
        id: scroll

        anchors.fill: parent
        title: "Home"
        visible: page.home.phase === "ready"
        contentHeight: column.implicitHeight + Theme.gap7

        ColumnLayout {
            id: column

            width: scroll.width
            spacing: Theme.gap5

            Featured {
                Layout.fillWidth: true
                visible: page.home.filmId !== ""
                home: page.home
                atLeast: Math.round(page.height * 0.56)
            }

            Repeater {
                model: page.home.rows
                delegate: FilmRow {
                    objectName: "filmRow"
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.gap7
                    onChosen: filmId => page.home.open(filmId)
                }
            }
        }
    }

    HomeSkeleton {
        anchors.fill: parent
        visible: page.home.phase === "loading"
    }

    EmptyState {
        objectName: "homeEmpty"
        anchors.centerIn: parent
        width: parent.width - Theme.gap8 * 2
        visible: page.home.phase === "empty"
        title: page.shell.offline.text ? "Nothing is kept here yet" : "No films yet"
        text: page.shell.offline.text ? "The catalogue comes with the first connection to the service." : "The service has not shown any films so far. Look in again soon."
        drawing: page.shell.offline.text ? "drawing-wire" : "drawing-reel"
        action: "Try again"
        onActed: page.shell.refresh()
    }

    EmptyState {
        objectName: "homeFailed"
        anchors.centerIn: parent
        width: parent.width - Theme.gap8 * 2
        visible: page.home.phase === "failed"
        title: page.home.failure.title
        text: page.home.failure.text
        drawing: "drawing-wire"
        action: page.home.failure.label
        onActed: page.home.failure.act()
    }
}
