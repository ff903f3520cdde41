import QtQuick
import Verite

Item {
    id: skeleton

    Accessible.role: Accessible.Indicator
    Accessible.name: "Loading"

    Rectangle {
        width: parent.width
        height: parent.height * 0.56
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.ground1 }
            GradientStop { position: 1; color: Theme.ground0 }
        }
    }

    Column {
        x: Theme.gap7
        y: parent.height * 0.56 - height - Theme.gap4
        spacing: Theme.gap4

        Skeleton { width: Theme.scaled(420); height: Theme.displayLine }
        Skeleton { width: Theme.scaled(300); height: Theme.bodyLine }
        Skeleton { width: Theme.scaled(140); height: Theme.controlHeight }
    }

    Column {
        x: Theme.gap7
        y: parent.height * 0.56 + Theme.gap6
        spacing: Theme.gap4

        Skeleton { width: Theme.scaled(220); height: Theme.headingLine }

        Row {
            spacing: Theme.gap4

            Repeater {
                model: 8
                delegate: Skeleton {
                    required property int index

                    width: Theme.posterWidth
                    height: Theme.posterWidth * 1.5
                }
            }
        }
    }
}
