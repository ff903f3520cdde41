import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

ColumnLayout {
    id: wait

    required property CheckoutViewModel checkout

    signal cancelPressed

    spacing: Theme.gap3

    BodyText {
        readonly property string said: visible ? text : ""

        objectName: "checkoutText"
        Layout.fillWidth: true
        text: wait.checkout.text
        Accessible.role: Accessible.AlertMessage
        onSaidChanged: if (said !== "") Accessible.announce(said)
    }

    PulseBar { Layout.fillWidth: true }

    SmallText {
        Layout.fillWidth: true
        text: "Pay there, then come back: this page notices by itself."
    }

    PrimaryButton {
        objectName: "openAgain"
        Layout.fillWidth: true
        visible: wait.checkout.canOpen
        text: "Open the page again"
        symbol: "external"
        onClicked: wait.checkout.openAgain()
    }

    QuietButton {
        objectName: "copyLink"
        Layout.fillWidth: true
        visible: wait.checkout.canOpen
        text: "Copy link"
        symbol: "link"
        onClicked: wait.checkout.copyLink()
    }

    LinkButton {
        objectName: "cancelCheckout"
        Layout.alignment: Qt.AlignHCenter
        visible: wait.checkout.phase === "waiting"
        quiet: true
        text: "Cancel"
        onClicked: {
            wait.cancelPressed();
            wait.checkout.cancel();
        }
    }
}
