import QtQuick
import Verite

Column {
    id: line

    required property string label
    required property string text

    SmallText {
        width: parent.width
        text: line.label
    }

    BodyText {
        width: parent.width
        text: line.text
    }
}
