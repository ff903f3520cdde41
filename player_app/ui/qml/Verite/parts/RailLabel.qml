import QtQuick
import Verite

Rectangle {
    id: label

    required property string text

    width: words.implicitWidth + Theme.gap3 * 2
    height: words.implicitHeight + Theme.gap2 * 2
    radius: Theme.cardCorner
    color: Theme.ground2
    border.width: Theme.hairline
    border.color: Theme.line
    z: 2

    SmallText {
        id: words

        anchors.centerIn: parent
        text: label.text
        color: Theme.text1
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
