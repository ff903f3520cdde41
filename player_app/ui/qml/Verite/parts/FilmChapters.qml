pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: block

    required property Rows chapters

    spacing: Theme.gap2

    HeadingText {
        Layout.fillWidth: true
        text: "Chapters"
        Accessible.role: Accessible.Heading
    }

    Repeater {
        model: block.chapters
        delegate: ChapterLine {
            Layout.fillWidth: true
        }
    }
}
