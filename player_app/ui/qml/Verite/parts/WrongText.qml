import QtQuick
import Verite

Row {
    id: wrong

    required property string text

    spacing: Theme.gap1
    visible: text !== ""

    Icon {
        name: "warning"
        colour: Theme.danger
        size: Theme.smallLine
    }

    SmallText {
        objectName: "wrongText"
        width: wrong.width - Theme.smallLine - Theme.gap1
        text: wrong.text
        color: Theme.danger
    }
}
