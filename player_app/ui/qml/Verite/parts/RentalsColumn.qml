pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: rentals

    required property LibraryViewModel library
    // the page's whole width is this column's
    property bool alone: false

    spacing: Theme.gap3
    Accessible.role: Accessible.Grouping
    Accessible.name: "Rentals"

    HeadingText {
        Layout.fillWidth: true
        text: "Rentals"
        Accessible.role: Accessible.Heading
    }

    GridLayout {
        Layout.fillWidth: true
        columns: rentals.alone ? 2 : 1
        columnSpacing: Theme.gap6
        rowSpacing: Theme.gap3
        uniformCellWidths: true

        Repeater {
            model: rentals.library.rentals
            delegate: RentalCard {
                objectName: "rental-" + id
                Layout.fillWidth: true
                Layout.fillHeight: true
                onOpened: rentals.library.open(id)
                onActed: rentals.library.act(id)
                onExported: rentals.library.exportEnd(id)
                onGivenBack: rentals.library.giveBack(id)
            }
        }
    }
}
