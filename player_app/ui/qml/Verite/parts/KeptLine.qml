import QtQuick
import QtQuick.Layouts
import Verite

ColumnLayout {
    id: line

    required property string id
    required property string heading
    required property string title
    required property string facts
    required property string why
    required property string where
    required property string size
    required property bool removable
    required property bool busy

    signal removed

    spacing: Theme.gap3
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    HeadingText {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap4
        visible: text !== ""
        text: line.heading
        Accessible.role: Accessible.Heading
    }

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: Theme.hairline
        color: Theme.faint(Theme.line, 0.6)
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap4

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: 0

            BodyText {
                Layout.fillWidth: true
                text: line.title
                font.weight: Font.Medium
            }

            FactText {
                Layout.fillWidth: true
                text: line.why
            }

            SmallText {
                Layout.fillWidth: true
                Layout.topMargin: Theme.gap1
                visible: text !== ""
                text: line.where
                color: Theme.text3
                wrapMode: Text.WrapAnywhere
            }
        }

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            spacing: 0

            BodyText {
                Layout.alignment: Qt.AlignRight
                text: line.size
                wrapMode: Text.NoWrap
                font.features: { "tnum": 1 }
            }

            SmallText {
                Layout.alignment: Qt.AlignRight
                visible: text !== ""
                text: line.facts
                wrapMode: Text.NoWrap
            }
        }

        IconButton {
            objectName: "removeKept"
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: (Theme.bodyLine - height) / 2
            opacity: line.removable ? 1 : 0
            enabled: line.removable && !line.busy
            symbol: "trash"
            label: "Remove"
            Accessible.name: label + ": " + line.title
            Accessible.ignored: !line.removable
            onClicked: line.removed()
        }
    }
}
