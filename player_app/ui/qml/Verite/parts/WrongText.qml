import QtQuick
import Verite

Row {
    id: wrong

    required property string text
    property string label: ""
    readonly property string said: visible ? (label ? label + ": " + text : text) : ""

    spacing: Theme.gap1
    visible: text !== ""
    onSaidChanged: if (said !== "") words.Accessible.announce(said)

    Icon {
        name: "warning"
        colour: Theme.danger
        size: Theme.smallLine
    }

    SmallText {
        id: words

        objectName: "wrongText"
        width: wrong.width - Theme.smallLine - Theme.gap1
        text: wrong.text
        color: Theme.danger
    }
}
