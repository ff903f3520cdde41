import QtQuick
import Verite

Rectangle {
    id: mark

    required property string text

    implicitWidth: words.implicitWidth + Theme.gap2
    implicitHeight: words.implicitHeight
    radius: 3
    color: Theme.faint(Theme.ground0, 0.82)

    SmallText {
        id: words

        anchors.centerIn: parent
        text: mark.text
        color: Theme.text1
        font.pixelSize: Theme.smallSize - 2
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
