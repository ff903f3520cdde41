import QtQuick
import QtQuick.Layouts
import Verite

ColumnLayout {
    id: empty

    required property string title
    property string text: ""
    property string action: ""
    property string drawing: "drawing-screen"
    readonly property string said: visible ? title + ". " + text : ""

    signal acted

    spacing: Theme.gap3
    Accessible.role: Accessible.Grouping
    Accessible.name: title
    onSaidChanged: if (said !== "") Accessible.announce(said)

    Icon {
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Theme.scaled(160)
        Layout.preferredHeight: Theme.scaled(128)
        name: empty.drawing
        colour: Theme.text3
    }

    TitleText {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.measure
        Layout.alignment: Qt.AlignHCenter
        horizontalAlignment: Text.AlignHCenter
        text: empty.title
    }

    FactText {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.measure
        Layout.alignment: Qt.AlignHCenter
        horizontalAlignment: Text.AlignHCenter
        visible: text !== ""
        text: empty.text
    }

    PrimaryButton {
        objectName: "emptyAction"
        Layout.topMargin: Theme.gap3
        Layout.alignment: Qt.AlignHCenter
        visible: text !== ""
        text: empty.action
        onClicked: empty.acted()
    }
}
