import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

Panel {
    id: card

    required property FilmViewModel film
    required property CheckoutViewModel checkout
    readonly property bool idle: checkout.phase === "idle" || checkout.phase === "over"

    implicitHeight: column.implicitHeight + Theme.gap5 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: film.purchaseHeading

    component DoubleClick: Timer { interval: Application.styleHints.mouseDoubleClickInterval }

    // a double click's second lands on what has taken the place of what its first pressed
    DoubleClick { id: begun }
    DoubleClick { id: cancelled }

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap5
        spacing: Theme.gap3

        HeadingText {
            Layout.fillWidth: true
            text: card.idle ? card.film.purchaseHeading : "Payment in your browser"
        }

        BodyText {
            objectName: "standing"
            Layout.fillWidth: true
            visible: text !== "" && card.idle
            text: card.film.standing
            color: Theme.accent
        }

        RowLayout {
            Layout.fillWidth: true
            visible: card.checkout.phase === "over"
            spacing: Theme.gap2

            Icon { Layout.alignment: Qt.AlignTop; name: "card"; colour: Theme.danger }

            BodyText {
                objectName: "checkoutEnded"
                Layout.fillWidth: true
                text: card.checkout.text
            }
        }

        PrimaryButton {
            objectName: "filmAction"
            Layout.fillWidth: true
            visible: text !== "" && card.idle
            text: card.film.actionLabel
            symbol: card.film.action === "play" ? "play" : ""
            enabled: !cancelled.running
            onClicked: {
                begun.restart();
                card.film.act();
            }
        }

        FactText {
            Layout.fillWidth: true
            visible: text !== "" && card.idle
            text: card.film.purchaseLines
        }

        QuietButton {
            objectName: "otherFilms"
            Layout.fillWidth: true
            visible: text !== "" && card.idle
            text: card.film.wayOnLabel
            onClicked: card.film.goOn()
        }

        CheckoutWait {
            Layout.fillWidth: true
            visible: !card.idle
            enabled: !begun.running
            checkout: card.checkout
            onCancelPressed: cancelled.restart()
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap2
            implicitHeight: Theme.hairline
            color: Theme.line
            visible: subscribe.visible
        }

        QuietButton {
            id: subscribe

            objectName: "subscribe"
            Layout.fillWidth: true
            visible: text !== "" && card.idle
            text: card.film.subscribeLabel
            enabled: !cancelled.running
            onClicked: {
                begun.restart();
                card.film.subscribe();
            }
        }

        SmallText {
            Layout.fillWidth: true
            visible: subscribe.visible
            text: card.film.subscribeLines
        }
    }
}
