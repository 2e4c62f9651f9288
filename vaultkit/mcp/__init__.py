"""The MCP server: what a vault says, as tools for agents."""
