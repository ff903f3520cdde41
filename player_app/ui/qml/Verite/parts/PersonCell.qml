import QtQuick
import Verite

Column {
    id: person

    required property string name
    required property string role

    width: Theme.scaled(180)

    BodyText {
        width: parent.width
        text: person.name
    }

    SmallText {
        width: parent.width
        text: person.role
    }
}
