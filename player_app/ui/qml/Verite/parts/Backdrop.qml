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

            GradientStop { position: 0; color: Theme.faint(Theme.ground0, 0.94) }
            GradientStop { position: 0.58; color: Theme.faint(Theme.ground0, 0.8) }
            GradientStop { position: 0.95; color: Theme.faint(Theme.ground0, 0) }
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
