import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: field

    required property string id
    required property string kind
    required property string label
    required property string hint
    required property string wrong
    required property int longest
    required property string first_link
    required property string second_link
    required property RegistrationViewModel registration

    spacing: Theme.gap1

    function takeFocus(): void {
        (kind === "captcha" ? captcha.input : kind === "checkbox" ? box : line.input).forceActiveFocus(Qt.TabFocusReason);
    }

    TextField {
        id: line

        objectName: "field-" + field.id
        Layout.fillWidth: true
        visible: field.kind !== "captcha" && field.kind !== "checkbox"
        label: field.label
        hint: field.hint
        wrong: field.wrong
        isSecret: field.kind === "password"
        maximumLength: field.longest
        onEdited: text => field.registration.type(field.id, text)
        onAccepted: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Component.onCompleted: text = field.registration.typed(field.id)

        Connections {
            target: line.input

            function onEditingFinished(): void {
                field.registration.leave(field.id);
            }
        }
    }

    CaptchaField {
        id: captcha

        Layout.fillWidth: true
        visible: field.kind === "captcha"
        label: field.label
        hint: field.hint
        wrong: field.wrong
        captcha: field.registration.captcha
        onEdited: text => field.registration.type(field.id, text)
        onAccepted: field.registration.send()
    }

    CheckField {
        id: box

        objectName: "field-" + field.id
        Layout.fillWidth: true
        visible: field.kind === "checkbox"
        text: field.label
        wrong: field.wrong
        onToggled: field.registration.type(field.id, checked ? "true" : "")
    }

    Flow {
        Layout.fillWidth: true
        Layout.leftMargin: -Theme.gap2
        visible: field.first_link !== ""
        spacing: Theme.gap2

        LinkButton {
            text: field.first_link
            symbol: "external"
            visible: text !== ""
            onClicked: field.registration.openLink(field.id, 0)
        }

        LinkButton {
            text: field.second_link
            symbol: "external"
            visible: text !== ""
            onClicked: field.registration.openLink(field.id, 1)
        }
    }

    WrongText {
        Layout.fillWidth: true
        label: field.label
        text: field.kind === "checkbox" ? field.wrong : ""
    }
}
