"""The player's words and laws: frozen values and pure functions, standard library only, no I/O."""
