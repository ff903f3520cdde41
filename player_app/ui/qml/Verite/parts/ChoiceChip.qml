import QtQuick
import QtQuick.Templates as T
import Verite

T.RadioButton {
    id: chip

    implicitWidth: words.implicitWidth + Theme.gap4 * 2
    implicitHeight: Theme.controlHeight
    hoverEnabled: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: text

    background: Rectangle {
        radius: height / 2
        color: chip.checked ? Theme.accent : chip.hovered ? Theme.ground2 : Theme.ground1
        border.width: Theme.hairline
        border.color: chip.checked ? Theme.accent : Theme.edge

        FocusRing { shown: chip.visualFocus; corner: chip.height / 2 }
    }
    contentItem: BodyText {
        id: words

        text: chip.text
        color: chip.checked ? Theme.accentText : Theme.text1
        horizontalAlignment: Text.AlignHCenter
        // aligned to the middle, Qt shares out what the line has more by itself
        topPadding: 0
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
    indicator: null

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
