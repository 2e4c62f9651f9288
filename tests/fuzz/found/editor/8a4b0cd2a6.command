@lsp
