#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# What authors have: lessons proved, and those that are not what they say.
use strict;
use warnings;

use File::Temp;
use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new(lessons => "$FindBin::Bin/author");

sub author { return $k->run(['author', @_], limit => 240) }

# ---- author test ----

my $r = author('test', '--all', '--jobs', '2', '--tap');
is($r->{exit}, 3, 'author test: one of two is not proved');
like($r->{out}, qr/^ok 1 - 1\.1 solution passes, twice$/m, 'the solution');
like($r->{out}, qr/^ok 2 - 1\.1 starter does not pass, twice$/m, 'the starter');
like($r->{out}, qr{^ok 3 - 1\.1 alt/early passes, twice$}m, 'another solution');
like($r->{out}, qr{^ok 4 - 1\.1 wrong/whole is rejected by half, twice$}m,
	'a wrong answer');
like($r->{out}, qr/^not ok 5 - 1\.2 solution passes\n.*\n# it should build without a word, and there is: unused variable/m,
	'a solution that warns');
like($r->{out}, qr{^not ok 7 - 1\.2 alt/broken passes\n.*\n# it should pass, and the verdict is fail}m,
	'another solution that is none');
like($r->{out}, qr{^not ok 8 - 1\.2 wrong/right is rejected by half\n.*\n# it passes, and check half should reject it}m,
	'a wrong answer that is right');
like($r->{out}, qr/^1\.\.8$/m, 'the plan is whole');
$k->is_clean;

# What was proved is not proved again; what was not, is.
$r = author('test', '--changed');
is($r->{exit}, 3, 'author test --changed');
like($r->{out}, qr/^  1\.1    good +unchanged/m, 'the proved one is passed over');
like($r->{out}, qr/^  1\.2    bad +NOT PROVED.*\n +solution: it should build/m,
	'the other one is not');

# Stopped, it leaves nothing.
my $run = $k->start(['author', 'test', '1.1'], limit => 120);
ok(KilnTest::await(60, sub { KilnTest::descendant($run->{pid}, qr/qemu/) }),
	'a run is under way');
kill('INT', $run->{pid});
$r = KilnTest::finish($run);
is($r->{exit}, 130, 'interrupted');
like($r->{out}, qr/Stopped after .*: 0 of 1 lessons were proved/, 'and it says so');
$k->is_clean;

$r = author('test', '1.1', '--jobs', 'many');
is($r->{exit}, 2, 'a number of jobs that is none');
like($r->{err}, qr/only whole numbers from 1 to 64 are allowed/, 'is told');
$r = author('tset');
is($r->{exit}, 2, 'another word');
like($r->{err}, qr/did you mean 'author test'/, 'is guessed');

# ---- author new ----

# What it makes is right as it is: by author lint in each language, and in one
# of them by author test as well.
my $fresh = KilnTest->new(lessons => File::Temp::tempdir(CLEANUP => 1));
my %title = (c => 'In C', rust => 'In "Rust"', both => 'Both \\ of them');
for my $language (sort keys %title) {
	$r = $fresh->run(['author', 'new', '--language', $language, '--title',
		$title{$language}], limit => 30);
	is($r->{exit}, 0, "author new --language $language");
	like($r->{out}, qr/^  kiln author lint 1\.\d /m, 'says what comes next');
}
$r = $fresh->run(['author', 'lint', '--all'], limit => 240);
is($r->{out}, "Nothing to mend in 3 lessons.\n", 'there is nothing to mend');
$r = $fresh->run(['list'], limit => 30);
like($r->{out}, qr/Both \\ of them .*In C .*In "Rust" /s, 'titles are as given');
for my $file (split /\n/, `find $fresh->{lessons}/ -type f`) {
	like(KilnTest::read_file($file), qr/REPLACE: \w/,
		"$file says what to replace");
}
$r = $fresh->run(['author', 'test', '1.2', '--tap'], limit => 240);
is($r->{exit}, 0, 'the lesson in C is proved');
like($r->{out}, qr{^ok \d - 1\.2 try/negative shows the right answer alone}m,
	'its experiment too');
like($r->{out}, qr/^1\.\.7$/m, 'with all its answers');
$fresh->is_clean;

$r = $fresh->run(['author', 'new', '--id', '1.2'], limit => 30);
is($r->{exit}, 2, 'a place that is taken');
like($r->{err}, qr{1\.2 is taken, by 1-new-track/02-in-c\n.*1\.4 is free}s,
	'is told, and one that is not');
for my $case (['--id', 'one', qr/'one' is no id/],
	['--id', '1.100', qr/there is no place 1\.100/],
	['--slug', 'in-c', qr/lesson 1\.2 is called 'in-c' already/],
	['--slug', 'In C', qr/no name of a lesson/],
	['--track', 'other', qr/track 1 is there, and called 'new-track'/],
	['--language', 'rst', qr/did you mean rust/],
	['--minutes', '0', qr/1 to 240 are allowed/],
	['--title', 'x' x 61, qr/has 61 characters/],
	['--title', "a\tb", qr/control character/],
	['--dir', "$fresh->{root}/none", qr/there is no folder/]) {
	$r = $fresh->run(['author', 'new', $case->[0], $case->[1]], limit => 30);
	is($r->{exit}, 2, "author new $case->[0] $case->[1]");
	like($r->{err}, $case->[2], 'says why');
}
is(scalar(() = glob("$fresh->{lessons}/*/*")), 3, 'and makes nothing');

# A slip in the markers is found without a build, and hinders no other finding.
my ($half) = glob("$fresh->{lessons}/*/02-in-c/solution/half.c");
KilnTest::write_file($half, KilnTest::read_file($half) =~ s/END SOLUTION/END/r);
$r = $fresh->run(['author', 'lint', '1.2'], limit => 60);
is($r->{exit}, 3, 'a region without an end');
like($r->{out}, qr{/02-in-c/solution/half\.c:\d+\n +error: a line of a stub},
	'is told, with its line');

# ---- author lint ----

my $rough = KilnTest->new(lessons => "$FindBin::Bin/author-lint");

sub finds {
	my ($where, $what) = @_;
	my $place = quotemeta($where);
	(my $out = $r->{out}) =~ s/\n    (?!error|warning)/ /g;

	like($out, qr{/$place\n    error: [^\n]*$what}, "$where: $what");
}

$r = $rough->run(['author', 'lint', '1.1'], limit => 240);
is($r->{exit}, 3, 'author lint finds errors');
finds('solution/half.c:11', 'checkpatch:.*space prohibited');
finds('solution/half_rs.rs:26', 'rustfmt');
finds('solution/half_rs.rs:25', 'clippy::undocumented_unsafe_blocks');
finds('lesson.lua:17', 'no hint for "E0308".*wrong/types');
finds('text.md:13', 'stands in no file');
finds('text.md:28', 'does not build: mismatched types, E0308');
finds('text.md', '23 words without the listings');
unlike($r->{out}, qr/text\.md:(7|19|20|21)\b/, 'what is right is not told');
$rough->is_clean;

$r = $rough->run(['author', 'lint', '1.1', '--no-build'], limit => 60);
is($r->{exit}, 3, 'without a build');
unlike($r->{out}, qr/clippy|checkpatch|E0308/, 'there is less to find');
$r = $k->run(['author', 'lint', '1.1'], limit => 120);
is($r->{exit}, 3, 'of the other lessons');
unlike($r->{out}, qr{solution/}, 'the solution is clean');

# ---- author mutate ----

$r = $k->run(['author', 'mutate', '1.1', '--strict'], limit => 240);
is($r->{exit}, 3, 'author mutate --strict: too many go unnoticed');
like($r->{out}, qr/^10 mutants in .*: 6 noticed, 4 not \(1 explained\), 0 do not/m,
	'what became of them');
like($r->{out}, qr/^solution\/half\.c:12: another error, `\w{8}`
    - +return -EINVAL;
    \+ +return -EIO;$/m, 'place and difference');
like($r->{out}, qr/`f03fa4c9`(\n .*)+\n +explained: no check loads it with/,
	'what the notes explain');
like($r->{out}, qr/explains `00000000`, which is no mutant/,
	'and what they explain in vain');
unlike($r->{out}, qr/pr_info/, 'those that are noticed are not told');
$k->is_clean;
$r = $k->run(['author', 'mutate', '1.1', '--max', '1', '--seed', '3'],
	limit => 120);
is($r->{exit}, 0, 'without --strict it is a report');
like($r->{out}, qr/^1 mutant in .* 9 others\s+were not tried/ms,
	'of those that were asked for');

done_testing();
