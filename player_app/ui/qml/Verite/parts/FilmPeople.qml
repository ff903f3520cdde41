pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: block

    required property Rows people

    spacing: Theme.gap3

    HeadingText {
        Layout.fillWidth: true
        text: "People"
        Accessible.role: Accessible.Heading
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.gap5

        Repeater {
            model: block.people
            delegate: PersonCell {}
        }
    }
}
