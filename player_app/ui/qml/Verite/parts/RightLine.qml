import QtQuick
import QtQuick.Layouts
import Verite

RowLayout {
    id: line

    required property string label
    required property string answer
    required property string words

    spacing: Theme.gap3

    Icon {
        Layout.alignment: Qt.AlignTop
        name: line.answer === "yes" ? "check" : line.answer
        colour: line.answer === "yes" ? Theme.good : line.answer === "no" ? Theme.danger : Theme.info
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        BodyText {
            Layout.fillWidth: true
            text: line.label
        }

        SmallText {
            Layout.fillWidth: true
            text: line.words
        }
    }
}
