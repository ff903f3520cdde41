"""One view model per screen: each holds a frozen face that a pure function made."""
