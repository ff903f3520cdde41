pragma Singleton

import QtQuick

QtObject {
    id: theme

    property string choice: "system"
    property real textScale: 1.0
    property real room: 1.0
    property bool still: false
    property bool cinema: false

    readonly property bool dark: cinema || choice === "dark" || (choice !== "light" && Application.styleHints.colorScheme !== Qt.Light)

    readonly property color ground0: dark ? "#0E0F11" : "#FAF7F2"
    readonly property color ground1: dark ? "#16181B" : "#FFFFFF"
    readonly property color ground2: dark ? "#202328" : "#F0EBE2"
    readonly property color line: dark ? "#3A3F47" : "#CFC7B8"
    readonly property color edge: dark ? "#6F757F" : "#857B6B"
    readonly property color text1: dark ? "#F3EFE8" : "#1C1A17"
    readonly property color text2: dark ? "#BDB8AE" : "#55504A"
    readonly property color text3: dark ? "#96928A" : "#6B655C"
    readonly property color accent: dark ? "#E9B44C" : "#8C5A00"
    readonly property color accentHover: dark ? "#F2C56B" : "#754B00"
    readonly property color accentPressed: dark ? "#CF9A35" : "#5F3D00"
    // a property named on… is read as a signal handler, and its changes are not heard
    readonly property color accentText: dark ? "#1A1405" : "#FFFFFF"
    readonly property color danger: dark ? "#F28B82" : "#B3261E"
    readonly property color good: dark ? "#81C995" : "#1E6B3A"
    readonly property color info: dark ? "#8AB4F8" : "#1A5FB4"

    // how black lies over a picture below text, so that text2 can be read over white
    readonly property real scrim: 0.74

    readonly property int gap1: 4
    readonly property int gap2: 8
    readonly property int gap3: 12
    readonly property int gap4: 16
    readonly property int gap5: 24
    readonly property int gap6: 32
    readonly property int gap7: 48
    readonly property int gap8: 64

    readonly property int cardCorner: 6
    readonly property int panelCorner: 8
    readonly property int ring: 2
    readonly property int ringOff: 2
    readonly property int hairline: 1

    readonly property int quick: still ? 0 : 120
    readonly property int slow: still ? 0 : 200

    readonly property list<string> readingFaces: ["EB Garamond 12", "EB Garamond", "New York", "Charter", "Sitka Text", "Georgia", "Noto Serif"]
    readonly property list<string> workingFaces: ["Segoe UI Variable Text", "Segoe UI", "SF Pro Text", ".AppleSystemUIFont", "Inter", "Noto Sans"]
    readonly property string reading: installed(readingFaces, "serif")
    readonly property string working: installed(workingFaces, "sans-serif")

    // of a line as the face wants it, in parts of its size
    readonly property real readingHeight: readingMetrics.height / readingMetrics.font.pixelSize
    readonly property real workingHeight: workingMetrics.height / workingMetrics.font.pixelSize
    readonly property FontMetrics readingMetrics: FontMetrics { font.family: theme.reading; font.pixelSize: 100 }
    readonly property FontMetrics workingMetrics: FontMetrics { font.family: theme.working; font.pixelSize: 100 }

    readonly property int displaySize: scaled(44)
    readonly property int displayLine: scaled(48)
    readonly property int titleSize: scaled(28)
    readonly property int titleLine: scaled(34)
    readonly property int headingSize: scaled(20)
    readonly property int headingLine: scaled(26)
    readonly property int readingSize: scaled(18)
    readonly property int readingLine: scaled(28)
    readonly property int bodySize: scaled(15)
    readonly property int bodyLine: scaled(22)
    readonly property int smallSize: scaled(13)
    readonly property int smallLine: scaled(18)
    readonly property int markSize: scaled(11)
    readonly property int measure: scaled(540)

    readonly property int target: 44
    readonly property int controlHeight: Math.max(target, bodyLine + gap3 * 2)
    readonly property int icon: scaled(20)
    readonly property int rail: Math.max(72, smallLine * 4)
    readonly property int wideRail: scaled(208)
    readonly property int wideWindow: 1440
    readonly property int posterWidth: Math.round((128 + 24 * textScale) * room)
    readonly property int cardWidth: scaled(340)
    readonly property int formWidth: scaled(440)

    function scaled(size: int): int {
        return Math.round(size * textScale * room);
    }

    // Qt puts what a fixed line has more than its face wants all below the words
    function leading(over: real): int {
        return Math.round(over / 2);
    }

    function installed(faces: list<string>, otherwise: string): string {
        return faces.find(face => Qt.fontFamilies().indexOf(face) >= 0) ?? otherwise;
    }

    function faint(colour: color, opacity: real): color {
        return Qt.rgba(colour.r, colour.g, colour.b, opacity);
    }
}
