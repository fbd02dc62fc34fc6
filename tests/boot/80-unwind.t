#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Modules that must go as they came: loaded and unloaded again and again, and
# loaded while the allocations of their init fail, one after the other.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;

# A case is checked as lesson "unwind"; %o are those of expect(), and what the
# two checks say: soak => qr/…/, failslab => qr/…/.
sub case {
	my ($name, $verdict, %o) = @_;
	my $rust = $name =~ /\.rs$/;
	my $lesson = $rust ? '21-unwind-rust' : '20-unwind';
	my $file = $rust ? 'ring_rs.rs' : 'ring.c';
	my $dir = $k->learner(lesson => $lesson, $name =~ /^solution/ ? ()
		: (files => { $file => KilnTest::case_text("unwind/$name") }));
	(my $slug = $lesson) =~ s/^\d+-//;

	subtest $name => sub {
		my $r = $k->check($slug, $dir);
		my $v = $r->{json};
		my %said = map { $_->{id} => $_ } @{ $v->{checks} };
		my @kinds = map { $_->{kind} } @{ $v->{findings} };
		my $good = 1;

		KilnTest::keep_log("unwind-$name", $v);
		$good &= is($v->{verdict}, $verdict, 'verdict');
		$good &= is($r->{exit}, $verdict eq 'pass' ? 0 : 1, 'exit code');
		for my $check ('soak', 'failslab') {
			my $c = $said{ $check eq 'soak' ? 'again' : 'undone' };
			my $want = $o{$check} || next;

			my ($result, @says) = @$want;

			$good &= is($c->{result}, $result, $check);
			$good &= like($c->{message}, $_, "what $check says")
				for @says;
		}
		$good &= is_deeply(\@kinds, $o{findings} || [], 'findings');
		$good &= $k->is_clean;
		diag("$r->{out}$r->{err}") if !$good;
	};
}

my $fine = ['pass', qr/loaded and unloaded \d+ times, and nothing was left/];

# ---- C ----

case('solution.c', 'pass', soak => $fine,
	failslab => ['pass', qr/each of \d+ allocations failed, one at a time/]);
case('leak-on-error.c', 'crash', findings => ['leak'], soak => $fine,
	failslab => ['fail', qr/1 object from kmalloc-\d+, allocated in /,
		qr/ ring_init, ring\.c:18, is left behind when allocation 2 /,
		qr/ 2 of init \(kmalloc in ring_init, ring\.c:22\) fails/]);
case('swallowed.c', 'fail', soak => $fine, failslab => ['fail',
	qr/allocation 2 of init \(.*ring\.c:22\).* said that all went well/]);
case('positive.c', 'fail', soak => $fine, failslab => ['fail',
	qr/allocation 1 of init .* returned 12: .* negative number, -12/]);
case('double-free.c', 'crash', findings => ['kasan'], soak => $fine,
	failslab => ['fail',
		qr/double-free.* when allocation 2 of init \(kmalloc.* fails/]);
case('unchecked.c', 'crash', findings => ['kasan'], soak => $fine,
	failslab => ['fail',
		qr/when allocation 2 of init .* insmod was killed by SIG/]);
# Where it loops is told when the task was running as it was looked at, and
# cond_resched() may have taken the CPU from it.
case('hangs.c', 'timeout', soak => $fine, failslab => ['fail',
	qr/when allocation 2 of init .* fails, insmod was not done in the time/,
	qr/time that it had(?:; it loops in ring_init \(ring\.c:2[34]\))?$/]);
# The first allocation after misc_register(), whatever that makes itself.
case('unregister-missing.c', 'fail', soak => $fine, failslab => ['fail',
	qr{when allocation \d+ of init \(kstrdup.* /dev/ring is left behind}]);
case('leak-on-exit.c', 'crash', findings => ['leak', 'leak'],
	soak => ['fail', qr/3 objects from kmalloc-\d+, .* in rounds 1 to 3/]);
case('third-load.c', 'fail',
	soak => ['fail', qr/in round 3 of 3, insmod gave ENOSPC/],
	failslab => ['fail', qr/with no allocation failing, insmod gave/]);
case('no-exit.c', 'fail',
	soak => ['fail', qr/in round 1 of 3, rmmod gave EBUSY/]);
case('tampers.c', 'fail', soak => $fine, failslab => ['fail',
	qr/allocation 1 of init should have failed, .* kept it from that/]);

# ---- Rust ----

case('solution.rs', 'pass', soak => $fine,
	failslab => ['pass', qr/each of \d+ allocations failed/]);
case('rust-leak.rs', 'crash', findings => ['leak'], soak => $fine,
	failslab => ['fail', qr/allocated in ring_rs::Slots::new, ring_rs.rs:25,/,
		qr/ when allocation 2 of init \(in .*, ring_rs\.rs:28\) fails/]);
case('rust-swallowed.rs', 'fail', soak => $fine, failslab => ['fail',
	qr/allocation 1 of init .*ring_rs.* said that all went well/]);
case('rust-other-error.rs', 'fail', soak => $fine, failslab => ['fail',
	qr/allocation 1 of init .* must give ENOMEM, and gives EINVAL/]);
case('rust-unwrap.rs', 'crash', findings => ['rust-panic'], soak => $fine,
	failslab => ['fail', qr/allocation 1 of init .* was killed by/]);

done_testing;
