"""One module for each kind of card that the dialect ``vaultkit`` knows."""
