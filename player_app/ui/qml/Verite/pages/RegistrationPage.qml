pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property RegistrationViewModel registration
    required property ShellViewModel shell
    readonly property string phase: registration.phase

    objectName: "registrationPage"
    focus: true

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
        heading: "Create an account"
        lead: "One account for renting, subscribing and commenting."

        ColumnLayout {
            Layout.fillWidth: true
            visible: page.phase === "loading"
            spacing: Theme.gap5

            Repeater {
                model: 5
                delegate: Skeleton {
                    required property int index

                    Layout.fillWidth: true
                    implicitHeight: Theme.controlHeight
                }
            }
        }

        MessageBar {
            objectName: "registrationFailed"
            Layout.fillWidth: true
            visible: page.phase === "failed"
            text: page.phase === "failed" ? page.registration.wrong : ""
            action: "Try again"
            onActed: page.registration.load()
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: page.phase === "form" || page.phase === "sending"
            spacing: Theme.gap4

            Repeater {
                id: fields

                model: page.registration.fields
                delegate: FormField {
                    Layout.fillWidth: true
                    registration: page.registration
                }
            }

            WrongText {
                objectName: "registrationWrong"
                Layout.fillWidth: true
                text: page.phase === "form" ? page.registration.wrong : ""
            }

            PrimaryButton {
                objectName: "registerSend"
                Layout.fillWidth: true
                text: page.phase === "sending" ? "Creating your account…" : "Create the account"
                enabled: page.phase === "form"
                onClicked: page.registration.send()
            }
        }

        LinkButton {
            objectName: "toSignIn"
            Layout.leftMargin: -Theme.gap2
            quiet: true
            text: "I have an account: sign in"
            onClicked: page.registration.signInInstead()
        }
    }

    Connections {
        target: page.registration

        function onFirstWrong(index: int): void {
            (fields.itemAt(index) as FormField)?.takeFocus();
        }
    }
}
