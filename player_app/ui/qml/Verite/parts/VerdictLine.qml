import QtQuick
import QtQuick.Layouts
import Verite

GridLayout {
    id: line

    required property string title
    required property string answer
    required property string words
    required property string remedy_label

    signal helped

    columns: width > Theme.scaled(520) ? 2 : 1
    columnSpacing: Theme.gap3
    rowSpacing: 0

    StateLine {
        Layout.fillWidth: true
        text: line.title
        more: line.words
        symbol: line.answer === "yes" ? "check" : line.answer === "if" ? "warning" : "no"
        tint: line.answer === "yes" ? "good" : ""
    }

    LinkButton {
        objectName: "remedy"
        Layout.leftMargin: line.columns === 1 ? Theme.icon : 0
        visible: text !== ""
        text: line.remedy_label
        Accessible.name: text + ": " + line.title
        onClicked: line.helped()
    }
}
