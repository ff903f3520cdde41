import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: field

    required property CaptchaViewModel captcha
    required property string label
    property string hint: ""
    property string wrong: ""
    property alias text: answer.text
    property alias input: answer.input

    signal accepted
    signal edited(string text)

    spacing: Theme.gap2

    Connections {
        target: field.captcha

        function onRenewed(): void {
            answer.text = "";
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.gap3

        Rectangle {
            width: 200
            height: 72
            radius: Theme.cardCorner
            color: "#FFFFFF"
            border.width: Theme.hairline
            border.color: Theme.edge

            Image {
                objectName: "captchaPicture"
                anchors.fill: parent
                anchors.margins: 2
                source: field.captcha.captchaId ? "image://captcha/" + field.captcha.captchaId : ""
                fillMode: Image.PreserveAspectFit
                cache: false
                Accessible.role: Accessible.Graphic
                Accessible.name: "Five characters, drawn. They can be heard too."
            }
        }

        Column {
            LinkButton {
                objectName: "captchaAnother"
                text: "Another picture"
                symbol: "another"
                enabled: !field.captcha.busy
                onClicked: field.captcha.another()
            }

            LinkButton {
                objectName: "captchaHear"
                text: "Hear it"
                symbol: "sound"
                enabled: field.captcha.captchaId !== ""
                onClicked: field.captcha.hear()
            }
        }
    }

    TextField {
        id: answer

        objectName: "captchaAnswer"
        Layout.fillWidth: true
        label: field.label
        hint: field.hint
        wrong: field.wrong || field.captcha.wrong
        maximumLength: 12
        onAccepted: field.accepted()
        onEdited: text => field.edited(text)
    }
}
