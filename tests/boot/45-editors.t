#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Editors: what `start` tells them of each lesson, and the two language
# servers as an editor finds them, asked what an editor asks.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use File::Basename qw(basename);
use JSON::PP qw(decode_json);
use KilnTest;
use Lsp;
use Test::More;
use Time::HiRes qw(time);

our $k = KilnTest->new(lessons => "$KilnTest::repo/lessons");
# Paths as learners have them.
our $home = "$k->{root}/Zo\xc3\xab's home+1";
rename("$k->{root}/home", $home) or die "rename: $!";
our $work = "$home/work";
our %env = (KILN_HOME => $home, KILN_DATA => "$k->{root}/data");

# ---- the lessons, as `start` lays them down, then solved ----

our @lessons;

for my $dir (glob("$KilnTest::repo/lessons/*/*")) {
	(my $slug = basename($dir)) =~ s/^\d+-//;
	my $r = $k->run(['start', $slug], env => \%env);

	is($r->{exit}, 0, "start $slug") || diag($r->{err});
	is($r->{err}, '', 'without a complaint');
	for my $path (glob("$dir/solution/*")) {
		my $to = "$work/$slug/" . basename($path);

		unlink $to;
		KilnTest::write_file($to, KilnTest::read_file($path));
	}
	push @lessons, "$work/$slug";
}

sub sources {
	my ($re) = @_;

	return map { my $dir = $_; map { "$dir/$_" } grep { /$re/ }
		names($dir) } @lessons;
}

# Rust that belongs to a crate: a root of one, or a `mod` of another file. What
# is there to be read alone, and the lesson whose Makefile generates a module,
# which is not in the folder, have errors by right.
sub crate_sources {
	my @all = sources(qr/\.rs$/);
	my %mods;

	for my $dir (@lessons) {
		my $project = decode_json(KilnTest::read_file(
			"$dir/rust-project.json"));

		$mods{"$dir/" . basename($_->{root_module})} = 1
			for @{ $project->{crates} };
	}
	for my $path (@all) {
		my ($dir) = $path =~ m{(.*)/};
		my $text = KilnTest::read_file($path);

		$mods{"$dir/$1.rs"} = 1 while $text =~ /^mod (\w+);/mg;
	}
	return grep { $mods{$_} && !m{/signature-lock/} } @all;
}

sub names {
	my ($dir) = @_;

	opendir(my $d, $dir) or die "$dir: $!";
	return sort grep { !/^\./ } readdir($d);
}

# As an editor has it that was told to use the program in .kiln.
sub server {
	my ($name) = @_;

	return Lsp->new(argv => ["$lessons[0]/.kiln/$name"],
		err => "$k->{root}/out/$name.err");
}

# The most memory that @pid and its children have had, in MB.
sub peak {
	my ($pid) = @_;
	my $sum = 0;

	for my $child (KilnTest::children($pid)) {
		my $status = eval {
			KilnTest::read_file("/proc/$child->[0]/status") } || '';

		$sum += $1 / 1024 if $status =~ /^VmHWM:\s*(\d+)/m;
		$sum += peak($child->[0]);
	}
	return $sum;
}

# ---- what every server has to do ----

# No error in any solution. Each is opened with one error at its end, so
# that it is known when the server has made up its mind.
sub no_false_errors {
	my ($lsp, $language, $tail, $error, @paths) = @_;
	my %text = map { $_ => KilnTest::read_file($_) } @paths;

	$lsp->open($_, $language, $text{$_} . $tail) for @paths;
	for my $path (@paths) {
		my $name = basename($path);
		my @got;

		$lsp->await(90, sub {
			@got = $lsp->diagnostics($path, 1);
			return @got == 1 && $got[0] =~ $error;
		});
		ok(@got == 1 && $got[0] =~ $error,
			"$name: the one error that is there")
			|| diag(join("\n", 'got:', @got));
	}
	for my $path (@paths) {
		$lsp->change($path, $text{$path});
		ok($lsp->await(40, sub { !$lsp->diagnostics($path, 1) }),
			basename($path) . ': none in the solution')
			|| diag(join("\n", $lsp->diagnostics($path, 1)));
	}
	return \%text;
}

