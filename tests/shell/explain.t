#!/bin/bash
# explain: the words of Rust's tools and our own, without a network, which
# tests/run has cut off.
# shellcheck disable=SC2154 # lib.sh sets kiln, dir and KILN_HOME
. "$(dirname "$0")/lib.sh"

# says CODE TEXT: explain has a text, with these words in it.
says()
{
	"$kiln" explain ${1:+"$1"} >"$dir/out" 2>&1 </dev/null &&
		grep -qF -- "$2" "$dir/out"
}

# refuses WORDS TEXT: it has none, says so, and is an error of usage.
refuses()
{
	local code

	# shellcheck disable=SC2086 # none, or several words
	"$kiln" explain $1 >"$dir/out" 2>&1 </dev/null
	code=$?
	[ $code = 2 ] && tr '\n' ' ' <"$dir/out" | tr -s ' ' |
		grep -qF -- "$2"
}

# hints WORDS: the next hint is for that, and names no words of others.
hints()
{
	"$kiln" hint >"$dir/out" 2>&1 </dev/null
	grep -q "^Hint .*for: $1" "$dir/out" &&
		! grep -q "Rust's own words" "$dir/out"
}

is "a code of rustc" says E0425 "An unresolved name was used."
is "with its example" says E0425 "something_that_doesnt_exist::foo;"
is "its number alone" says 308 \
	"Expected type did not match the received type."
is "in small letters" says e0308 E0308
is "a lint of clippy" says clippy::undocumented_unsafe_blocks \
	"// SAFETY:"
is "a lint of rustc" says dead_code "unused, unexported items"
for kind in kasan lockdep leak rust-panic; do
	is "the finding $kind" says $kind "$kind"
done
is "what kasan is" says kasan "address sanitizer"
is "there is no such code" refuses E9999 "no explanation of 'E9999'"
is "and it says what there is" refuses E9999 "clippy::NAME"
is "there is no such lint" refuses clippy::nonsense \
	"no explanation of 'clippy::nonsense'"
is "a slip of the finger" refuses lockdp "did you mean 'lockdep'?"
is "clang's own" refuses "-- -Wunused" "in the message alone"
is "without a lesson there is nothing to explain" refuses "" \
	"no lesson has been started"
"$kiln" start 0.1 >/dev/null </dev/null
is "nor where nothing was checked" refuses "" \
	"nothing of lesson 0.1 has been checked yet"
echo 'fn f() { oks() }' >>"$KILN_HOME/work/two-hellos/hello_rs.rs"
"$kiln" check >/dev/null 2>&1 </dev/null
is "without a word it is the last check's" says "" \
	"An unresolved name was used."
# A first error without a code is the one that is told of, not a later one.
echo 'fn g(x: *u8) {}' >>"$KILN_HOME/work/two-hellos/hello_rs.rs"
"$kiln" check >/dev/null 2>&1 </dev/null
is "the first error comes first, code or not" says "" \
	"in raw pointer type"
is "and what is known of it" says "" "an error without a code"
is "the hint is for the same" hints "build-failed"
is "Kiln's words on what it found" says abi-failed "#[repr(C)]"
done_testing
