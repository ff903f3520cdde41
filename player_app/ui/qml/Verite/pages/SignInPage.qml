import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property SignInViewModel signIn
    required property ShellViewModel shell

    objectName: "signInPage"

    IconButton {
        z: 1
        x: Theme.gap1
        y: Theme.gap3
        visible: page.shell.canGoBack
        symbol: "back"
        label: "Back"
        key: "Alt+←"
        onClicked: page.shell.back()
    }

    FormPage {
        anchors.fill: parent
        heading: "Sign in"
        lead: page.signIn.phase === "browser" ? "Go on in your browser. This window comes back by itself." : "To rent, to subscribe, and to write comments."

        ColumnLayout {
            Layout.fillWidth: true
            visible: page.signIn.phase === "choosing"
            spacing: Theme.gap3

            PrimaryButton {
                objectName: "signInBrowser"
                Layout.fillWidth: true
                text: "Sign in with your browser"
                symbol: "external"
                focus: true
                onClicked: page.signIn.inBrowser()
            }

            QuietButton {
                objectName: "signInForm"
                Layout.fillWidth: true
                visible: page.signIn.offersForm
                text: "Sign in here"
                onClicked: page.signIn.inForm()
            }

            WrongText {
                Layout.fillWidth: true
                text: page.signIn.phase === "choosing" ? page.signIn.wrong : ""
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: page.signIn.phase === "browser"
            spacing: Theme.gap3

            PulseBar { Layout.fillWidth: true }

            QuietButton {
                objectName: "signInCopyLink"
                Layout.fillWidth: true
                visible: page.signIn.canCopy
                text: "No browser opened? Copy the link"
                symbol: "link"
                onClicked: page.signIn.copyLink()
            }

            LinkButton {
                objectName: "signInStop"
                Layout.leftMargin: -Theme.gap2
                quiet: true
                text: "Cancel"
                onClicked: page.signIn.stopWaiting()
            }
        }

        SignInForm {
            Layout.fillWidth: true
            visible: page.signIn.phase === "form"
            signIn: page.signIn
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap4
            implicitHeight: Theme.hairline
            color: Theme.line
        }

        Flow {
            Layout.fillWidth: true
            Layout.leftMargin: -Theme.gap2
            spacing: Theme.gap3

            LinkButton {
                objectName: "toRegistration"
                text: "Create an account"
                onClicked: page.signIn.register()
            }

            LinkButton {
                quiet: true
                text: "Forgot your password?"
                onClicked: page.signIn.forgotPassword()
            }
        }
    }
}
