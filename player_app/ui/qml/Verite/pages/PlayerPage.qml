import QtMultimedia
import QtQuick
import QtQuick.Window
import Verite
import Verite.Models

FocusScope {
    id: page

    required property PlayerViewModel player

    readonly property bool controlsShown: awake.running || !player.playing || player.opening || controls.activeFocus || top.activeFocus || controls.menuOpen || keys.opened
    readonly property bool fullScreen: player.fullScreen
    // at its end a film can be sought back into, after a failure it can not
    readonly property bool failed: card.visible && player.positionMs < player.lengthMs
    // a button that went out of sight keeps the focus, and swallows the keys
    readonly property bool focusLost: Window.activeFocusItem !== null && !Window.activeFocusItem.visible
    property point rest
    // most films are open before a picture of them could be looked at
    property bool waited: false

    // Qt tells of a pointer that rests, too, whenever the scene below it changes
    function pointed(place: point): void {
        if (place !== rest)
            wake();
        rest = place;
    }

    function wake(): void {
        awake.restart();
    }

    objectName: "playerPage"
    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: player.film.title
    Component.onCompleted: player.showIn(picture.videoSink)
    Keys.onPressed: event => {
        wake();
        event.accepted = player.keys.press(event.key, event.text);
    }
    onFocusLostChanged: if (focusLost) Qt.callLater(seat.forceActiveFocus)
    onFullScreenChanged: fullScreen ? Window.window.showFullScreen() : Window.window.showNormal()

    Item {
        id: seat

        focus: true
    }

    Timer {
        id: awake

        interval: 2500
        running: true
    }

    Timer {
        interval: 250
        running: page.player.opening
        onTriggered: page.waited = true
    }

    Rectangle {
        anchors.fill: parent
        color: "black"
    }

    Still {
        anchors.fill: parent
        sha256: page.waited || page.failed ? page.player.film.backdrop : ""
        colour: "#000000"
        opacity: page.player.opening || (page.failed && picture.sourceRect.width <= 0) ? 0.35 : 0
        visible: opacity > 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
        }
    }

    VideoOutput {
        id: picture

        objectName: "picture"
        anchors.fill: parent
        fillMode: VideoOutput.PreserveAspectFit
        endOfStreamPolicy: VideoOutput.KeepLastFrame
        visible: !page.player.opening
        Accessible.role: Accessible.Graphic
        Accessible.name: "The film’s picture"
    }

    HoverHandler {
        cursorShape: page.controlsShown ? Qt.ArrowCursor : Qt.BlankCursor
        onPointChanged: page.pointed(point.position)
    }

    TapHandler {
        exclusiveSignals: TapHandler.SingleTap | TapHandler.DoubleTap
        onSingleTapped: page.player.togglePlay()
        onDoubleTapped: page.player.toggleFullScreen()
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        height: top.implicitHeight * 1.8
        opacity: top.opacity
        gradient: Gradient {
            GradientStop { position: 0; color: Qt.rgba(0, 0, 0, 0.86) }
            GradientStop { position: 0.52; color: Qt.rgba(0, 0, 0, Theme.scrim) }
            GradientStop { position: 1; color: "transparent" }
        }
    }

    Rectangle {
        id: bottomScrim

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: controls.height + Theme.gap8
        opacity: foot.visible ? foot.opacity : 0
        gradient: Gradient {
            GradientStop { position: 0; color: "transparent" }
            GradientStop { position: Theme.gap8 / bottomScrim.height; color: Qt.rgba(0, 0, 0, Theme.scrim) }
            GradientStop { position: 1; color: Qt.rgba(0, 0, 0, 0.9) }
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Qt.rgba(0, 0, 0, 0.6)
        visible: card.visible
    }

    CaptionLayer {
        anchors.fill: picture
        anchors.topMargin: Theme.gap8
        anchors.bottomMargin: page.controlsShown ? controls.height + Theme.scaled(16) : Theme.gap6
        pictureHeight: picture.contentRect.height || picture.height
        text: page.player.opening || card.visible ? "" : page.player.captionLine.caption
        size: page.player.captionLine.captionSize
        ground: page.player.captionLine.captionGround
    }

    // out of sight the controls are out of the pointer's reach, but not out of a screen reader's
    FocusScope {
        id: top

        anchors.left: parent.left
        anchors.right: parent.right
        implicitHeight: Theme.scaled(76)
        height: opacity > 0 ? implicitHeight : 0
        clip: opacity === 0
        opacity: page.controlsShown ? 1 : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
        }

        IconButton {
            id: back

            objectName: "leavePlayer"
            x: Theme.gap4
            anchors.verticalCenter: parent.verticalCenter
            symbol: "back"
            label: "Back to the film"
            key: "Esc"
            focusPolicy: Qt.TabFocus
            onClicked: page.player.leave()
        }

        Column {
            anchors.left: back.right
            anchors.leftMargin: Theme.gap3
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap5
            anchors.verticalCenter: parent.verticalCenter

            HeadingText {
                objectName: "playerTitle"
                width: parent.width
                text: page.player.film.title
                elide: Text.ElideRight
                maximumLineCount: 1
            }

            SmallText {
                width: parent.width
                text: page.player.film.facts
                elide: Text.ElideRight
                maximumLineCount: 1
            }
        }
    }

    FocusScope {
        id: foot

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: opacity > 0 ? controls.height : 0
        clip: opacity === 0
        opacity: page.controlsShown ? 1 : 0
        visible: !page.failed

        Behavior on opacity {
            NumberAnimation { duration: Theme.slow; easing.type: Easing.OutCubic }
        }

        PlayerControls {
            id: controls

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            player: page.player
        }
    }

    OpeningLine {
        anchors.centerIn: parent
        visible: page.player.opening && page.player.messageText === ""
    }

    MessageBar {
        objectName: "playerMessage"
        anchors.horizontalCenter: parent.horizontalCenter
        y: top.implicitHeight + Theme.gap2
        width: Math.min(parent.width - Theme.gap6 * 2, Theme.scaled(720))
        border.width: Theme.hairline
        border.color: Theme.line
        symbol: page.player.reconnecting ? "offline" : "warning"
        text: page.player.messageText
        action: page.player.reconnecting ? "Try now" : ""
        dismissible: false
        onActed: page.player.tryNow()
        wayOut: page.player.reconnecting ? "Stop" : ""
        onWentOut: page.player.leave()
    }

    MessageBar {
        objectName: "unkeptBar"
        anchors.horizontalCenter: parent.horizontalCenter
        y: top.implicitHeight + Theme.gap2
        width: Math.min(parent.width - Theme.gap6 * 2, Theme.scaled(720))
        border.width: Theme.hairline
        border.color: Theme.line
        visible: text !== "" && page.player.messageText === ""
        text: page.player.unkept.text
        action: page.player.unkept.label
        dismissible: true
        onActed: page.player.unkept.act()
        onDismissed: page.player.unkept.dismiss()
    }

    PlayerCard {
        id: card

        objectName: "playerCard"
        anchors.centerIn: parent
        width: Math.min(implicitWidth, parent.width - Theme.gap6 * 2)
        title: page.player.cardTitle
        text: page.player.cardText
        action: page.player.cardAction
        backLabel: "Back to the film"
        visible: title !== ""
        onActed: page.player.act()
        onWentBack: page.player.leave()
    }

    CheatSheet {
        id: keys

        objectName: "cheatSheet"
        keys: page.player.keys.keyRows
        visible: page.player.keys.keysShown
        onLeft: page.player.keys.hideKeys()
    }
}
