"""The commands below `vaultkit pictures`: one module, one command, as in `vaultkit.cli.commands`."""
