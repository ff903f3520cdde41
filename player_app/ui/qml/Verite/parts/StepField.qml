import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Verite

ColumnLayout {
    id: field

    required property string label
    required property string value
    property int letters: 12
    property bool wrong: false
    property alias input: input

    signal stepped(int steps)
    signal typed(string text)
    signal accepted

    spacing: Theme.gap1

    SmallText {
        Layout.fillWidth: true
        text: field.label
        Accessible.ignored: true
    }

    T.TextField {
        id: input

        objectName: field.objectName + "Input"
        Layout.fillWidth: true
        implicitWidth: metrics.averageCharacterWidth * field.letters + leftPadding + rightPadding
        implicitHeight: Theme.controlHeight
        leftPadding: Theme.gap3
        rightPadding: Theme.gap2 + steps.width
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.text1
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        selectByMouse: true
        maximumLength: 40
        font.family: Theme.working
        font.pixelSize: Theme.bodySize
        font.features: { "tnum": 1 }
        text: field.value
        Accessible.role: Accessible.EditableText
        Accessible.name: field.label
        Accessible.description: "Up and Down change it"
        Keys.onUpPressed: field.stepped(1)
        Keys.onDownPressed: field.stepped(-1)
        onEditingFinished: if (text !== field.value) field.typed(text)
        onAccepted: field.accepted()
        onActiveFocusChanged: if (activeFocus) selectAll()

        FontMetrics {
            id: metrics

            font: input.font
        }

        // what was typed is told in other words, or was changed by a key
        Connections {
            target: field

            function onValueChanged(): void {
                input.text = field.value;
            }
        }

        background: Rectangle {
            radius: Theme.cardCorner
            color: Theme.ground1
            border.width: field.wrong ? Theme.ring : Theme.hairline
            border.color: field.wrong ? Theme.danger : input.hovered ? Theme.text2 : Theme.edge

            FocusRing { shown: input.activeFocus }
        }

        Column {
            id: steps

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter

            StepButton { up: true; label: field.label; onClicked: field.stepped(1) }
            StepButton { up: false; label: field.label; onClicked: field.stepped(-1) }
        }
    }
}
