-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- REPLACE: all that is about halves. This is a small lesson that works, so that
-- there is something to change and to prove again, step by step:
--
--   kiln author lint @ID@      what is wrong, without a guest
--   kiln author test @ID@      every claim below, in the real guest
--   kiln author mutate @ID@    is there a mistake that no check sees?
--
-- Every field is described in the book: lua-reference.md.
return lesson {
  format = 1,
  id = "@ID@",
  slug = "@SLUG@",
  title = "@TITLE@",
  minutes = @MINUTES@, -- REPLACE: how long a learner takes, once you have seen one
  needs = {}, -- REPLACE: ids of the lessons that must come before: { "0.1" }
  kernel = { "@SERIES@" },

  -- REPLACE: what stands in solution/.
  files = {
    given = { "Makefile" },
    edit = { "half_rs.rs" },
  },

  -- REPLACE: a step for each section of text.md.
  steps = {
    read "what-a-half-is",
    predict "negative" {
      question = "`half_of(-6)` is called. What does it return?",
      choices = {
        { "`Ok(-3)`: half of it.", log = "half_of(-6) is Ok(-3)" },
        { "`Err(EINVAL)`.", log = "half_of(-6) is Err(EINVAL)" },
        "Nothing: the kernel stops.",
      },
      answer = 2,
      try = "negative", -- the files in try/negative/, laid over the solution
      run = function(guest)
        guest:insmod "half_rs.ko"
      end,
      why = "A function that cannot do what it was asked says so, "
        .. "and the caller decides.",
    },
    write "write-it",
  },

  -- REPLACE: what is done in the guest, in this order.
  run = function(guest)
    for _, number in ipairs({ 6, 4, 0 }) do
      guest:insmod("half_rs.ko", { number = number })
      guest:rmmod "half_rs"
    end
    guest:insmod("half_rs.ko", { number = -6 }, { expect = "EINVAL", as = "a negative number" })
    guest:insmod("half_rs.ko", { number = 7 }, { expect = "EINVAL", as = "an odd number" })
  end,

  -- REPLACE: what must hold. The titles are what the learner reads.
  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod half_rs.ko" },
    check "half" { title = "halves are right", points = 2,
      log = { "half of 6 is 3", "half of 4 is 2", "half of 0 is 0" } },
    check "odd" { title = "an odd number is refused", points = 2, job = "an odd number" },
    check "refuses" { title = "a negative number is refused", points = 2,
      job = "a negative number" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  -- REPLACE: for who is stuck; the vaguest first, and the last is nearly the answer.
  hints = {
    start = {
      "Which numbers have a half that is a whole number?",
      "Begin with the test: `if n < 0 || n % 2 != 0`.",
    },
    loads = { "What does `half_of` return for 6, and what does `insmod` make of that?" },
    half = { "Compare the number in the log with the one that you expect." },
    odd = { "`n % 2` is what is left over. When is it not 0?" },
    refuses = { "Is the sign looked at, and which error is returned?" },
    clean = { "Which of your lines does the report name?" },
    ["build-failed"] = { "Mend the first error, then `check` again." },
  },

  -- REPLACE: answers that beginners write, in wrong/NAME/, and the check that must
  -- reject each.
  wrong = {
    ["whole"] = "half",
    ["odd-accepted"] = "odd",
    ["another-error"] = "refuses",
  },
}
