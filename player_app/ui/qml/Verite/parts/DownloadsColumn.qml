pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: downloads

    required property LibraryViewModel library
    // the page's whole width is this column's
    property bool alone: false

    spacing: Theme.gap3
    Accessible.role: Accessible.Grouping
    Accessible.name: "On this computer"

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap3

        HeadingText {
            Layout.fillWidth: true
            text: "On this computer"
            Accessible.role: Accessible.Heading
        }

        SmallText {
            objectName: "room"
            Layout.alignment: Qt.AlignBaseline
            text: downloads.library.room
            horizontalAlignment: Text.AlignRight
        }
    }

    FactText {
        Layout.fillWidth: true
        visible: downloads.library.downloads.count === 0
        text: downloads.library.noneTaken
    }

    SmallText {
        objectName: "unkept"
        Layout.fillWidth: true
        visible: text !== ""
        text: downloads.library.unkept
    }

    GridLayout {
        Layout.fillWidth: true
        columns: downloads.alone ? 2 : 1
        columnSpacing: Theme.gap6
        rowSpacing: Theme.gap3
        uniformCellWidths: true

        Repeater {
            id: cards

            model: downloads.library.downloads
            onItemRemoved: index => {
                if (count > 0)
                    (itemAt(Math.min(index, count - 1)) as ShelfCard).takeFocus();
            }
            delegate: ShelfCard {
                objectName: "download-" + id
                Layout.fillWidth: true
                Layout.fillHeight: true
                onOpened: downloads.library.open(id)
                onPlayed: downloads.library.play(id)
                onPaused: downloads.library.pause(id)
                onResumed: downloads.library.resume(id)
                onWentSooner: downloads.library.sooner(id)
                onRemoved: downloads.library.remove(id)
                onHelped: downloads.library.help(id)
                onChecked: downloads.library.check(id)
                onCheckStopped: downloads.library.stopCheck()
                onRepaired: downloads.library.repair(id)
            }
        }
    }
}
