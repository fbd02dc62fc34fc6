# SPDX-License-Identifier: GPL-2.0-or-later
#
# Lsp: talk to a language server as an editor does, over its stdin and
# stdout: the Language Server Protocol 3.17, as much of it as tests need.
package Lsp;

use strict;
use warnings;

use IO::Select;
use JSON::PP;
use POSIX ();
use Time::HiRes qw(time);

our $patience = $ENV{KILN_TEST_PATIENCE} || 1;

my $json = JSON::PP->new->utf8->canonical;

# argv, env (laid over ours), err (file for its stderr), config (what it is
# given when it asks for its settings).
sub new {
	my ($class, %o) = @_;
	my $self = bless { %o, in => '', next_id => 1, answers => {},
		diagnostics => {}, status => {} }, $class;

	pipe(my $from_us, my $to) or die "pipe: $!";
	pipe(my $from, my $to_us) or die "pipe: $!";
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		%ENV = (%ENV, %{ $o{env} || {} });
		open(STDIN, '<&', $from_us);
		open(STDOUT, '>&', $to_us);
		open(STDERR, '>', $o{err} || '/dev/null');
		close($_) for $from_us, $to, $from, $to_us;
		{ exec { $o{argv}[0] } @{ $o{argv} } };
		POSIX::_exit(126);
	}
	close($_) for $from_us, $to_us;
	binmode($_) for $to, $from;
	$to->autoflush(1);
	@$self{qw(pid to from)} = ($pid, $to, $from);
	return $self;
}

# ---- messages ----

sub send {
	my ($self, %message) = @_;
	my $text = $json->encode({ jsonrpc => '2.0', %message });

	local $SIG{PIPE} = 'IGNORE';
	print { $self->{to} } 'Content-Length: ', length($text), "\r\n\r\n",
		$text;
}

sub notify {
	my ($self, $method, $params) = @_;

	$self->send(method => $method, params => $params);
}

# What the server asks of an editor; all but its settings are courtesies.
sub serve {
	my ($self, $m) = @_;
	my $result;

	$result = [map { $self->{config} } @{ $m->{params}{items} }]
		if $m->{method} eq 'workspace/configuration';
	$self->send(id => $m->{id}, result => $result);
}

sub take {
	my ($self, $m) = @_;
	my $method = $m->{method};
	my $p = $m->{params};

	if (!defined $method) {
		$self->{answers}{ $m->{id} } = $m;
	} elsif (exists $m->{id}) {
		$self->serve($m);
	} elsif ($method eq 'textDocument/publishDiagnostics') {
		# Servers do not quote as we do.
		$self->{diagnostics}{ path_of($p->{uri}) } = $p->{diagnostics};
	} elsif ($method eq 'experimental/serverStatus') {
		$self->{status} = $p;
	} elsif ($method =~ m{^window/(show|log)Message$}) {
		push @{ $self->{said} }, $p->{message};
	}
}

# The next message that is here whole, or undef.
sub next_message {
	my ($self) = @_;

	$self->{in} =~ /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/ or return;
	my ($start, $length) = ($+[0], $1);
	return if length($self->{in}) < $start + $length;
	my $text = substr($self->{in}, $start, $length);
	$self->{in} = substr($self->{in}, $start + $length);
	return $json->decode($text);
}

# Take what has come, waiting at most so long for it; false at its end.
sub pump {
	my ($self, $seconds) = @_;
	my $message;

	until ($message = $self->next_message) {
		return 1 if !IO::Select->new($self->{from})
			->can_read($seconds);
		sysread($self->{from}, $self->{in}, 1 << 16,
			length $self->{in}) or return 0;
	}
	$self->take($message);
	return 1;
}

# Until @cond holds, at most so many seconds: whether it does.
sub await {
	my ($self, $seconds, $cond) = @_;
	my $end = time + $seconds * $patience;

	while (!$cond->()) {
		my $left = $end - time;
		return 0 if $left <= 0 || !$self->pump($left);
	}
	return 1;
}

