import QtQuick
import QtQuick.Layouts
import Verite

ScrollPage {
    id: page

    default property alias fields: column.data
    property string heading: ""
    property string lead: ""
    property int columnWidth: Theme.formWidth

    title: heading
    contentHeight: column.y + column.implicitHeight + Theme.gap8

    ColumnLayout {
        id: column

        x: Math.max(Theme.gap7, (page.width - width) / 2)
        // below the button that goes back, which grows with the text
        y: Math.max(Theme.gap8, Theme.icon + Theme.gap3 * 4)
        width: Math.min(page.columnWidth, page.width - Theme.gap7 * 2)
        spacing: Theme.gap4

        DisplayText {
            Layout.fillWidth: true
            text: page.heading
            font.pixelSize: Theme.titleSize * 1.25
            Accessible.role: Accessible.Heading
        }

        ReadingText {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.gap2
            visible: text !== ""
            text: page.lead
            color: Theme.text2
        }
    }
}
