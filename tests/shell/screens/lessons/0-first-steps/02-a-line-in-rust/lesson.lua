-- SPDX-License-Identifier: GPL-2.0-or-later
-- For the golden screens: what rustc says of a mistake.
return lesson {
  format = 1,
  id = "0.2",
  slug = "a-line-in-rust",
  title = "A line in Rust — and what `rustc` says to it",
  minutes = 10,
  needs = { "0.1" },
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "line.rs" } },
  steps = { write "line" },
  run = function(guest)
    guest:insmod "line.ko"
  end,
  checks = {
    check "says" { title = "it says so", points = 1, log = "line: seven" },
  },
  hints = {
    E0425 = { "Which name is it, and who would have to make it?" },
  },
}
