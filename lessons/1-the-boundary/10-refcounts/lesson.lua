-- SPDX-License-Identifier: GPL-2.0-or-later
local function once(guest)
  guest:insmod "meters.ko"
  guest:rmmod "meters"
end

return lesson {
  format = 1,
  id = "1.10",
  slug = "refcounts",
  title = "C counts, Rust holds: ARef",
  minutes = 30,
  needs = { "1.9" },
  kernel = { "7.3" },

  files = {
    given = { "meter.h", "meter.c", "ffi.rs", "panel_rs.rs", "panel.h", "export.c", "Makefile" },
    edit = { "counted.rs" },
  },

  steps = {
    read "who-puts",
    predict "derived-clone" {
      question = "With the table's reference and that of `Held` the count is 2. What does the "
        .. "clone make of it, and what do the two drops?",
      choices = {
        { "The count goes to 3, and back to 1: a clone of what puts also gets.",
          log = "with the clone it is 3" },
        "It does not build: who implements `Drop` must write `Clone` by hand.",
        "The second put is refused: the counter is a `refcount_t`, which knows of one get only.",
        { "The meter is freed, while the table still lists it.",
          log = { "with the clone it is 2", "BUG: KASAN: slab-use-after-free in meters_stop" } },
      },
      answer = 4,
      try = "derived-clone",
      run = once,
      why = "What is derived copies the pointer, and no more: nobody told it of `meter_get`. So "
        .. "there are two puts for one get, the second of them takes away the table's reference, and "
        .. "the next one who goes through the table meets freed memory. The compiler refuses "
        .. "`Copy` for a type with a `Drop` (E0184), which would be the same mistake without a "
        .. "word; a `Clone` is a function like any other, and it may well do something else. The "
        .. "`Clone` of `ARef` calls `inc_ref`. (A `refcount_t` knows a number, not who added to it: it "
        .. "notices when more is put than there is, and by then it is too late.)",
    },
    read "the-trait",
    predict "found-and-taken" {
      question = "What comes of it?",
      choices = {
        "It does not build: the `&Meter` does not live long enough to be handed out.",
        { "When the `ARef` is dropped, the meter is freed too early.",
          log = "BUG: KASAN: slab-use-after-free" },
        { "All goes well, and no meter is left when the module goes.", log = "meters left: 0" },
        { "All goes well, and the meter is never freed.", log = "meters left: 1" },
      },
      answer = 4,
      try = "found-and-taken",
      run = once,
      why = "`meter_find` got a reference, `ARef::from` got another, and the drop puts one. The "
        .. "other has no owner. Nothing is reported: a leak is safe, as Rust means the word, for nobody "
        .. "can use what is lost. It only adds up. `ARef::from` is the safe one of the two, and here "
        .. "the wrong one: `from_raw` is unsafe because it believes what you say about a reference, "
        .. "and somebody must say it, for the type of `meter_find` does not.",
    },
    write "the-count",
  },

  run = function(guest)
    guest:insmod "meters.ko"
    guest:insmod "meters_test.ko"
    guest:rmmod "meters_test"
    guest:rmmod "meters"
  end,

  checks = {
    check "found" { title = "what C gives is taken over, and put once", points = 3,
      ktap = "meters_found" },
    check "lent" { title = "what C lends is kept by a reference of your own", points = 2,
      ktap = "meters_lent" },
    check "given" { title = "what you give away is not put; what comes back is", points = 3,
      ktap = "meters_given" },
    check "life" { title = "a meter lives while it is shown, and no longer", points = 1,
      ktap = "meters_life" },
    check "safety" { title = "every unsafe block and impl has a SAFETY comment", points = 2,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "Read the comments in `meter.h`. Which pointers are given, which are lent, and which do you give away?",
      "Begin with the two lines above the trait, so that it builds: `unsafe impl Send for Meter {}` and "
        .. "`unsafe impl Sync for Meter {}`. Then `inc_ref`: it is one call of `ffi::meter_get`.",
      "In `find`, `let ptr = unsafe { ffi::meter_find(id) };` is the first line, and "
        .. "`let ptr = NonNull::new(ptr.cast::<Self>())?;` the second. Then only one thing is left to do "
        .. "with `ptr`.",
    },
    found = {
      "The report names the case. Is the count wrong after `find`, after a drop, or after a clone?",
      "After a drop or a clone: `dec_ref` is one `ffi::meter_put` and `inc_ref` is one `ffi::meter_get`, and neither does "
        .. "anything else.",
      "After `find`, one too many: `ARef::from` gets a reference, but `meter_find` did already. One too few: the "
        .. "`ARef` puts it when it is dropped; you must not.",
      "If `panel_show(7)` should have been `-ENOENT`: `meter_find` may return NULL, and `NonNull::new(…)?` sees to that.",
    },
    lent = {
      "`panel_alarm` was lent a meter, and the panel holds it after `panel_alarm` has returned. What must be "
        .. "done before that?",
      "If the check before this one fails in `clone_takes_one`, mend that: `ARef::from` gets its reference by your `inc_ref`.",
      "`ARef::from_raw` only takes over a reference that you have. Here you have a `&Meter` and none: "
        .. "`ARef::from(meter)` gets one.",
      "`unsafe { ptr.cast::<Self>().as_ref() }?` is the `&Meter`, and has returned `None` by then if C passed NULL.",
    },
    given = {
      "Two references are on the move: one goes to C, another comes back. Which of the two has the wrong number of puts?",
      "In `given_away_is_not_put`: an `ARef` that is still in scope at the closing brace is put there. "
        .. "`ARef::into_raw` makes a pointer of it that nobody puts.",
      "In `previous_comes_back`: what `meter_set_main` returns is given, as what `meter_find` returns. Not "
        .. "lent: `keep` and `ARef::from` would get one more. And who ignores it never puts it.",
    },
    life = {
      "This one counts the same as the others, with fewer references. Do the others pass?",
    },
    safety = {
      "Clippy names the line. Which promise is made there?",
      "Put a comment that starts with `// SAFETY:` directly above the statement with the `unsafe` block, or above the "
        .. "`unsafe impl`. For each `unsafe impl` its own.",
      "`Send`: who may put the last reference? `Sync`: what can two threads do with a `&Meter` at the same time? "
        .. "`AlwaysRefCounted`: where are meters made, and can there be one that is not counted?",
    },
    ["rust-panic"] = {
      "Which rule was broken stands in the headline. What does `meter_find` return when there is no such meter?",
      "`NonNull::new_unchecked` asks for a pointer that is not NULL; `NonNull::new` looks, and returns an `Option`.",
    },
    kasan = {
      "The report says who used the meter, and who freed it. Which put was one too many?",
      "If it is about NULL: `panel_alarm(NULL)` is allowed, and `meter_find` and `meter_set_main` may return it.",
    },
    oops = {
      "Was a pointer from C used without a look at whether it is NULL?",
    },
    crash = {
      "The first finding counts. What is it about: NULL, or a meter that was freed?",
    },
    E0133 = {
      "Every function in `ffi` is unsafe to call, and so are `ARef::from_raw` and `ptr.as_ref()`: each goes into "
        .. "`unsafe { … }`. That holds inside of an `unsafe fn` as well.",
    },
    E0200 = {
      "Is the promise yours, or the compiler's? `Send` and `Sync` are unsafe traits: it must be `unsafe impl`.",
    },
    E0277 = {
      "What is missing stands in the first line of the error. Is it about threads, or about `ffi::meter`?",
      "`ffi::meter: AlwaysRefCounted` is not satisfied: that is C's struct, and it is `Meter` that you make "
        .. "counted. Cast the pointer before `ARef` or a `&` is made of it: `.cast::<Meter>()`.",
      "\"cannot be sent between threads safely\": `Meter` is not `Send`. \"cannot be shared\": it is not `Sync`. "
        .. "An `ARef` wants both, as `aref.rs` says beside its own `unsafe impl`.",
      "The lines are `unsafe impl Send for Meter {}` and `unsafe impl Sync for Meter {}`, with the "
        .. "argument above each.",
      "If it is about `?`: in a function that returns an `Option` it works on an `Option`, not on a `Result`.",
    },
    E0282 = {
      "What is it that the compiler cannot tell? A `.cast()` may lead to any type.",
      "Write down to which: `ptr.cast::<Meter>()`. (The `U` that `rustc` proposes stands for that.)",
    },
    E0308 = {
      "Which type was expected, and which was found? Most often it is one pointer and another one to the "
        .. "same place; and `*mut meter` is C's, `*mut Meter` ours.",
      "C wants a `*mut ffi::meter`. From a `&Meter` that is `meter.as_ptr()`; from a `NonNull<Meter>` it is "
        .. "`ptr.as_ptr().cast()`. `ARef::from_raw` wants a `NonNull<Meter>`: `.cast()` makes it of a `NonNull` of C's.",
      "Expected an `Option`, found an `ARef`: it is `Some(…)` that is returned.",
    },
    E0382 = {
      "`ARef::into_raw(new)` takes `new` away. What you still need of it is in the pointer that was returned.",
    },
    E0425 = {
      "The functions of C are in the module `ffi`: `ffi::meter_get`, and so on.",
    },
    E0433 = {
      "Which name is not known? `NonNull`, `ARef` and `ffi` come with the `use` lines at the top of the starter.",
    },
    E0599 = {
      "Which type has the value? On a `NonNull` or a `*mut` there is `.cast()`; what the meter offers is on a `&Meter` or an `ARef`.",
      "`from_raw` and `into_raw` are not methods: `ARef::from_raw(ptr)`, `ARef::into_raw(aref)`.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from it.",
      "Only if the starter fails as it came, with E0277: that is where step 1 of the text begins.",
    },
  },

  wrong = {
    ["found-and-taken"] = "found",
    ["found-and-put"] = "found",
    ["clone-copies-the-pointer"] = "found",
    ["null-not-looked-at"] = { check = "found", verdict = "crash" },
    ["put-without-get"] = "lent",
    ["given-and-dropped"] = "given",
    ["old-one-kept-anew"] = "given",
    ["send-without-argument"] = "safety",
    ["no-send"] = { verdict = "build-failed" },
  },
}
