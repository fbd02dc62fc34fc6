-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wants all the memory there is.
local all = { "x" }
for i = 1, 1 << 40 do
  all[i + 1] = all[i] .. all[i]
end
