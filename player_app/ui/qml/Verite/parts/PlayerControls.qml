import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

FocusScope {
    id: controls

    required property PlayerViewModel player

    readonly property bool menuOpen: speed.opened || sound.opened || captions.opened || quality.opened
    readonly property string notYet: "The film is still being opened."
    readonly property bool roomy: width >= Theme.scaled(860)

    implicitHeight: column.implicitHeight + Theme.gap4
    Accessible.role: Accessible.ToolBar
    Accessible.name: "Player"

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.gap5
        anchors.rightMargin: Theme.gap5
        anchors.bottomMargin: Theme.gap4
        spacing: Theme.gap1

        Timeline {
            objectName: "timeline"
            Layout.fillWidth: true
            player: controls.player
        }

        RowLayout {
            spacing: Theme.gap1

            PlayerButton {
                objectName: "playPauseButton"
                symbol: controls.player.playing ? "pause" : "play"
                label: controls.player.playing ? "Pause" : "Play"
                key: "Space"
                onClicked: controls.player.togglePlay()
            }

            PlayerButton {
                objectName: "back10Button"
                symbol: "back10"
                label: "Back 10 seconds"
                key: "←"
                onClicked: controls.player.step(-10000)
            }

            PlayerButton {
                objectName: "forward10Button"
                symbol: "forward10"
                label: "Forward 10 seconds"
                key: "→"
                onClicked: controls.player.step(10000)
            }

            PlayerButton {
                objectName: "muteButton"
                symbol: controls.player.choices.muted || controls.player.choices.volume === 0 ? "mute" : "sound"
                label: controls.player.choices.muted ? "Sound on" : "Mute"
                key: "M"
                onClicked: controls.player.choices.toggleMute()
            }

            VolumeSlider {
                objectName: "volumeSlider"
                volume: controls.player.choices.muted ? 0 : controls.player.choices.volume
                visible: controls.roomy
                onChosen: volume => controls.player.choices.setVolume(volume)
            }

            BodyText {
                objectName: "timeLabel"
                Layout.leftMargin: Theme.gap3
                text: controls.player.positionText + "  /  " + controls.player.lengthText
                wrapMode: Text.NoWrap
                visible: controls.player.lengthMs > 0
                font.features: { "tnum": 1 }
            }

            SmallText {
                Layout.leftMargin: Theme.gap3
                Layout.fillWidth: true
                text: controls.player.chapter
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                visible: controls.roomy
            }

            Item {
                Layout.fillWidth: true
                visible: !controls.roomy
            }

            PlayerButton {
                objectName: "speedButton"
                symbol: "speed"
                label: "Speed, now " + controls.player.choices.rateText
                key: "[ ]"
                chosen: controls.player.choices.rateText !== "1×"
                onClicked: speed.open()

                ChoiceMenu {
                    id: speed

                    title: "Speed"
                    choices: controls.player.choices.rates
                    onChosen: id => controls.player.choices.chooseRate(id)
                }
            }

            PlayerButton {
                objectName: "audioButton"
                symbol: "description"
                label: "Sound and audio description"
                key: "A"
                chosen: controls.player.choices.describing
                onClicked: sound.open()

                ChoiceMenu {
                    id: sound

                    title: "Sound"
                    choices: controls.player.choices.sounds
                    hint: choices.count > 1 ? "" : controls.player.opening ? controls.notYet : "This film has no audio description."
                    onChosen: id => controls.player.choices.chooseSound(id)
                }
            }

            PlayerButton {
                objectName: "captionsButton"
                symbol: "captions"
                label: controls.player.choices.captionsOn ? "Captions, now on" : "Captions, now off"
                key: "C"
                chosen: controls.player.choices.captionsOn
                onClicked: captions.open()

                ChoiceMenu {
                    id: captions

                    title: "Captions"
                    choices: controls.player.choices.captionChoices
                    hint: choices.count > 1 ? "" : controls.player.opening ? controls.notYet : "This film has no captions."
                    onChosen: id => controls.player.choices.chooseCaptions(id)
                }
            }

            PlayerButton {
                objectName: "qualityButton"
                symbol: "quality"
                label: "Quality, now " + controls.player.choices.qualityText
                onClicked: quality.open()

                ChoiceMenu {
                    id: quality

                    title: "Quality"
                    choices: controls.player.choices.qualities
                    onChosen: id => controls.player.choices.chooseQuality(id)
                }
            }

            PlayerButton {
                objectName: "keysButton"
                symbol: "keyboard"
                label: "Keys"
                key: "?"
                onClicked: controls.player.keys.toggleKeys()
            }

            PlayerButton {
                objectName: "fullScreenButton"
                symbol: controls.player.fullScreen ? "windowed" : "fullscreen"
                label: controls.player.fullScreen ? "Leave full screen" : "Full screen"
                key: "F"
                onClicked: controls.player.toggleFullScreen()
            }
        }
    }
}
