import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property ServiceViewModel service
    required property ShellViewModel shell
    readonly property bool found: service.phase === "found" || service.phase === "choosing"

    objectName: "servicePage"
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
        heading: page.service.hasCurrent ? "Change the service" : "Choose a service"
        lead: page.service.hasCurrent ? "You use " + page.service.currentName + ". Changing signs you out of it." : "Verité plays the films of a documentary service. Which one is yours?"

        ColumnLayout {
            Layout.fillWidth: true
            visible: !page.found
            spacing: Theme.gap4

            TextField {
                id: address

                objectName: "serviceAddress"
                Layout.fillWidth: true
                label: "Address or link"
                placeholder: "films.example.org"
                hint: "A web address, or a verite:// link that someone gave you."
                wrong: page.service.wrong
                enabled: page.service.phase === "asking"
                maximumLength: 2000
                onAccepted: page.service.lookUp(text)
            }

            PrimaryButton {
                objectName: "serviceLookUp"
                Layout.fillWidth: true
                text: page.service.phase === "looking" ? "Looking…" : "Look it up"
                enabled: page.service.phase === "asking"
                onClicked: page.service.lookUp(address.text)
            }

            PulseBar {
                Layout.fillWidth: true
                visible: page.service.phase === "looking"
            }
        }

        Panel {
            Layout.fillWidth: true
            visible: page.found
            implicitHeight: details.implicitHeight + Theme.gap5 * 2

            ColumnLayout {
                id: details

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.gap5
                spacing: Theme.gap2

                TitleText {
                    objectName: "serviceName"
                    Layout.fillWidth: true
                    text: page.service.name
                }

                FactText {
                    objectName: "serviceFoundAddress"
                    Layout.fillWidth: true
                    text: page.service.address
                    wrapMode: Text.WrapAnywhere
                }

                SmallText {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.gap2
                    text: "Your sign-in and your payments go to this address and to no other."
                }

                PrimaryButton {
                    objectName: "serviceChoose"
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.gap3
                    text: "Use this service"
                    enabled: page.service.phase === "found"
                    onClicked: page.service.choose()
                }

                QuietButton {
                    Layout.fillWidth: true
                    text: "Another address"
                    onClicked: page.service.another()
                }

                WrongText {
                    Layout.fillWidth: true
                    text: page.service.wrong
                }
            }
        }
    }
}
