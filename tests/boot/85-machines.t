#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Machines that lessons ask for: what is in them, how their warm guests come
# and go, and what random numbers are drawn there.
use strict;
use warnings;

use Fcntl qw(:flock);
use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my @track = (track => '2-runs');
my $dir = $k->learner(lesson => '03-machine', @track);

# ---- a new machine line, by two checks at once ----

my %had = map { $_ => 1 } $k->guest_dirs;
# On a terminal, where it is said what takes long.
my @tty = (limit => 180, env => { TERM => 'dumb' },
	wrap => ['sh', '-c', 'exec script -qec "$*" /dev/null', 'sh']);
my @both = map { $k->start(['check', 'machine', '--dir', $_], @tty) }
	$dir, $k->learner(lesson => '03-machine', @track);

KilnTest::finish($_) for @both;
like($_->{out}, qr/Passed: 5 of 5/, 'two at once on a new machine pass')
	|| diag("$_->{out}$_->{err}") for @both;

my $said = join('', map { $_->{out} } @both);

like($said, qr/booting a guest to keep warm/, 'one says that it makes it');
like($said, qr/another check makes the warm guest/, 'the other that it waits');

my @new = grep { !$had{$_} } $k->guest_dirs;

is(scalar @new, 1, 'and there is one more warm guest');
$k->expect('two CPUs, edu and pci-testdev', 'machine', $dir,
	verdict => 'pass', exit => 0, guest => 'warm', max_ms => 8000);

# ---- random numbers ----

# What the kernel and a program of that run drew.
sub drawn {
	my (@seed) = @_;
	my $r = $k->check('machine', $dir, args => [@seed]);
	my $log = KilnTest::read_file($r->{json}{log});

	return $log =~ /draw: kernel (\w+).*draw: user (\w+)/s;
}

my @one = drawn();
my @two = drawn();

is(scalar @one, 2, 'numbers are drawn');
isnt($one[0], $two[0], 'the kernel draws others the next time');
isnt($one[1], $two[1], 'and so do programs');
isnt($one[0], $one[1], 'and not the same as each other');
is_deeply([drawn('--seed', 11)], [drawn('--seed', 11)],
	'with the same seed they are the same');

# ---- a device that there is not ----

$k->expect('an unknown device', 'device',
	$k->learner(lesson => '04-device', @track), exit => 3,
	verdict => 'lesson-fault',
	reason => qr/device that QEMU cannot have: flux-capacitor/);
is(scalar(grep { !$had{$_} } $k->guest_dirs), 1, 'for which no guest is kept');

my $author = $k->run(['author', 'test', 'device', '--tap'], limit => 120);

isnt($author->{exit}, 0, 'author test finds it');
like($author->{out}, qr/lesson is at fault.*flux-capacitor/, 'and says so');

# ---- damage, and the bound on what is kept ----

my ($guest) = @new;
my ($origin) = KilnTest::read_file("$guest/.complete") =~ /^(\S+ \S+)\n\z/m;
my @fake = map { sprintf("$k->{cache}/guest-%016x", $_) } 1 .. 9;
my %held;

# Each as old as its number is low.
for my $i (0 .. $#fake) {
	mkdir $fake[$i];
	KilnTest::write_file("$fake[$i]/ram", 'x' x 4096);
	KilnTest::write_file("$fake[$i]/.complete", "0\n1.0\n$origin\n");
	KilnTest::write_file("$fake[$i].lock", '');
	utime(1000 + $i, 1000 + $i, "$fake[$i].lock");
}
open($held{0}, '<', "$fake[0].lock") && flock($held{0}, LOCK_SH)
	or die "$fake[0].lock: $!";

my $ram = (stat("$guest/ram"))[9];

rename("$guest/ram", "$guest/gone");
$k->expect('a damaged one is made again', 'machine', $dir, limit => 120,
	verdict => 'pass', exit => 0, guest => 'warm');
isnt((stat("$guest/ram"))[9], $ram, 'anew');
ok(-d $fake[0], 'one that is in use stays, though it is the oldest');
ok(!-d $fake[1], 'the next oldest is gone');
ok(-d $fake[8], 'the youngest is there');
my @left = $k->guest_dirs;

cmp_ok(scalar @left, '<=', 9, 'there are no more than eight, but for the one '
	. 'that is held');

# ---- all of them away ----

close($held{0});
my $clean = $k->start(['setup', '--clean'], limit => 120);

ok(KilnTest::await(60, sub { !-d $guest && !grep { -d } @fake }),
	'setup --clean removes them');
kill('INT', $clean->{pid});
KilnTest::finish($clean);
$k->is_clean;

done_testing;
