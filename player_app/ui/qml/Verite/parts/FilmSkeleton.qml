pragma ComponentBehavior: Bound

import QtQuick
import Verite

Item {
    id: skeleton

    Accessible.role: Accessible.Indicator
    Accessible.name: "Loading"

    Rectangle {
        width: parent.width
        height: parent.height * 0.44
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.ground1 }
            GradientStop { position: 1; color: Theme.ground0 }
        }
    }

    Column {
        x: Theme.gap7
        y: parent.height * 0.2
        spacing: Theme.gap4

        Skeleton { width: Theme.scaled(460); height: Theme.displayLine }
        Skeleton { width: Theme.scaled(320); height: Theme.bodyLine }
        Skeleton { width: Theme.scaled(240); height: Theme.bodyLine }
    }

    Skeleton {
        id: card

        x: Math.min(parent.width - Theme.gap7, Theme.gap7 + Theme.scaled(1500)) - width
        y: parent.height * 0.2
        width: Math.min(Theme.cardWidth, parent.width * 0.36)
        height: Theme.scaled(260)
        radius: Theme.panelCorner
    }

    Column {
        x: Theme.gap7
        y: parent.height * 0.52
        spacing: Theme.gap3

        Repeater {
            model: 7
            delegate: Skeleton {
                required property int index

                width: Math.min(Theme.measure, card.x - Theme.gap7 * 2) * (index === 6 ? 0.5 : 1 - index % 3 * 0.04)
                height: Theme.bodyLine * 0.7
            }
        }
    }
}
