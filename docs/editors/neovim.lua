-- nianbao in Neovim by the client that is built in, version 0.7 or later.
--
--   pip install nianbao
--   dofile("/path/to/neovim.lua") in init.lua, or its text there
--
-- Findings are diagnostics; fixes and waivers are code actions, the sums of a cell are its hover.

-- Where the program is, if it is not on the path: vim.g.nianbao_command = { "/path/to/nianbao" }
local command = vim.list_extend(vim.deepcopy(vim.g.nianbao_command or { "nianbao" }), { "lsp", "--lang", "zh" })
local filetypes = { "text", "markdown", "html", "yaml" }
-- check = "all" judges every text; config = "county.yaml" holds instead of the nianbao.yaml closest to a report.
local settings = { check = "reports" }

if vim.fn.has("nvim-0.11") == 1 then
  vim.lsp.config("nianbao", {
    cmd = command,
    filetypes = filetypes,
    root_markers = { "nianbao.yaml", ".git" },
    init_options = settings,
  })
  vim.lsp.enable("nianbao")
  return
end

-- Returns the folder of the closest nianbao.yaml above the file at *path*, else that of the file.
local function root(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local above = vim.fn.findfile("nianbao.yaml", folder .. ";")
  return above ~= "" and vim.fn.fnamemodify(above, ":p:h") or folder
end

local servers = {} -- by root: one for all that is open below it

vim.api.nvim_create_autocmd("FileType", {
  pattern = filetypes,
  callback = function(event)
    local path = vim.api.nvim_buf_get_name(event.buf)
    if path == "" or vim.bo[event.buf].buftype ~= "" or vim.fn.executable(command[1]) == 0 then
      return
    end
    local above = root(path)
    local id = servers[above]
    if id == nil or vim.lsp.get_client_by_id(id) == nil then
      id = vim.lsp.start_client({ name = "nianbao", cmd = command, root_dir = above, init_options = settings })
      servers[above] = id
    end
    vim.lsp.buf_attach_client(event.buf, id)
  end,
})
