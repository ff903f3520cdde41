import QtQuick
import QtQuick.Layouts
import Verite

FocusScope {
    id: card

    required property string title
    required property string text
    required property string action
    required property string backLabel
    readonly property string said: visible ? title + ". " + text : ""

    signal acted
    signal wentBack

    implicitWidth: Theme.scaled(460)
    implicitHeight: column.implicitHeight + Theme.gap6 * 2
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title
    Accessible.description: text
    onSaidChanged: if (said !== "") Accessible.announce(said, Accessible.Assertive)
    onVisibleChanged: if (visible) forceActiveFocus()

    Rectangle {
        anchors.fill: parent
        radius: Theme.panelCorner
        color: Theme.ground1
        border.width: Theme.hairline
        border.color: Theme.line
    }

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.gap6
        spacing: Theme.gap3

        TitleText {
            Layout.fillWidth: true
            text: card.title
        }

        BodyText {
            Layout.fillWidth: true
            text: card.text
            color: Theme.text2
        }

        RowLayout {
            Layout.topMargin: Theme.gap3
            spacing: Theme.gap3

            PrimaryButton {
                objectName: "playerCardAction"
                text: card.action
                focus: true
                visible: text !== ""
                onClicked: card.acted()
            }

            QuietButton {
                objectName: "playerCardBack"
                text: card.backLabel
                onClicked: card.wentBack()
            }
        }
    }
}
