import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: form

    required property SignInViewModel signIn

    spacing: Theme.gap4
    onVisibleChanged: if (visible) email.input.forceActiveFocus()

    function send(): void {
        signIn.signIn(email.text, password.text, captcha.text);
    }

    TextField {
        id: email

        objectName: "signInEmail"
        Layout.fillWidth: true
        label: "Email"
        maximumLength: 320
        onAccepted: password.input.forceActiveFocus()
    }

    TextField {
        id: password

        objectName: "signInPassword"
        Layout.fillWidth: true
        label: "Password"
        isSecret: true
        wrong: form.signIn.wrong
        maximumLength: 512
        onWrongChanged: if (wrong !== "") input.forceActiveFocus()
        onAccepted: form.send()
    }

    CaptchaField {
        id: captcha

        Layout.fillWidth: true
        visible: form.signIn.captchaWanted
        label: "Five characters"
        hint: "Type the five characters of the picture."
        captcha: form.signIn.captcha
        onAccepted: form.send()
    }

    PrimaryButton {
        objectName: "signInSend"
        Layout.fillWidth: true
        text: form.signIn.busy ? "Signing in…" : "Sign in"
        enabled: !form.signIn.busy
        onClicked: form.send()
    }

    LinkButton {
        Layout.leftMargin: -Theme.gap2
        quiet: true
        text: "Use the browser instead"
        onClicked: form.signIn.inBrowser()
    }
}
