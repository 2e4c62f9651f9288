import
deck.mochi
--to
D
