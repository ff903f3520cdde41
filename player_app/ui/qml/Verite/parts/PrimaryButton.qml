import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: button

    property string symbol: ""

    implicitWidth: Math.max(Theme.target, words.implicitWidth + Theme.gap5 * 2)
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.gap5
    rightPadding: Theme.gap5
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.cardCorner
        color: button.down ? Theme.accentPressed : button.hovered ? Theme.accentHover : Theme.accent

        Behavior on color {
            ColorAnimation { duration: Theme.quick; easing.type: Easing.OutCubic }
        }

        FocusRing { shown: button.visualFocus }
    }
    contentItem: ButtonWords {
        id: words

        text: button.text
        symbol: button.symbol
        colour: Theme.accentText
        weight: Font.DemiBold
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
