#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# What klog says of a log, against the kernel's own parser, kunit_parser.py:
# on the golden logs, on that parser's own, and on thousands made of them.
# No guest is run, but Python is the toolroot's and the parser the kernel's.
use strict;
use warnings;

use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

chdir $KilnTest::repo or BAIL_OUT("$KilnTest::repo: $!");
my $build = $ENV{BUILD} || 'build';
my $compare = "$build/tests/unit/kunit_compare";
my @make = ('make', '-s', '--no-print-directory', $compare);

push @make, 'SAN=1' if $build =~ /san$/;
system(@make) == 0 or BAIL_OUT("cannot make $compare");

my ($toolroot) = KilnTest::keyed('toolroot');
my ($linux) = KilnTest::keyed('linux');

$toolroot && $linux or BAIL_OUT("no toolroot or no kernel: run 'make setup'");

my $dir = tempdir('kiln-boot-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my @box = ('bwrap', '--unshare-all', '--die-with-parent',
	'--ro-bind', $toolroot, '/', '--proc', '/proc', '--dev', '/dev',
	'--tmpfs', '/kiln', '--ro-bind', "$linux/src", '/kiln/src',
	'--ro-bind', "$KilnTest::repo/tests/golden", '/kiln/golden',
	'--clearenv', '--setenv', 'PATH', '/usr/bin:/bin',
	'--setenv', 'LC_ALL', 'C.UTF-8');

# @args > @file; the exit code.
sub into {
	my ($file, @args) = @_;
	my $pid = fork // die "fork: $!";

	if ($pid == 0) {
		open(STDOUT, '>', $file) or die "$file: $!";
		{ exec @args };
		POSIX::_exit(126);
	}
	waitpid($pid, 0);
	return $? >> 8;
}

sub compared {
	my ($frames) = @_;

	return qx{$compare < '$frames'};
}

is(into("$dir/frames", @box, 'python3', '/kiln/golden/against-kunit',
	'/kiln/src', '/kiln/golden'), 0, 'their parser has read all logs');

my $said = compared("$dir/frames");
my @logs = $said =~ /^(?:not )?ok \d+ - .*: \d+ logs, \d+ differ$/mg;
my @differ = grep { /^not ok/ } split(/\n/, $said);
my ($all) = $said =~ /all frames were read: (\d+)$/m;

cmp_ok(scalar @logs, '>=', 100, 'there are many logs');
cmp_ok($all // 0, '>=', 10000, 'and many more made of them');
ok(!@differ, 'we agree on each of them') || diag(join("\n", @differ,
	($said =~ /^(# .*)$/mg)[0 .. 20]));
for my $log (glob('tests/golden/*.log')) {
	my ($name) = $log =~ m{([^/]+)\.log$};

	like($said, qr/^ok \d+ - \Q$name\E: \d+ logs/m, "$name was read");
}

# That a difference would be seen, of each kind, in one frame.
my $frame = qr/kunit-skip: as it is\t/;

sub altered {
	my ($from, $to, $what) = @_;
	my $frames = KilnTest::read_file("$dir/frames");

	$frames =~ s/$from/$1$to/ or die "no $from";
	KilnTest::write_file("$dir/altered", $frames);
	like(compared("$dir/altered"), qr/^not ok .*, 1 differ$/m, $what);
}

altered(qr/($frame\d \d )2/, '1', 'seen: another count');
altered(qr/($frame\d \d \d \d )0/, '1', 'seen: another number of errors');
altered(qr/($frame.{10})SKIPPED/,
	'FAILURE', 'seen: a status milder than theirs');
altered(qr/($frame.{10}.*?^skip )a$/ms, 'c', 'seen: another name');
altered(qr/($frame.{10}.*?^)skip(?= a$)/ms, 'pass', 'seen: another result');

done_testing;
