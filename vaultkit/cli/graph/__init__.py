"""The commands below `vaultkit graph`: one module, one command, as in `vaultkit.cli.commands`."""
