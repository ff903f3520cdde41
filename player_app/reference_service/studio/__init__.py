"""Makes the demo's films and pictures from nothing but drawings and speech synthesis."""
