-- SPDX-License-Identifier: GPL-2.0-or-later
-- A module that must go as it came, however often, and however init ends.
return lesson {
  format = 1,
  id = "1.21",
  slug = "unwind-rust",
  title = "A module that must undo what it did, in Rust",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "ring_rs.rs" } },
  steps = { write "bad" },
  run = function(guest)
    guest:soak("ring_rs.ko", nil, { times = 2 })
    guest:failslab("ring_rs.ko", nil, { error = "ENOMEM" })
  end,
  checks = {
    check "again" { title = "it loads and unloads, again and again", job = "soak ring_rs.ko" },
    check "undone" { title = "init undoes what it did when it fails", job = "failslab ring_rs.ko" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
