@mcp
