import QtQuick
import QtQuick.Templates as T
import Verite

T.RadioButton {
    id: row

    required property string label
    required property bool chosen

    implicitWidth: mark.width + words.implicitWidth + Theme.gap3 * 3
    implicitHeight: Math.max(36, Theme.bodyLine + Theme.gap3)
    hoverEnabled: true
    checked: chosen
    Accessible.role: Accessible.RadioButton
    Accessible.name: label
    Accessible.onToggleAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

    background: Rectangle {
        radius: Theme.gap1
        color: row.hovered || row.visualFocus ? Theme.ground2 : "transparent"

        FocusRing { shown: row.visualFocus; anchors.margins: 0; corner: Theme.gap1 }
    }
    indicator: null
    contentItem: Item {
        Icon {
            id: mark

            x: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            name: "check"
            colour: Theme.accent
            opacity: row.chosen ? 1 : 0
        }

        BodyText {
            id: words

            anchors.left: mark.right
            anchors.leftMargin: Theme.gap3
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: row.label
            color: row.chosen ? Theme.accent : Theme.text1
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
