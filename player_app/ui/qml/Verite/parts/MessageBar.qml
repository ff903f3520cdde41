import QtQuick
import QtQuick.Layouts
import Verite

Rectangle {
    id: bar

    required property string text
    property string action: ""
    property string wayOut: ""
    property string symbol: "warning"
    property color tint: Theme.info
    property bool dismissible: false
    readonly property string said: visible ? text : ""

    signal acted
    signal wentOut
    signal dismissed

    implicitHeight: row.implicitHeight + Theme.gap2 * 2
    radius: Theme.panelCorner
    color: Theme.ground2
    visible: text !== ""
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    onSaidChanged: if (said !== "") Accessible.announce(said, Accessible.Assertive)

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.gap4
        anchors.rightMargin: Theme.gap3
        anchors.topMargin: Theme.gap2
        anchors.bottomMargin: Theme.gap2
        spacing: Theme.gap3

        Icon {
            name: bar.symbol
            colour: bar.tint
        }

        BodyText {
            Layout.fillWidth: true
            text: bar.text
            Accessible.ignored: true
        }

        LinkButton {
            objectName: "messageAction"
            text: bar.action
            visible: text !== ""
            onClicked: bar.acted()
        }

        LinkButton {
            objectName: "messageWayOut"
            text: bar.wayOut
            quiet: true
            visible: text !== ""
            onClicked: bar.wentOut()
        }

        IconButton {
            objectName: "messageDismiss"
            symbol: "close"
            label: "Dismiss"
            visible: bar.dismissible
            onClicked: bar.dismissed()
        }
    }
}
