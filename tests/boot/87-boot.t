#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# `kiln boot` without a terminal: commands go in, what they print comes out,
# time is the clock's, and however a guest ends it is said. The terminal is
# tests/shell/boot.t's.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;
use Time::HiRes qw(time);

my $k = KilnTest->new;

# The commands, in a guest with that lesson's modules.
sub boot {
	my ($commands, %o) = @_;
	my $dir = $o{dir} || $k->learner(%o);

	return $k->run(['boot', $o{slug} || 'c-module', '--dir', $dir,
			@{ $o{args} || [] }],
		input => $commands, limit => 180, %o);
}

subtest 'a module, by hand' => sub {
	my $r = boot(<<'END');
cd /lesson && ls
insmod bad.ko
cat /proc/modules
mount | grep debugfs
rmmod bad
dmesg | grep -c 'bad: '
false || echo in $PWD as $(id -u) in $(stty size <&2 | wc -w)
END
	is($r->{exit}, 0, 'it succeeds');
	like($r->{out}, qr/^bad\.ko$/m, 'the module is there');
	like($r->{out}, qr/^\[ *\d+\.\d+\] bad: ready$/m,
		'the kernel\'s word comes to the same console');
	like($r->{out}, qr/^bad \d+ 0 - Live/m, 'it is loaded');
	like($r->{out}, qr/debugfs/, 'debugfs is mounted');
	like($r->{out}, qr/^in \/lesson as 0/m, 'root, in /lesson');
	unlike($r->{out}, qr/\r/, 'no carriage returns in a pipe');
	$k->is_clean;
};
my $warm = join("\n", $k->guest_dirs);

subtest 'what it exits with' => sub {
	is(boot("true\nfalse")->{exit}, 1, 'the last command failed');
	is(boot("echo 1\npoweroff\nsleep 100\n")->{exit}, 0,
		'poweroff leaves');
	$k->is_clean;
};

# An idle guest of a check runs ahead of the clock; this one must not.
subtest 'time' => sub {
	my $run = $k->start(['boot', 'c-module', '--dir', $k->learner],
		input => "echo begun\nsleep 3\necho slept\n", limit => 120);
	my %at;

	for my $word (qw(begun slept)) {
		ok(KilnTest::await(60, sub {
			-e $run->{out_path} && KilnTest::read_file(
				$run->{out_path}) =~ /^$word/m }),
			"it has $word");
		$at{$word} = time;
	}
	KilnTest::finish($run);
	cmp_ok($at{slept} - $at{begun}, '>', 2,
		'three seconds of sleep take about so long');
	cmp_ok($at{slept} - $at{begun}, '<', 5 * $KilnTest::patience + 10,
		'and not much longer');
};

subtest 'a program of the lesson' => sub {
	my $r = boot("ls -l work_program\n./work_program; echo said \$?\n",
		lesson => '04-program', slug => 'program');
	like($r->{out}, qr/^said \d+$/m, 'it is there and runs')
		|| diag($r->{out} . $r->{err});
};

subtest 'it does not build' => sub {
	my $dir = $k->learner(files => { 'bad.c' => "int bad(void\n" });
	my $r = boot("echo here\n", dir => $dir);

	is($r->{exit}, 1, 'the exit code');
	like($r->{out}, qr/bad\.c:\d+/, 'the compiler\'s words');
	like($r->{out}, qr/boot --anyway/, 'what can be done');
	unlike($r->{out}, qr/^here/m, 'and nobody went there');
	$r = boot("ls\necho here\n", dir => $dir, args => ['--anyway']);
	is($r->{exit}, 0, '--anyway goes there');
	like($r->{out}, qr/^here$/m, 'in a guest');
	unlike($r->{out}, qr/bad\.ko/, 'without the module');
	$k->is_clean;
};

subtest 'a panic' => sub {
	my $dir = $k->learner(files => {
		'bad.c' => KilnTest::case_text('panic.c') });
	my $r = boot("insmod bad.ko\necho never\n", dir => $dir);
	my $place = KilnTest::marked('bad.c',
		KilnTest::case_text('panic.c'), 'HERE');

	is($r->{exit}, 1, 'the exit code');
	like($r->{out}, qr/guest has ended: its kernel panicked/, 'it is said');
	like($r->{out}, qr/^  panic: /m, 'as a finding');
	like($r->{out}, $place, 'with the learner\'s line');
	like($r->{out}, qr/only\s+the\s+end\s+of\s+it/, 'and explained');
	unlike($r->{out}, qr/^never/m, 'nothing follows');
	$k->is_clean;
};

subtest 'a fault that the guest survives' => sub {
	my $dir = $k->learner(files => {
		'bad.c' => KilnTest::case_text('kasan-heap-write.c') });
	my $r = boot("insmod bad.ko\necho still here\n", dir => $dir);

	like($r->{out}, qr/^still here$/m, 'it goes on');
	like($r->{out}, qr/kernel reported a fault:\n\n  kasan: /,
		'and is told at the end') || diag($r->{out});
};

subtest 'CPUs that are halted' => sub {
	my $r = boot("poweroff -f\n");

	is($r->{exit}, 1, 'a halt: the exit code');
	like($r->{out}, qr/guest has ended: it was halted/, 'is said');
	$k->is_clean;
};

subtest 'too much' => sub {
	my $r = boot("yes\n");

	is($r->{exit}, 1, 'a flood: the exit code');
	ok(length($r->{out}) < 150 << 10, 'is capped');
	like($r->{err}, qr/printed more than/, 'and said');
	$k->is_clean;
};

subtest 'ended from outside' => sub {
	my $run = $k->start(['boot', 'c-module', '--dir', $k->learner],
		input => "echo begun\nsleep 1000\n", limit => 60);

	ok(KilnTest::await(30, sub {
		-e $run->{out_path}
			&& KilnTest::read_file($run->{out_path}) =~ /begun/ }),
		'it is under way');
	kill('TERM', $run->{pid});
	KilnTest::finish($run);
	ok(!$run->{overdue}, 'kill -TERM ends it');
	is($run->{exit}, 130, 'with the code of an interrupt');
	$k->is_clean;
};

# The same saved guest serves checks and visitors.
is(join("\n", $k->guest_dirs), $warm, 'no other guest was saved');
$k->expect('a check afterwards', 'c-module', $k->learner,
	verdict => 'pass', exit => 0, guest => 'warm', findings => []);

done_testing;
