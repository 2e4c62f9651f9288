"""One module for each request: METHOD is its name, CAPABILITY what the server announces, ``answer`` the answer."""
