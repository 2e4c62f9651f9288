"""A commit before it is made: what it breaks, in the notes it touches and in those it does not."""
