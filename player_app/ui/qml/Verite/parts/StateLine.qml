import QtQuick
import QtQuick.Layouts
import Verite

RowLayout {
    id: line

    required property string text
    property string more: ""
    property string symbol: ""
    property string tint: ""
    readonly property color colour: tint === "good" ? Theme.good : tint === "danger" ? Theme.danger : Theme.text2

    spacing: Theme.gap2
    visible: text !== ""

    Icon {
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: (Theme.bodyLine - size) / 2
        visible: line.symbol !== ""
        name: line.symbol || "check"
        colour: line.colour
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        BodyText {
            Layout.fillWidth: true
            text: line.text
            color: line.tint === "danger" ? Theme.danger : Theme.text1
        }

        SmallText {
            Layout.fillWidth: true
            visible: text !== ""
            text: line.more
        }
    }
}
