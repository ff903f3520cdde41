pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

Window {
    id: window

    required property ShellViewModel shell
    required property HomeViewModel home
    required property FilmViewModel film
    required property PlayerViewModel player
    required property SearchViewModel search
    required property SignInViewModel signIn
    required property RegistrationViewModel registration
    required property AccountViewModel account
    required property ServiceViewModel service
    required property SettingsViewModel settings
    required property DownloadSettingsViewModel downloads
    required property LibraryViewModel library
    required property TravelCheckViewModel travelCheck
    required property KeptHereViewModel kept
    required property QuestionViewModel question

    readonly property string place: shell.screen
    readonly property bool playing: place === "player"
    readonly property bool railShown: !playing && service.hasCurrent
    readonly property bool wide: width >= Theme.wideWindow

    width: 1280
    height: 800
    minimumWidth: 1024
    minimumHeight: 640
    visible: true
    title: "Verité"
    color: playing ? "#000000" : Theme.ground0

    // here, since a page that is unloaded would leave the theme as it was
    Binding { target: Theme; property: "cinema"; value: window.playing }
    Binding { target: Theme; property: "choice"; value: window.settings.theme }
    Binding { target: Theme; property: "textScale"; value: window.settings.textScale }
    Binding { target: Theme; property: "room"; value: Math.max(1, Math.min(2, window.width / 2000)) }
    Binding { target: Theme; property: "still"; value: window.settings.still }

    Connections {
        target: window.library

        function onAnnounced(text: string): void {
            announcer.Accessible.announce(text);
        }
    }

    Connections {
        target: window.shell

        function onFrontWanted(): void {
            window.raise();
            window.requestActivate();
        }
    }

    Shortcut { sequences: ["/", "Ctrl+F"]; enabled: window.railShown; onActivated: window.shell.go("search") }
    Shortcut { sequences: ["Alt+Left", "Back"]; enabled: !window.playing; onActivated: window.shell.back() }
    Shortcut { sequence: "Esc"; enabled: !window.playing; onActivated: window.shell.back() }
    Shortcut { sequence: "Ctrl+,"; enabled: window.railShown; onActivated: window.shell.go("settings") }

    Item {
        id: announcer

        Accessible.role: Accessible.AlertMessage
        Accessible.name: ""
    }

    Question { question: window.question }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rail {
            Layout.fillHeight: true
            Layout.preferredWidth: window.wide ? Theme.wideRail : Theme.rail
            z: 1
            visible: window.railShown
            shell: window.shell
            library: window.library
            wide: window.wide
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: false
                Layout.margins: implicitHeight > 0 ? Theme.gap3 : 0
                spacing: Theme.gap2

                MessageBar {
                    objectName: "offlineBar"
                    Layout.fillWidth: true
                    visible: text !== "" && window.railShown
                    symbol: window.shell.offline.symbol
                    text: window.shell.offline.text
                    action: window.shell.offline.label
                    wayOut: window.shell.section === "library" ? "" : window.shell.offline.wayOutLabel
                    onActed: window.shell.offline.act()
                    onWentOut: window.shell.offline.goOut()
                }

                MessageBar {
                    objectName: "damagedBar"
                    Layout.fillWidth: true
                    // where the choice of a service was lost, too, there is no rail yet
                    visible: text !== "" && !window.playing
                    tint: Theme.danger
                    text: window.shell.damagedText
                    action: window.service.hasCurrent ? window.shell.damagedLabel : ""
                    onActed: window.shell.actOnDamaged()
                    dismissible: true
                    onDismissed: window.shell.dismissDamaged()
                }

                MessageBar {
                    objectName: "folderBar"
                    Layout.fillWidth: true
                    visible: text !== "" && window.railShown
                    symbol: "folder"
                    tint: Theme.danger
                    text: window.library.trouble
                    action: "Try again"
                    wayOut: window.library.gone && window.shell.section !== "settings" ? "Choose another folder" : ""
                    onActed: window.library.load()
                    onWentOut: window.shell.go("settings")
                }

                MessageBar {
                    objectName: "passingBar"
                    Layout.fillWidth: true
                    visible: text !== "" && window.railShown
                    symbol: "key"
                    text: window.shell.passingText
                    action: window.shell.passingLabel
                    onActed: window.shell.actOnPassing()
                    dismissible: true
                    onDismissed: window.shell.dismissPassing()
                }
            }

            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                PageLoader {
                    shown: window.place === "home"
                    kept: true
                    sourceComponent: HomePage { home: window.home; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "film"
                    sourceComponent: FilmPage { film: window.film; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "search"
                    kept: true
                    sourceComponent: SearchPage { search: window.search }
                }

                PageLoader {
                    shown: window.place === "library"
                    kept: true
                    sourceComponent: LibraryPage { library: window.library; travelCheck: window.travelCheck; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "kept"
                    sourceComponent: KeptHerePage { kept: window.kept; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "sign-in"
                    sourceComponent: SignInPage { signIn: window.signIn; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "register"
                    sourceComponent: RegistrationPage { registration: window.registration; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "account"
                    sourceComponent: AccountPage { account: window.account }
                }

                PageLoader {
                    shown: window.place === "service"
                    sourceComponent: ServicePage { service: window.service; shell: window.shell }
                }

                PageLoader {
                    shown: window.place === "settings"
                    sourceComponent: SettingsPage { settings: window.settings; service: window.service; downloads: window.downloads; shell: window.shell }
                }

                PageLoader {
                    shown: window.playing
                    later: true
                    sourceComponent: PlayerPage { player: window.player }
                }
            }
        }
    }
}
