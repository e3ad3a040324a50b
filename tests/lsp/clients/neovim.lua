-- Run as `nvim --headless --clean REPORT -S neovim.lua`: starts the server for the report, waits for its
-- diagnostics, applies the preferred fix of the first, waits again, and writes what it saw as JSON into $NIANBAO_SEEN.

local seen = { version = tostring(vim.version()) }
local patience = 300000 -- milliseconds

local function diagnostics()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, true)[1]
    table.insert(found, {
      code = one.code or one.user_data.lsp.code,
      lnum = one.lnum,
      col = one.col, -- bytes, whatever the protocol counts
      words = line:sub(one.col + 1, one.end_col),
      message = one.message,
    })
  end
  return found
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, true)
end

local function run()
  local client = vim.lsp.start_client({
    name = "nianbao",
    cmd = vim.fn.json_decode(vim.env.NIANBAO_COMMAND),
    root_dir = vim.fn.getcwd(),
    get_language_id = function() return "plaintext" end,
  })
  assert(client, "the server has not started")
  vim.lsp.buf_attach_client(0, client)
  assert(vim.wait(patience, function() return #vim.diagnostic.get(0) > 0 end, 20), "no diagnostics came")
  seen.encoding = vim.lsp.get_client_by_id(client).offset_encoding
  seen.before = diagnostics()

  local first = seen.before[1]
  vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
  local chosen = false
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item[2]
      if action.isPreferred then
        chosen, seen.title = true, action.title
        return choose(item, 1)
      end
    end
  end
  vim.lsp.buf.code_action()
  local before = table.concat(lines(), "\n")
  assert(vim.wait(patience, function() return chosen and table.concat(lines(), "\n") ~= before end, 20), "no fix was made")
  assert(vim.wait(patience, function() return #vim.diagnostic.get(0) < #seen.before end, 20), "the finding stays")
  seen.after = diagnostics()
  seen.lines = lines()
end

local well, trouble = pcall(run)
if not well then
  seen.trouble = tostring(trouble)
end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.NIANBAO_SEEN)
vim.lsp.stop_client(vim.lsp.get_active_clients())
vim.wait(2000, function() return #vim.lsp.get_active_clients() == 0 end, 20)
vim.cmd(well and "qall!" or "cquit!")
