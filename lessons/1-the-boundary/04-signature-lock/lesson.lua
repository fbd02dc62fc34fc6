-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.4",
  slug = "signature-lock",
  title = "Signature lock with bindgen",
  minutes = 25,
  needs = { "1.3" },
  kernel = { "7.3" },

  files = {
    given = { "fan.h", "fan_main.c", "zones.rs" },
    edit = { "Makefile", "fan_rs.rs" },
  },

  steps = {
    read "two-accounts",
    write "generate" { files = { "Makefile" }, checks = { "loads", "duty" } },
    read "the-lock",
    write "lock" { files = { "fan_rs.rs" },
      checks = { "headroom", "lock-duty", "lock-headroom", "next", "clean" } },
  },

  run = function(guest)
    guest:insmod "fan.ko"
    guest:insmod "fan_test.ko"
    guest:rmmod "fan_test"
    guest:rmmod "fan"
  end,

  checks = {
    check "loads" { title = "the zones of fan.h are those of Rust", points = 2,
      job = "insmod fan.ko", log = "fan: 2 zones: cpu at 66%, disk at 0%" },
    check "duty" { title = "fan_duty answers a caller in C", points = 1, ktap = "fan_duty" },
    check "headroom" { title = "fan_headroom answers a caller in C", points = 2,
      ktap = "fan_headroom" },
    check "lock-duty" { title = "another fan_duty in fan.h stops the build", points = 2,
      variant = "long-duty", expect = "build-failed", code = "E0308" },
    check "lock-headroom" { title = "another fan_headroom in fan.h stops the build", points = 2,
      variant = "unsigned-headroom", expect = "build-failed", code = "E0308" },
    check "next" { title = "another struct and another number in fan.h do not", points = 2,
      variant = "next-release" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
  },

  wrong = {
  },
}
