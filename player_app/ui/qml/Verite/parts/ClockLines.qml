import QtQuick
import QtQuick.Layouts
import Verite

RowLayout {
    id: clocks

    required property string running
    property string other: ""
    property bool over: false

    spacing: Theme.gap2
    visible: running !== ""

    Icon {
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: (Theme.bodyLine - size) / 2
        name: "clock"
        colour: clocks.over ? Theme.text3 : Theme.accent
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        BodyText {
            objectName: "clock"
            Layout.fillWidth: true
            text: clocks.running
            color: clocks.over ? Theme.text2 : Theme.accent
        }

        SmallText {
            objectName: "otherClock"
            Layout.fillWidth: true
            visible: text !== ""
            text: clocks.other
        }
    }
}
