import QtQuick
import Verite
import Verite.Models

Rectangle {
    id: rail

    required property ShellViewModel shell
    required property LibraryViewModel library
    required property bool wide

    color: Theme.ground0
    Accessible.role: Accessible.PageTabList
    Accessible.name: "Main"

    Rectangle {
        anchors.right: parent.right
        width: Theme.hairline
        height: parent.height
        color: Theme.faint(Theme.line, 0.55)
    }

    Column {
        anchors.top: parent.top
        anchors.topMargin: Theme.gap4
        width: parent.width
        spacing: Theme.gap1

        Item {
            width: parent.width
            height: Theme.scaled(48)

            TitleText {
                x: rail.wide ? Theme.gap5 : 0
                width: parent.width - x
                horizontalAlignment: rail.wide ? Text.AlignLeft : Text.AlignHCenter
                text: rail.wide ? "Verité" : "V"
                color: Theme.accent
                font.italic: true
                Accessible.ignored: true
            }
        }

        RailButton {
            objectName: "railHome"
            width: parent.width
            wide: rail.wide
            symbol: "home"
            text: "Home"
            current: rail.shell.section === "home"
            onClicked: rail.shell.go("home")
        }

        RailButton {
            objectName: "railLibrary"
            width: parent.width
            wide: rail.wide
            symbol: "library"
            text: "Library"
            moving: rail.library.moving
            movingText: rail.library.movingText
            current: rail.shell.section === "library"
            onClicked: rail.shell.go("library")
        }

        RailButton {
            objectName: "railSearch"
            width: parent.width
            wide: rail.wide
            symbol: "search"
            text: "Search"
            key: "/"
            current: rail.shell.section === "search"
            onClicked: rail.shell.go("search")
        }
    }

    Column {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap4
        width: parent.width
        spacing: Theme.gap1

        RailButton {
            objectName: "railSettings"
            width: parent.width
            wide: rail.wide
            symbol: "settings"
            text: "Settings"
            current: rail.shell.section === "settings"
            onClicked: rail.shell.go("settings")
        }

        RailButton {
            objectName: "railAccount"
            width: parent.width
            wide: rail.wide
            symbol: "account"
            text: rail.shell.signedIn ? rail.shell.accountName : "Sign in"
            current: rail.shell.section === "account"
            onClicked: rail.shell.go("account")
        }
    }
}
