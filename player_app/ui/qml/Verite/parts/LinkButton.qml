import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: button

    property string symbol: ""
    property bool quiet: false

    implicitWidth: words.implicitWidth + Theme.gap2 * 2
    implicitHeight: Math.max(Theme.bodyLine + Theme.gap2, 32)
    leftPadding: Theme.gap2
    rightPadding: Theme.gap2
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.gap1
        color: button.down ? Theme.line : button.hovered ? Theme.ground2 : "transparent"

        FocusRing { shown: button.visualFocus; corner: Theme.gap1 }
    }
    contentItem: ButtonWords {
        id: words

        text: button.text
        symbol: button.symbol
        colour: button.quiet ? Theme.text2 : Theme.accent
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
