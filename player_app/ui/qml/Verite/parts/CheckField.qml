import QtQuick
import QtQuick.Templates as T
import Verite

T.CheckBox {
    id: box

    property string wrong: ""

    implicitWidth: words.implicitWidth + Theme.icon + Theme.gap3 * 2
    implicitHeight: Math.max(Theme.target, words.implicitHeight + Theme.gap2 * 2)
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: wrong
    Accessible.checked: checked

    indicator: Rectangle {
        y: (box.height - height) / 2
        width: Theme.icon
        height: Theme.icon
        radius: Theme.gap1
        color: box.checked ? Theme.accent : Theme.ground1
        border.width: box.wrong ? Theme.ring : Theme.hairline
        border.color: box.wrong ? Theme.danger : box.checked ? Theme.accent : Theme.edge

        Icon {
            anchors.centerIn: parent
            size: Theme.icon - Theme.gap1
            name: "check"
            colour: Theme.accentText
            visible: box.checked
        }

        FocusRing { shown: box.visualFocus; corner: Theme.gap1 }
    }
    contentItem: BodyText {
        id: words

        leftPadding: Theme.icon + Theme.gap3
        text: box.text
        // aligned to the middle, Qt shares out what the line has more by itself
        topPadding: 0
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