# @want: the path's end, as a regex; the file is one that the host has.
sub leads_to {
	my ($lsp, $want, @at) = @_;
	my @places = $lsp->definition(@at);
	my ($place) = grep { $_ =~ $want } @places;

	ok($place, "go to definition of $at[2]")
		|| diag(join("\n", "got:", @places));
	(my $path = $place // '') =~ s/:(\d+)$//;
	ok(-f $path, 'is a file of the host');
	my @lines = -f $path ? split(/\n/, KilnTest::read_file($path)) : ();
	return $lines[($1 // 1) - 1] // '';
}

# The crates of all lessons in one project: the kernel is read once.
sub project_of_all {
	my $all;

	for my $dir (@lessons) {
		my $one = decode_json(KilnTest::read_file(
			"$dir/rust-project.json"));
		my @own = grep { $_->{is_workspace_member} }
			@{ $one->{crates} };

		ok(@own > 0, basename($dir) . ' has a crate');
		if ($all) {
			push @{ $all->{crates} }, @own;
		} else {
			$all = $one;
		}
	}
	mkdir "$work/all";
	KilnTest::write_file("$work/all/rust-project.json",
		JSON::PP->new->utf8->encode($all));
	return "$work/all";
}

# ---- rust-analyzer ----

{
	my $began = time;
	my $lsp = server('rust-analyzer');
	my ($store) = grep { m{/store_rs\.rs$} } sources(qr/\.rs$/);
	my ($wrap) = grep { m{/wrap\.rs$} } sources(qr/\.rs$/);
	my ($misc) = grep { m{/lesson0\.rs$} } sources(qr/\.rs$/);

	ok($lsp->initialize(project_of_all()), 'rust-analyzer answers');
	my $text = no_false_errors($lsp, 'rust',
		"\nfn kiln_probe() { kiln_nothing(); }\n",
		qr/no such value in this scope/, crate_sources());
	diag(sprintf('rust-analyzer: %.1f s, %d MB', time - $began,
		peak($lsp->{pid})));
	is($lsp->{status}{health}, 'ok', 'it is content')
		|| diag($lsp->{status}{message});

	like(leads_to($lsp, qr{/src/rust/kernel/print\.rs:\d+$}, $store,
		$text->{$store}, 'pr_info!'), qr/macro_rules! pr_info|\(/,
		'in the kernel crate');
	like(leads_to($lsp, qr{/src/rust/kernel/module\.rs:\d+$}, $store,
		$text->{$store}, 'Module for'), qr/\btrait Module\b/,
		'in the kernel crate');
	like(leads_to($lsp, qr{/library/core/src/option\.rs|/core/src/},
		$wrap, $text->{$wrap}, 'as_mut_ptr'), qr/as_mut_ptr/,
		'in core');
	like($lsp->hover($wrap, $text->{$wrap}, 'to_result(n)'),
		qr/fn to_result/, 'hover shows a signature of the kernel');
	# What a procedural macro has made is known.
	like(leads_to($lsp, qr{/lesson0\.rs:\d+$}, $misc, $text->{$misc},
		'LessonDevice', 1), qr/LessonDevice/, 'in the lesson')
		if $text->{$misc} =~ /LessonDevice/;

	# An error of types, and what can be written after a dot.
	(my $bad = $text->{$wrap}) =~ s/to_result\(n\)\?/to_result("n")?/
		or die 'wrap.rs has changed';
	$lsp->change($wrap, $bad);
	ok($lsp->await(40, sub { $lsp->diagnostics($wrap, 1) }),
		'a wrong type is found');
	like(join("\n", $lsp->diagnostics($wrap, 1)), qr/expected i32, found/,
		'and named');
	(my $dot = $text->{$wrap}) =~ s/as_mut_ptr\(\)/as_mut/;
	$lsp->change($wrap, $dot);
	my @offers = $lsp->completion($wrap, $dot, 'as_mut,', 6);
	ok((grep { /^as_mut_ptr/ } @offers), 'completion offers the method')
		|| diag("@offers[0 .. ($#offers < 9 ? $#offers : 9)]");
	is($lsp->shutdown, 0, 'it goes when it is asked to');
}

# ---- clangd ----

{
	my $began = time;
	my $lsp = server('clangd');
	my ($legacy) = grep { m{/legacy\.c$} } sources(qr/\.c$/);

	ok($lsp->initialize($lessons[0]), 'clangd answers');
	my $text = no_false_errors($lsp, 'c',
		"\nstatic int kiln_probe = kiln_nothing;\n",
		qr/undeclared identifier 'kiln_nothing'/,
		sources(qr/\.[ch]$/));
	diag(sprintf('clangd: %.1f s, %d MB', time - $began,
		peak($lsp->{pid})));

	like(leads_to($lsp, qr{/src/include/linux/mutex\.h:\d+$}, $legacy,
		$text->{$legacy}, 'mutex_lock'), qr/mutex_lock/,
		'in the kernel');
	like($lsp->hover($legacy, $text->{$legacy}, 'memcpy'), qr/memcpy/,
		'hover shows a function of the kernel');
	# What is gone to is read as the lesson is.
	my ($header) = $lsp->definition($legacy, $text->{$legacy},
		'mutex_lock');
	$header =~ s/:\d+$//;
	my $kernel = KilnTest::read_file($header);
	$lsp->open($header, 'c', $kernel . "\nint kiln_probe = kiln_nothing;\n");
	ok($lsp->await(40, sub { $lsp->diagnostics($header, 1) }),
		'a header of the kernel is read');
	is(scalar($lsp->diagnostics($header, 1)), 1, 'without a false error')
		|| diag($lsp->diagnostics($header, 1));

	(my $bad = $text->{$legacy}) =~ s/min_t\(size_t, len/min_t(size_t, "x"/
		or die 'legacy.c has changed';
	$lsp->change($legacy, $bad);
	ok($lsp->await(40, sub { $lsp->diagnostics($legacy, 1) }),
		'a wrong type is found');
	is($lsp->shutdown, 0, 'it goes when it is asked to');
}

$k->is_clean('the servers leave nothing behind');
done_testing;
