import QtQuick
import QtQuick.Templates as T
import Verite

T.TextArea {
    id: box

    required property string label

    implicitHeight: Math.max(Theme.bodyLine * 3 + Theme.gap3 * 2, contentHeight + Theme.gap3 * 2)
    padding: Theme.gap3
    color: Theme.text1
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    font.family: Theme.working
    font.pixelSize: Theme.bodySize
    Accessible.role: Accessible.EditableText
    Accessible.name: label
    KeyNavigation.priority: KeyNavigation.BeforeItem
    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

    background: Rectangle {
        radius: Theme.cardCorner
        color: Theme.ground1
        border.width: Theme.hairline
        border.color: box.hovered ? Theme.text2 : Theme.edge

        FocusRing { shown: box.activeFocus }
    }

    BodyText {
        x: box.padding
        y: box.padding
        width: box.width - box.padding * 2
        visible: box.text === "" && box.preeditText === ""
        text: box.placeholderText
        color: Theme.text3
        Accessible.ignored: true
    }
}
