#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Questions held against the real kernel: what an author may not get wrong,
# and a prediction that waits for the learner's own check. Each variant is
# lesson 0.1 with one thing changed.
# shellcheck disable=SC2154 # lib.sh sets kiln, dir and repo
. "$(dirname "$0")/../shell/lib.sh"

lesson=$dir/data/lessons/0-first-contact/01-two-hellos
mkdir -p "$dir/data"
ln -s "$repo/kernels" "$repo/checker" "$dir/data/"
export KILN_DATA=$dir/data

# variant SED...: the lesson anew, without its wrong answers, edited.
variant()
{
	rm -rf "$dir/data/lessons"
	mkdir -p "${lesson%/*}"
	cp -R "$repo/lessons/0-first-contact/01-two-hellos" "${lesson%/*}"
	rm -rf "$lesson/alt"
	sed -i '/^  wrong = {/,/^  },/d' "$lesson/lesson.lua"
	[ $# -eq 0 ] || sed -i "$@" "$lesson/lesson.lua"
}

prove()
{
	"$kiln" author test 0.1 --tap >"$dir/out" 2>&1
	code=$?
}

screen()
{
	cat "$dir/out"
}

variant
prove
is "an experiment that shows its answer alone is proved" [ $code -eq 0 ]
is "by a line of its own" \
	grep -q "^ok 4 - 0.1 try/no-exit shows the right answer alone, twice" \
	"$dir/out"
is "and so is each step that can be begun at" \
	grep -q "^ok 3 - 0.1 step/say-hello: its checks hold" "$dir/out"

variant -e 's/"hello_rs: loaded, the answer is 7" }/"hello_rs: the answer is 8" }/'
sed -i '0,/BEGIN SOLUTION say-hello/s//BEGIN SOLUTION say-goodbye/' \
	"$lesson/solution/hello_rs.rs"
prove
is "a log without the answer's sign is told" [ $code -eq 3 ]
is "a region of a later step is missed in the step before" \
	grep -q "^not ok 3 - 0.1 step/say-hello" "$dir/out"
is "with what was looked for" grep -q "should show choice b" "$dir/out"

variant -e 's/"It is refused: .*",/{ "Refused", job = "rmmod hello_rs" },/'
prove
is "so is one that shows a wrong answer too" [ $code -eq 3 ]
is "by its letter" grep -q "the run shows choice a as well" "$dir/out"

variant
mkdir "$lesson/try/forgotten"
prove
is "a folder that no question tries is refused" [ $code -eq 3 ]
is "by its name" grep -q "no predict step uses try/forgotten/" "$dir/out"

variant
sed -i 's/BEGIN SOLUTION say-hello/BEGIN SOLUTION say-helo/' \
	"$lesson/solution/hello_rs.rs"
prove
is "so is a region of no step" grep -q "no write step 'say-helo'" "$dir/out"

# ---- the learner's own check ----

variant -e '/try = "no-exit"/d' \
	-e 's/^          log = { "hello_rs: loaded, the answer is 42".*/          job = "rmmod hello_rs", absent = "hello_rs:" },/' \
	-e 's/"It is refused: .*",/{ "It prints.", job = "rmmod hello_rs", log = "hello_rs: unloaded" },/'
work=$KILN_HOME/work/two-hellos
{
	"$kiln" start 0.1
	"$kiln" step no-exit
	"$kiln" predict a
} >"$dir/out" 2>&1
is "without an experiment the next check is to tell" \
	grep -q "Your next check that gets to the guest will tell" "$dir/out"
is "and the reason waits" bash -c "! grep -q delete_module '$dir/out'"
"$kiln" check >"$dir/out" 2>&1
is "a module that did not load tells nothing" \
	bash -c "! grep -q 'what you predicted' '$dir/out'"
cp "$repo/lessons/0-first-contact/01-two-hellos/try/no-exit/hello_rs.rs" \
	"$work/"
"$kiln" check >"$dir/out" 2>&1
is "then the log speaks" grep -q "The log says b) It works" "$dir/out"
is "of the step in question" grep -q "^  --- rmmod hello_rs" "$dir/out"
is "and the reason comes" grep -q "delete_module" "$dir/out"
"$kiln" check >"$dir/out" 2>&1
is "once" bash -c "! grep -q 'what you predicted' '$dir/out'"

done_testing
