import QtQuick
import Verite

Item {
    id: backdrop

    required property string sha256
    required property string colour
    required property string alt

    Still {
        anchors.fill: parent
        sha256: backdrop.sha256
        colour: backdrop.colour
        alt: backdrop.alt
    }

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            orientation: Gradient.Horizontal

            GradientStop { position: 0; color: Theme.faint(Theme.ground0, 0.92) }
            GradientStop { position: 0.5; color: Theme.faint(Theme.ground0, 0.74) }
            GradientStop { position: 0.82; color: Theme.faint(Theme.ground0, 0) }
        }
    }

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop { position: 0.3; color: Theme.faint(Theme.ground0, 0) }
            GradientStop { position: 0.72; color: Theme.faint(Theme.ground0, 0.78) }
            GradientStop { position: 1; color: Theme.ground0 }
        }
    }
}
