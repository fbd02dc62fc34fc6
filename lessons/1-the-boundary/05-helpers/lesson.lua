-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.5",
  slug = "helpers",
  title = "Helpers for macros and inlines",
  minutes = 25,
  needs = { "1.4" },
  kernel = { "7.3" },

  files = {
    given = { "gauge.h", "gauge_main.c", "Makefile" },
    edit = { "gauge_helpers.c", "gauge_rs.rs" },
  },

  steps = {
    read "no-symbol",
    write "helpers",
  },

  run = function(guest)
    guest:insmod "gauge.ko"
    guest:insmod "gauge_test.ko"
    guest:rmmod "gauge_test"
    guest:rmmod "gauge"
  end,

  checks = {
    check "loads" { title = "Rust reads the largest value", points = 1,
      job = "insmod gauge.ko", log = "gauge: full scale is read as 100 %" },
    check "scale" { title = "every reading is what gauge.h makes of it", points = 2, ktap = "gauge_scale" },
    check "fresh" { title = "a reading is used once", points = 2, ktap = "gauge_fresh" },
    check "other-chip" { title = "with the header of another chip it is right as well", points = 4,
      variant = "other-chip" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
  },
}
