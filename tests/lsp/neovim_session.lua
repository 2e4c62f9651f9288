-- One session in Neovim, headless: see a broken link, take the fix, rename a heading, see the links follow.
local vault, command = vim.env.VAULT, vim.split(vim.env.SERVER, "\t")
local failed = false

local function check(condition, text)
  io.stdout:write((condition and "ok: " or "FAILED: ") .. text .. "\n")
  failed = failed or not condition
end

local function wait(condition)
  return vim.wait(60000, condition, 50)
end

vim.cmd("edit " .. vim.fn.fnameescape(vault .. "/Index.md"))
vim.bo.filetype = "markdown"
local id = vim.lsp.start_client({ cmd = command, root_dir = vault, name = "vaultkit" })
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
wait(function() return client.initialized end)

wait(function() return #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)
check(#found == 1 and found[1].code == "LK001", "the broken link is shown: " .. (found[1] or {}).message)

-- Take the fix.
local params = vim.lsp.util.make_range_params()
params.range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 99 } }
params.context = { diagnostics = {} }
local answer = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 60000)
local taken
for _, action in ipairs(answer[id].result) do
  if action.edit and action.title:find("Self%-attention") then taken = action end
end
check(taken ~= nil, "a fix is offered")
vim.lsp.util.apply_workspace_edit(taken.edit, client.offset_encoding)
wait(function() return #vim.diagnostic.get(0) == 0 end)
check(#vim.diagnostic.get(0) == 0, "the fix ends it")
local line = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
check(line:find("^%[%[Self%-attention[%]|]") ~= nil, "the link is written: " .. line)
vim.cmd("write")

-- Rename the heading from the link.
local position = vim.lsp.util.make_position_params()
position.position = { line = 0, character = line:find("#Old") + 1 }
position.newName = "New name"
local renamed = vim.lsp.buf_request_sync(0, "textDocument/rename", position, 60000)
vim.lsp.util.apply_workspace_edit(renamed[id].result, client.offset_encoding)
vim.cmd("wall")
check(vim.fn.readfile(vault .. "/Index.md")[1] == line:gsub("Old name", "New name"), "the link here follows")
check(vim.fn.readfile(vault .. "/Other.md")[1] == "# New name", "the heading has its new name")
check(vim.fn.readfile(vault .. "/Third.md")[1] == "See [[Other#New name|it]].", "a link in another note follows")
wait(function() return #vim.diagnostic.get(0) == 0 end)
check(#vim.diagnostic.get(0) == 0, "nothing is broken")
vim.lsp.stop_client(id)
vim.wait(500)
vim.cmd(failed and "cquit 1" or "qall!")
