import QtQuick
import Verite

Rectangle {
    id: chip

    required property string text

    implicitWidth: words.implicitWidth + Theme.gap3 * 2
    implicitHeight: words.implicitHeight + Theme.gap1 * 2
    radius: height / 2
    color: Theme.ground2

    SmallText {
        id: words

        anchors.centerIn: parent
        text: chip.text
        wrapMode: Text.NoWrap
    }
}
