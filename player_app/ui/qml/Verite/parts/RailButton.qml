import QtQuick
import QtQuick.Templates as T
import Verite

T.Button {
    id: button

    required property string symbol
    required property bool current
    required property bool wide
    property string key: ""
    // how far something is that comes, 0 to 1; below 0 nothing does
    property real moving: -1
    property string movingText: ""

    implicitHeight: Math.max(52, Theme.icon + Theme.gap4 * 2)
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: current
    Accessible.description: movingText || key
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap2
        anchors.rightMargin: Theme.gap2
        anchors.topMargin: 2
        anchors.bottomMargin: 2
        radius: Theme.panelCorner
        color: button.down ? Theme.line : button.hovered || button.current ? Theme.ground2 : "transparent"

        FocusRing { shown: button.visualFocus; corner: Theme.panelCorner; anchors.margins: -Theme.ringOff }
    }
    contentItem: Item {
        Rectangle {
            x: Theme.gap2
            width: 3
            height: Theme.icon
            radius: 2
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.accent
            visible: button.current
        }

        Icon {
            id: icon

            x: button.wide ? Theme.gap5 : (parent.width - width) / 2
            anchors.verticalCenter: parent.verticalCenter
            name: button.symbol
            colour: button.current ? Theme.accent : button.hovered ? Theme.text1 : Theme.text2
        }

        ProgressLine {
            anchors.horizontalCenter: icon.horizontalCenter
            anchors.top: icon.bottom
            anchors.topMargin: Theme.gap1
            width: icon.width
            implicitHeight: 3
            color: Theme.line
            visible: button.moving >= 0
            label: button.movingText
            part: button.moving
            Accessible.ignored: true
        }

        BodyText {
            anchors.left: icon.right
            anchors.leftMargin: Theme.gap3
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            visible: button.wide
            text: button.text
            color: button.current ? Theme.text1 : Theme.text2
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }

    HoverHandler { cursorShape: Qt.PointingHandCursor }

    RailLabel {
        anchors.left: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: button.movingText || (button.key ? button.text + "  (" + button.key + ")" : button.text)
        visible: !button.wide && (button.visualFocus || button.hovered)
    }
}
