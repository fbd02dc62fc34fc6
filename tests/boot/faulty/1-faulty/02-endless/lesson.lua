-- SPDX-License-Identifier: GPL-2.0-or-later
-- Never comes to its lesson.
while true do
  local _ = 1
end
