-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.70",
  slug = "abi",
  title = "A ring that C and Rust share",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "ring.h", "ring.c", "ring_rs.rs" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "ringmod.ko"
    guest:rmmod "ringmod"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod ringmod.ko" },
    check "seen" { title = "each side sees what the other wrote", log = "ringmod: ring: seen 2 of 7" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
