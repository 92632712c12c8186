# The one program of the tutorial's images: serve.pl webapp PORT | tcp PORT... | udp PORT
# No modules, so that perl and its libraries are all that an image needs. Constants are Linux's.
my ($AF_INET6, $STREAM, $DGRAM) = (10, 1, 2);
my ($SOL_SOCKET, $SO_REUSEADDR, $IPPROTO_IPV6, $IPV6_V6ONLY) = (1, 2, 41, 26);
my @MONTHS = qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec);
$| = 1;
$SIG{TERM} = $SIG{INT} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';

# One socket for both families; where the container has no IPv6, one for IPv4.
sub listener {
    my ($type, $port) = @_;
    my $socket;
    my $wild6 = pack('S n N a16 L', $AF_INET6, $port, 0, "\0" x 16, 0);
    if (socket($socket, $AF_INET6, $type, 0)) {
        setsockopt($socket, $SOL_SOCKET, $SO_REUSEADDR, pack('i', 1));
        setsockopt($socket, $IPPROTO_IPV6, $IPV6_V6ONLY, pack('i', 0));
        goto BOUND if bind($socket, $wild6);
        close $socket;
    }
    socket($socket, 2, $type, 0) or die "socket: $!\n";
    setsockopt($socket, $SOL_SOCKET, $SO_REUSEADDR, pack('i', 1));
    bind($socket, pack('S n a4 x8', 2, $port, "\0" x 4)) or die "bind $port: $!\n";
  BOUND:
    return $socket if $type == $DGRAM;
    listen($socket, 64) or die "listen $port: $!\n";
    return $socket;
}

sub peer {
    my ($address) = @_;
    my ($family, $port) = unpack('S n', $address);
    return (join('.', unpack('C4', substr($address, 4, 4))), $port) if $family == 2;
    my $ip = substr($address, 8, 16);
    return (join('.', unpack('C4', substr($ip, 12))), $port) if substr($ip, 0, 12) eq ("\0" x 10) . "\xff\xff";
    return (join(':', map { sprintf '%x', $_ } unpack('n8', $ip)), $port);
}

sub stamp {
    my ($s, $m, $h, $day, $month, $year) = gmtime;
    return sprintf '%02d/%s/%04d %02d:%02d:%02d', $day, $MONTHS[$month], $year + 1900, $h, $m, $s;
}

sub answer_page {
    my ($client, $ip) = @_;
    $SIG{ALRM} = sub { exit 0 };
    alarm 5;
    my $request = '';
    while ($request !~ /\r?\n\r?\n/ && length $request < 65536) {
        last unless sysread($client, $request, 4096, length $request);
    }
    my ($line) = $request =~ /^([^\r\n]*)/;
    my ($method, $path) = split / /, $line;
    my $provider = defined $ENV{PROVIDER} ? $ENV{PROVIDER} : 'world';
    my ($status, $body) = $path eq '/' ? ('200 OK', "Hello $provider!") : ('404 NOT FOUND', "Not Found");
    my $head = "HTTP/1.0 $status\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n";
    syswrite($client, $head . ($method eq 'HEAD' ? '' : $body));
    syswrite(STDOUT, sprintf(qq{%s - - [%s] "%s" %d -\n}, $ip, stamp(), $line, $status));
}

sub serve_tcp {
    my ($answer, @ports) = @_;
    my %by_fd = map { my $l = listener($STREAM, $_); (fileno($l) => [$l, $_]) } @ports;
    my $all = '';
    vec($all, $_, 1) = 1 for keys %by_fd;
    while (1) {
        select(my $ready = $all, undef, undef, undef) > 0 or next;
        for my $fd (grep { vec($ready, $_, 1) } keys %by_fd) {
            my ($listener, $port) = @{ $by_fd{$fd} };
            my $address = accept(my $client, $listener) or next;
            my $child = fork;
            if (defined $child && $child == 0) {
                $answer->($client, (peer($address))[0], $port);
                exit 0;
            }
            close $client;
        }
    }
}

sub serve_udp {
    my ($port) = @_;
    my $socket = listener($DGRAM, $port);
    print "listening for datagrams on $port\n";
    while (1) {
        my $from = recv($socket, my $data, 65536, 0);
        next unless $from;
        my ($ip, $source) = peer($from);
        (my $shown = $data) =~ s/[^\x20-\x7e]/./g;
        printf "%s:%d sent %d bytes: %s\n", $ip, $source, length $data, $shown;
        send($socket, $data, 0, $from);
    }
}

my ($mode, @ports) = @ARGV;
if ($mode eq 'udp') { serve_udp($ports[0]) }
elsif ($mode eq 'tcp') {
    print "ready for connections. port: $_\n" for @ports;
    serve_tcp(sub { syswrite($_[0], "hello from port $_[2]\n") }, @ports);
}
else {
    print " * Running on http://0.0.0.0:$ports[0]/ (Press CTRL+C to quit)\n";
    serve_tcp(\&answer_page, $ports[0]);
}
