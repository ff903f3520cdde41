import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Verite

ColumnLayout {
    id: field

    required property string label
    property string hint: ""
    property string wrong: ""
    property string symbol: ""
    property bool labelShown: true
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias secret: field.isSecret
    property bool isSecret: false
    property alias input: input
    property alias maximumLength: input.maximumLength

    signal accepted
    signal edited(string text)

    spacing: Theme.gap1

    BodyText {
        Layout.fillWidth: true
        visible: field.labelShown
        text: field.label
        font.weight: Font.Medium
        Accessible.ignored: true
    }

    T.TextField {
        id: input

        Layout.fillWidth: true
        implicitHeight: Theme.controlHeight
        leftPadding: field.symbol ? Theme.gap3 + Theme.icon + Theme.gap2 : Theme.gap3
        rightPadding: Theme.gap3
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.text1
        placeholderTextColor: Theme.text3
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        selectByMouse: true
        echoMode: field.isSecret ? TextInput.Password : TextInput.Normal
        font.family: Theme.working
        font.pixelSize: Theme.bodySize
        Accessible.role: Accessible.EditableText
        Accessible.name: field.label
        Accessible.description: field.isSecret ? field.label + ". " + (field.wrong || field.hint) : field.wrong || field.hint
        onAccepted: field.accepted()
        onTextEdited: field.edited(text)

        background: Rectangle {
            radius: Theme.cardCorner
            color: Theme.ground1
            border.width: field.wrong ? Theme.ring : Theme.hairline
            border.color: field.wrong ? Theme.danger : input.hovered ? Theme.text2 : Theme.edge

            FocusRing { shown: input.activeFocus }
        }

        BodyText {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: input.leftPadding
            anchors.rightMargin: input.rightPadding
            anchors.verticalCenter: parent.verticalCenter
            visible: input.text === "" && input.preeditText === ""
            text: input.placeholderText
            color: Theme.text3
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Icon {
            x: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            visible: field.symbol !== ""
            name: field.symbol || "search"
            colour: Theme.text3
        }
    }

    SmallText {
        Layout.fillWidth: true
        visible: text !== "" && field.wrong === ""
        text: field.hint
        color: Theme.text3
        Accessible.ignored: true
    }

    WrongText {
        Layout.fillWidth: true
        label: field.label
        text: field.wrong
    }
}
