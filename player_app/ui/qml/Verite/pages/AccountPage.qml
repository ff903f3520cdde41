import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: page

    required property AccountViewModel account

    objectName: "accountPage"
    focus: true

    FormPage {
        anchors.fill: parent
        columnWidth: Theme.measure
        heading: page.account.name
        lead: page.account.subscription

        Panel {
            Layout.fillWidth: true
            implicitHeight: facts.implicitHeight + Theme.gap5 * 2

            ColumnLayout {
                id: facts

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.gap5
                spacing: Theme.gap3

                FactLine { Layout.fillWidth: true; label: "Username"; text: page.account.username }
                FactLine { Layout.fillWidth: true; label: "Email"; text: page.account.email }
                FactLine {
                    Layout.fillWidth: true
                    label: "This device"
                    text: page.account.passing ? "Passing: signed in until the player closes" : "Has a lasting place in your account"
                }
            }
        }

        LinkButton {
            objectName: "showKeptOfAccount"
            Layout.leftMargin: -Theme.gap2
            text: "What is kept on this computer"
            symbol: "device"
            onClicked: page.account.showKept()
        }

        Flow {
            Layout.fillWidth: true
            Layout.leftMargin: -Theme.gap2
            spacing: Theme.gap2

            LinkButton { text: "Receipts"; symbol: "external"; onClicked: page.account.openPage("receipts") }
            LinkButton { text: "Help with a rental"; symbol: "external"; onClicked: page.account.openPage("help") }
            LinkButton { text: "Privacy policy"; symbol: "external"; onClicked: page.account.openPage("privacy") }
        }

        QuietButton {
            objectName: "signOut"
            text: page.account.busy ? "Signing out…" : "Sign out"
            enabled: !page.account.busy
            onClicked: page.account.signOut()
        }
    }
}
