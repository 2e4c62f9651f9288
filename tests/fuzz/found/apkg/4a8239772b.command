import
deck.apkg
--to
D
