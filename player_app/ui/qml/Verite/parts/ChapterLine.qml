import QtQuick
import QtQuick.Layouts
import Verite

RowLayout {
    id: line

    required property string at
    required property string title

    spacing: Theme.gap4

    FactText {
        Layout.preferredWidth: Theme.scaled(56)
        text: line.at
        font.features: { "tnum": 1 }
    }

    BodyText {
        Layout.fillWidth: true
        text: line.title
    }
}
