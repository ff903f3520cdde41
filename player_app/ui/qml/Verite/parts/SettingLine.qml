import QtQuick
import QtQuick.Layouts
import Verite

GridLayout {
    id: line

    required property string label
    property string hint: ""
    default property alias control: slot.data

    columns: width > Theme.scaled(560) ? 2 : 1
    columnSpacing: Theme.gap5
    rowSpacing: Theme.gap2

    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignVCenter
        spacing: 0

        BodyText {
            Layout.fillWidth: true
            text: line.label
        }

        SmallText {
            Layout.fillWidth: true
            visible: text !== ""
            text: line.hint
        }
    }

    RowLayout {
        id: slot

        Layout.alignment: line.columns === 2 ? Qt.AlignRight : Qt.AlignLeft
        spacing: Theme.gap2
    }
}
