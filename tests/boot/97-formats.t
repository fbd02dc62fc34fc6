#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Real checks in the formats of other programs, read as those read them.
# What each format makes of every verdict is tests/unit/formats.sh.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib", "$FindBin::Bin/../formats";
use Formats;
use JSON::PP qw(decode_json);
use KilnTest;
use Test::More;

our $k = KilnTest->new;
my $report = "$k->{root}/out/report";
my $seed = 7; # so that two checks of one work are one verdict

sub check {
	my ($lesson, $dir, @more) = @_;

	return $k->run(['check', $lesson, '--dir', $dir, '--seed', $seed,
		@more], limit => 120);
}

# The verdict in Gradescope's file, and with it the JSON to hold others to.
sub gradescope {
	my ($what, $exit, @check) = @_;
	my $r = check(@check, '--format', 'gradescope', '--output', $report);
	my $g = decode_json(KilnTest::read_file($report));
	my $v = $g->{extra_data}{kiln};

	is($r->{exit}, $exit, "$what: exit code");
	like($r->{out}, qr/^(Passed|Not yet|No verdict)\b/m,
		"$what: the terminal has the text");
	Formats::fits($v, 'verdict', $what);
	Formats::gradescope_agrees($g, $v, $what);
	return ($v, $g);
}

sub tap {
	my ($what, $exit, $v, @check) = @_;
	my $r = check(@check, '--format', 'tap');

	is($r->{exit}, $exit, "$what in TAP: exit code");
	Formats::tap_agrees($r->{out}, $v, "$what in TAP");
	return $r->{out};
}

sub junit {
	my ($what, $exit, $v, @check) = @_;
	my $r = check(@check, '--format', 'junit', '--output', $report);

	is($r->{exit}, $exit, "$what in JUnit: exit code");
	Formats::junit_agrees($report, $v, "$what in JUnit");
}

sub case_dir {
	my ($as, $case) = @_;

	return $k->learner(lesson => $as, $case ? (files =>
		{ 'bad.c' => KilnTest::case_text($case) }) : ());
}

# One that passes; prove runs the check itself.
my $good = case_dir('01-c-module');
my ($v, $g) = gradescope('pass', 0, 'c-module', $good);

is($v->{verdict}, 'pass', 'pass: verdict');
{
	local $ENV{KILN_HOME} = "$k->{root}/home";
	local $ENV{KILN_DATA} = "$k->{root}/data";
	my $out = qx{prove --exec '$KilnTest::kiln check --format tap --dir $good' c-module 2>&1};

	is($?, 0, 'pass: prove is content') || diag($out);
	like($out, qr/^Files=1, Tests=${\ (@{ $v->{checks} } + 1)},/m,
		'pass: prove has counted');
}

# A test of the instructor's that fails.
my $wrong = case_dir('03-suite', 'suite-wrong.c');

($v, $g) = gradescope('fail', 1, 'suite', $wrong);
is($v->{verdict}, 'fail', 'fail: verdict');
cmp_ok($g->{score}, '<', $v->{score}{possible}, 'fail: not all points');
junit('fail', 1, $v, 'suite', $wrong);

# The kernel reports a fault.
my $crash = case_dir('01-c-module', 'kasan-use-after-free.c');

($v, $g) = gradescope('crash', 1, 'c-module', $crash);
is($v->{verdict}, 'crash', 'crash: verdict');
like($g->{output}, qr/^kasan: .*use-after-free/m, 'crash: its report');
tap('crash', 1, $v, 'c-module', $crash);

# It does not build: there is no guest, so all three are cheap.
my $broken = case_dir('01-c-module', 'compile-error.c');

($v, $g) = gradescope('build-failed', 1, 'c-module', $broken);
is($v->{verdict}, 'build-failed', 'build-failed: verdict');
is($g->{score}, 0, 'build-failed: no points');
like($g->{output}, qr/^bad\.c:\d+:\d+: error: /m, 'build-failed: the error');
like(tap('build-failed', 1, $v, 'c-module', $broken),
	qr/not run: it does not build/, 'build-failed: why nothing ran');
junit('build-failed', 1, $v, 'c-module', $broken);
like(Formats::xpath($report, 'string(//testcase[last()]/system-out)'),
	qr/bad\.c:\d+/, 'build-failed: what the build printed');

# Faults of ours: of the lesson, and of a machine without a kernel.
sub fault {
	my ($verdict, $exit, @check) = @_;
	my ($v) = gradescope($verdict, $exit, @check);

	is($v->{verdict}, $verdict, "$verdict: verdict");
	tap($verdict, $exit, $v, @check);
	junit($verdict, $exit, $v, @check);
}

my ($linux) = glob("$k->{cache}/linux-*");
my $to = readlink($linux);

unlink($linux);
fault('environment-fault', 4, 'c-module', $good);
symlink($to, $linux);
{
	local $k = KilnTest->new(lessons => "$KilnTest::boot/faulty");

	fault('lesson-fault', 3, 'syntax', $good);
}

# Where the file goes, and when it does not.
sub refused {
	my ($what, $says, @more) = @_;
	my $r = check('c-module', $good, @more);

	is($r->{exit}, 2, "$what: exit code");
	is($r->{out}, '', "$what: nothing on standard output");
	like($r->{err}, $says, "$what: it says why");
}

KilnTest::write_file($report, 'of another run');
refused('an unknown format', qr/did you mean 'junit'/,
	'--format', 'jnit', '--output', $report);
is(KilnTest::read_file($report), 'of another run',
	'it is left alone when the command makes no sense');
is($k->run(['check', 'nothing', '--json', '--output', $report])->{exit}, 2,
	'no such lesson');
ok(!-e $report, 'and no result of another run is left in its place');
refused('no format', qr/'--output' needs a format/, '--output', $report);
refused('two formats', qr/exclude each other/, '--json', '--format', 'tap');
refused('a device', qr/no regular file/,
	'--json', '--output', '/dev/stdout');
refused('no folder', qr/No such file or directory/,
	'--json', '--output', "$k->{root}/nowhere/report");
is(check('c-module', $broken, '--json', '--output', $report)->{exit}, 1,
	'JSON into a file');
Formats::fits(Formats::read_json($report), 'verdict', 'the file');

$k->is_clean;
done_testing;
