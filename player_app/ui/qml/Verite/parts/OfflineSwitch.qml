import QtQuick
import QtQuick.Layouts
import Verite
import Verite.Models

RowLayout {
    id: line

    required property OfflineViewModel offline

    spacing: Theme.gap3

    BodyText {
        text: "Work offline"
        color: Theme.text2
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Toggle {
        objectName: "workOffline"
        label: "Work offline"
        checked: line.offline.byChoice
        onToggled: line.offline.workOffline(checked)
    }
}
