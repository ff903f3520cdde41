import QtQuick
import Verite

IconButton {
    required property string of

    Accessible.name: label + ": " + of
}
