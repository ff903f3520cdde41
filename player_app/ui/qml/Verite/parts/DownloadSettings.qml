pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Verite
import Verite.Models

SettingsGroup {
    id: group

    required property DownloadSettingsViewModel downloads

    title: "Downloads"

    FolderDialog {
        id: dialog

        title: "Where films taken offline are kept"
        currentFolder: group.downloads.folderUrl
        onAccepted: group.downloads.moveTo(selectedFolder)
    }

    SettingLine {
        Layout.fillWidth: true
        label: "Folder"
        hint: group.downloads.folder

        QuietButton {
            objectName: "moveFilms"
            text: group.downloads.moving ? "Stop" : "Move…"
            Accessible.name: group.downloads.moving ? "Stop moving films" : "Move films to another folder"
            onClicked: group.downloads.moving ? group.downloads.stopMove() : dialog.open()
        }

        LinkButton {
            objectName: "moveBack"
            visible: !group.downloads.isUsual && !group.downloads.moving
            text: "Move back"
            onClicked: group.downloads.moveBack()
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: group.downloads.moving || group.downloads.said !== ""
        spacing: Theme.gap2

        SmallText {
            readonly property string heard: visible ? text : ""

            objectName: "moveSaid"
            Layout.fillWidth: true
            text: group.downloads.said
            Accessible.role: Accessible.AlertMessage
        }

        ProgressLine {
            Layout.fillWidth: true
            visible: group.downloads.moving
            label: "Moving films"
            part: group.downloads.progress
        }
    }

    WrongText {
        objectName: "moveWrong"
        Layout.fillWidth: true
        text: group.downloads.wrong
    }

    SettingLine {
        Layout.fillWidth: true
        label: "Quality"
        hint: "Chosen beforehand; each download asks."

        ChoiceChip { objectName: "downloadBest"; text: "Best"; checked: group.downloads.quality === "best"; onClicked: group.downloads.chooseQuality("best") }
        ChoiceChip { text: "Good"; checked: group.downloads.quality === "good"; onClicked: group.downloads.chooseQuality("good") }
        ChoiceChip { text: "Least space"; checked: group.downloads.quality === "least"; onClicked: group.downloads.chooseQuality("least") }
    }

    SettingLine {
        Layout.fillWidth: true
        label: "Segments at once"
        hint: "More may be faster, and leaves others in the house less."

        ChoiceChip { text: "1"; checked: group.downloads.parallel === 1; onClicked: group.downloads.chooseParallel(1) }
        ChoiceChip { objectName: "parallel3"; text: "3"; checked: group.downloads.parallel === 3; onClicked: group.downloads.chooseParallel(3) }
        ChoiceChip { text: "6"; checked: group.downloads.parallel === 6; onClicked: group.downloads.chooseParallel(6) }
    }

    SettingLine {
        Layout.fillWidth: true
        label: "Speed"

        ChoiceChip { text: "No limit"; checked: group.downloads.limitMb === 0; onClicked: group.downloads.chooseLimit(0) }
        ChoiceChip { text: "1 MB/s"; checked: group.downloads.limitMb === 1; onClicked: group.downloads.chooseLimit(1) }
        ChoiceChip { objectName: "limit2"; text: "2 MB/s"; checked: group.downloads.limitMb === 2; onClicked: group.downloads.chooseLimit(2) }
        ChoiceChip { text: "5 MB/s"; checked: group.downloads.limitMb === 5; onClicked: group.downloads.chooseLimit(5) }
    }

    SettingLine {
        Layout.fillWidth: true
        label: "On metered networks"
        hint: "Such as a phone's: what is loaded there may cost you."

        Toggle {
            objectName: "useMetered"
            label: "Download on metered networks"
            checked: group.downloads.metered
            onToggled: group.downloads.useMetered(checked)
        }
    }

    SettingLine {
        Layout.fillWidth: true
        label: "Remove when watched"
        hint: "Once a film was seen to its end."

        Toggle {
            objectName: "goneWhenWatched"
            label: "Remove films when watched"
            checked: group.downloads.goneWhenWatched
            onToggled: group.downloads.removeWhenWatched(checked)
        }
    }

    SettingLine {
        Layout.fillWidth: true
        label: "Remove when expired"
        hint: "Once a film's rental has ended."

        Toggle {
            objectName: "goneWhenExpired"
            label: "Remove films when their rental has ended"
            checked: group.downloads.goneWhenExpired
            onToggled: group.downloads.removeWhenExpired(checked)
        }
    }
}
