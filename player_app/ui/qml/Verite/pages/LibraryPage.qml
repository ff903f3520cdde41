pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property LibraryViewModel library
    required property TravelCheckViewModel travelCheck
    required property ShellViewModel shell
    readonly property bool twoColumns: width > Theme.scaled(900)
    readonly property bool ready: library.phase === "ready"
    readonly property bool both: library.rentals.count > 0 && library.downloads.count > 0

    objectName: "libraryPage"
    focus: true

    ScrollPage {
        id: scroll

        anchors.fill: parent
        title: "Library"
        visible: page.ready
        contentHeight: column.y + column.implicitHeight + Theme.gap8

        ColumnLayout {
            id: column

            x: Theme.gap7
            y: Theme.gap6
            width: Math.min(scroll.width - Theme.gap7 * 2, Theme.scaled(1500))
            spacing: Theme.gap5

            GridLayout {
                Layout.fillWidth: true
                columns: page.twoColumns ? 2 : 1
                columnSpacing: Theme.gap5
                rowSpacing: Theme.gap3

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap1

                    DisplayText {
                        Layout.fillWidth: true
                        text: "Library"
                        font.pixelSize: Theme.titleSize * 1.25
                        Accessible.role: Accessible.Heading
                    }

                    FactText {
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: page.library.subscription
                    }
                }

                OfflineSwitch {
                    offline: page.shell.offline
                }
            }

            MessageBar {
                objectName: "librarySaid"
                Layout.fillWidth: true
                tint: Theme.danger
                text: page.library.said
                dismissible: true
                onDismissed: page.library.dismissSaid()
            }

            MessageBar {
                objectName: "calendarSaid"
                Layout.fillWidth: true
                symbol: page.library.calendar.isSaved ? "calendar" : "warning"
                tint: page.library.calendar.isSaved ? Theme.good : Theme.danger
                text: page.library.calendar.text
                action: page.library.calendar.isSaved ? "Open it" : ""
                onActed: page.library.calendar.open()
                dismissible: true
                onDismissed: page.library.calendar.dismiss()
            }

            TravelCheckPanel {
                objectName: "travelPanel"
                Layout.fillWidth: true
                visible: page.library.downloads.count > 0
                check: page.travelCheck
            }

            GridLayout {
                Layout.fillWidth: true
                columns: page.twoColumns && page.both ? 2 : 1
                columnSpacing: Theme.gap6
                rowSpacing: Theme.gap6
                uniformCellWidths: true

                RentalsColumn {
                    Layout.fillWidth: true
                    visible: page.library.rentals.count > 0
                    alone: page.twoColumns && !page.both
                    Layout.fillHeight: false
                    Layout.alignment: Qt.AlignTop
                    library: page.library
                }

                DownloadsColumn {
                    Layout.fillWidth: true
                    alone: page.twoColumns && !page.both
                    Layout.fillHeight: false
                    Layout.alignment: Qt.AlignTop
                    library: page.library
                }
            }

            LinkButton {
                objectName: "showKept"
                Layout.leftMargin: -Theme.gap2
                text: "What is kept on this computer"
                symbol: "device"
                onClicked: page.library.showKept()
            }
        }
    }

    LibrarySkeleton {
        anchors.fill: parent
        visible: page.library.phase === "loading"
    }

    EmptyState {
        objectName: "libraryEmpty"
        anchors.centerIn: parent
        width: parent.width - Theme.gap8 * 2
        visible: page.library.phase === "empty" || page.library.phase === "signed-out"
        title: page.library.phase === "empty" ? "Your shelf is empty" : "Sign in to see your films"
        text: page.library.phase === "empty" ? page.library.subscription || "Films that you rent, and films that you take offline, stand here." : "Your rentals, and the films that you took offline on this computer, come back when you sign in."
        drawing: page.library.phase === "empty" ? "drawing-shelf" : "drawing-door"
        action: page.library.phase === "empty" ? "See the films" : "Sign in"
        onActed: page.shell.go(page.library.phase === "empty" ? "home" : "account")
    }

    EmptyState {
        objectName: "libraryFailed"
        anchors.centerIn: parent
        width: parent.width - Theme.gap8 * 2
        visible: page.library.phase === "failed"
        title: page.library.failure.title
        text: page.library.failure.text
        drawing: "drawing-wire"
        action: page.library.failure.label
        onActed: page.library.failure.act()
    }
}
