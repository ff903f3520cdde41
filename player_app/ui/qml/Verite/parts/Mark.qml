import QtQuick
import Verite

Rectangle {
    id: mark

    required property string text

    implicitWidth: words.implicitWidth + Theme.gap2
    implicitHeight: Theme.smallLine
    radius: 3
    color: Theme.ground2

    SmallText {
        id: words

        anchors.centerIn: parent
        text: mark.text
        color: Theme.text2
        font.pixelSize: Theme.markSize
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
