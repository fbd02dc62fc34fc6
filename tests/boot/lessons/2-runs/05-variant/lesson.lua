-- SPDX-License-Identifier: GPL-2.0-or-later
-- The learner's work must notice what changes in a header, or bear it.
return lesson {
  format = 1,
  id = "2.5",
  slug = "variant",
  title = "Beside other headers",
  minutes = 1,
  kernel = { "7.3" },
  files = {
    given = { "limit.c", "limit.h", "Makefile" },
    edit = { "work.c", "work_rs.rs" },
  },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "limits.ko"
    guest:insmod "limit_test.ko"
    guest:rmmod "limit_test"
    guest:rmmod "limits"
  end,
  checks = {
    check "suite" { title = "the limit is the header's", ktap = "limit" },
    check "loads" { title = "it loads", job = "insmod limits.ko" },
    check "any" { title = "any limit will do", variant = "limit-9" },
    check "size" { title = "another size is noticed", variant = "wide",
      expect = "build-failed", says = "static assertion failed" },
    check "type" { title = "another type is noticed", variant = "long",
      expect = "abi-failed" },
    check "name" { title = "another name is noticed", variant = "renamed",
      expect = "rejected" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
