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
    // beside large words there is no room for what can be done
    readonly property bool narrow: width < Theme.scaled(480)

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

    GridLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.gap4
        anchors.rightMargin: Theme.gap3
        anchors.topMargin: Theme.gap2
        anchors.bottomMargin: Theme.gap2
        columns: bar.narrow ? 1 : 2
        columnSpacing: Theme.gap3
        rowSpacing: Theme.gap1

        RowLayout {
            Layout.fillWidth: true
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
        }

        RowLayout {
            Layout.leftMargin: bar.narrow ? Theme.icon + Theme.gap1 : 0
            visible: bar.action !== "" || bar.wayOut !== "" || bar.dismissible
            spacing: Theme.gap3

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
}
