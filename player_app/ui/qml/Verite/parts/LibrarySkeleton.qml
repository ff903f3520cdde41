pragma ComponentBehavior: Bound

import QtQuick
import Verite

Item {
    id: skeleton

    Accessible.role: Accessible.Indicator
    Accessible.name: "Loading"

    Column {
        id: column

        x: Theme.gap7
        y: Theme.gap6
        width: Math.min(parent.width - Theme.gap7 * 2, Theme.scaled(1500))
        spacing: Theme.gap5

        Skeleton { width: Theme.scaled(160); height: Theme.displayLine }
        Skeleton { width: parent.width; height: Theme.scaled(112); radius: Theme.panelCorner }

        Row {
            width: parent.width
            spacing: Theme.gap6

            Repeater {
                model: 2
                delegate: Column {
                    width: (column.width - Theme.gap6) / 2
                    spacing: Theme.gap3

                    Skeleton { width: Theme.scaled(140); height: Theme.headingLine }
                    Skeleton { width: parent.width; height: Theme.scaled(150); radius: Theme.panelCorner }
                    Skeleton { width: parent.width; height: Theme.scaled(150); radius: Theme.panelCorner }
                }
            }
        }
    }
}