# The answer's result; undef and {error} when there is none.
sub request {
	my ($self, $method, $params, $seconds) = @_;
	my $id = $self->{next_id}++;

	$self->send(id => $id, method => $method, params => $params);
	$self->await($seconds || 30, sub { $self->{answers}{$id} });
	my $answer = delete $self->{answers}{$id};
	$self->{error} = $answer ? $answer->{error} : { message => 'silence' };
	return $answer ? $answer->{result} : undef;
}

# ---- what an editor does ----

# A path is bytes, as the system has it.
sub uri {
	my ($path) = @_;

	$path =~ s{([^A-Za-z0-9/._~-])}{sprintf('%%%02X', ord $1)}ge;
	return "file://$path";
}

sub path_of {
	my ($uri) = @_;

	$uri =~ s{^file://}{};
	$uri =~ s/%([0-9A-Fa-f]{2})/chr(hex $1)/ge;
	return $uri;
}

sub initialize {
	my ($self, $root) = @_;
	my $result = $self->request('initialize', {
		processId => $$,
		rootUri => uri($root),
		workspaceFolders => [{ uri => uri($root), name => 'lesson' }],
		capabilities => {
			workspace => { configuration => JSON::PP::true },
			window => { workDoneProgress => JSON::PP::false },
			textDocument => {
				hover => { contentFormat => ['markdown'] },
				publishDiagnostics => {},
				definition => {},
				completion => {},
			},
			experimental => {
				serverStatusNotification => JSON::PP::true,
			},
		},
	});

	$self->notify('initialized', {});
	return $result;
}

sub open {
	my ($self, $path, $language, $text) = @_;

	$self->notify('textDocument/didOpen', { textDocument => {
		uri => uri($path), languageId => $language, version => 1,
		text => $text } });
	$self->{version}{$path} = 1;
}

sub change {
	my ($self, $path, $text) = @_;

	$self->notify('textDocument/didChange', {
		textDocument => { uri => uri($path),
			version => ++$self->{version}{$path} },
		contentChanges => [{ text => $text }] });
}

# The messages of all diagnostics of that severity (1: error) on @path.
sub diagnostics {
	my ($self, $path, $severity) = @_;

	return map { $_->{range}{start}{line} + 1 . ": $_->{message}" }
		grep { ($_->{severity} || 1) <= $severity }
		@{ $self->{diagnostics}{$path} || [] };
}

# Where the @nth @word of @text (from 0) begins: what requests take.
sub at {
	my ($path, $text, $word, $nth) = @_;
	my $from = -1;

	$from = index($text, $word, $from + 1) for 0 .. ($nth || 0);
	die "no '$word' in $path" if $from < 0;
	my $before = substr($text, 0, $from);
	my $line = ($before =~ tr/\n//);

	$before =~ s/.*\n//s;
	return { textDocument => { uri => uri($path) },
		position => { line => $line, character => length $before } };
}

# The paths that "go to definition" leads to, as "PATH:LINE".
sub definition {
	my ($self, @at) = @_;
	my $result = $self->request('textDocument/definition', at(@at));

	$result = [$result] if ref $result eq 'HASH';
	return map {
		path_of($_->{targetUri} // $_->{uri}) . ':' .
			(($_->{targetSelectionRange} // $_->{range})
				->{start}{line} + 1)
	} @{ $result || [] };
}

sub hover {
	my ($self, @at) = @_;
	my $result = $self->request('textDocument/hover', at(@at)) || {};

	return ref $result->{contents} eq 'HASH'
		? $result->{contents}{value} : '';
}

# What could stand at @off characters after where @word begins.
sub completion {
	my ($self, $path, $text, $word, $off) = @_;
	my $at = at($path, $text, $word);

	$at->{position}{character} += $off;
	my $result = $self->request('textDocument/completion', $at);
	return map { $_->{label} }
		@{ ref $result eq 'HASH' ? $result->{items} : $result || [] };
}

# Ask it to go, as editors do; its wait status, undef if it had to be killed.
sub shutdown {
	my ($self) = @_;
	my $end = time + 30 * $patience;

	$self->request('shutdown', undef);
	$self->notify('exit', undef);
	while (time < $end) {
		return $? if waitpid($self->{pid}, POSIX::WNOHANG()) > 0;
		select(undef, undef, undef, 0.01);
	}
	kill('KILL', $self->{pid});
	waitpid($self->{pid}, 0);
	return undef;
}

1;
