package main

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// The preview's port: Hugo's, which fingers and bookmarks know.
const (
	usualPort = 1313
	portsUp   = 20 // how far up a free one is looked for
)

// listen opens the port that was asked for, or the first free one from the
// usual one up. Port 0 takes any.
func listen(bind string, port int, asked bool) (net.Listener, error) {
	if port < 0 || port > 65535 {
		return nil, usage{"--port cannot be " + strconv.Itoa(port), "choose one from 1024 to 65535, or 0 for any"}
	}
	host := bind
	if host == "localhost" {
		host = "127.0.0.1"
	}
	for n := port; ; n++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		switch {
		case err == nil:
			return l, nil
		case errors.Is(err, syscall.EADDRNOTAVAIL):
			return nil, usage{"this machine does not have the address " + bind, "write --bind 0.0.0.0 for all of its addresses"}
		case errors.Is(err, syscall.EACCES):
			return nil, usage{"port " + strconv.Itoa(n) + " may not be used", "choose one above 1023 with --port"}
		case !errors.Is(err, syscall.EADDRINUSE):
			return nil, err
		case asked:
			return nil, usage{"port " + strconv.Itoa(n) + " is taken", "stop the program that uses it, or choose another with --port; without --port a free one is found"}
		case n == port+portsUp:
			port, n = 0, -1
		}
	}
}

// reach is where the preview can be found.
type reach struct {
	here    string   // for this machine: "http://localhost:1313/"
	network []string // for the local network, when it listens there
	hosts   []string // names and addresses that requests may use, without port
	port    int
}

// reachOf works out the addresses of a listener.
func reachOf(l net.Listener) reach {
	at, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return reach{here: "http://" + l.Addr().String() + "/"}
	}
	port := strconv.Itoa(at.Port)
	r := reach{here: "http://localhost:" + port + "/", port: at.Port}
	ip := at.AddrPort().Addr().Unmap()
	if ip.IsLoopback() {
		return r
	}
	found := []netip.Addr{ip}
	if ip.IsUnspecified() {
		found = own()
	} else {
		r.here = "http://" + net.JoinHostPort(ip.String(), port) + "/"
	}
	for _, ip := range found {
		r.hosts = append(r.hosts, ip.String())
		r.network = append(r.network, "http://"+net.JoinHostPort(ip.String(), port)+"/")
	}
	return r
}

// own lists this machine's addresses in its networks.
func own() []netip.Addr {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var out []netip.Addr
	for _, a := range addrs {
		p, err := netip.ParsePrefix(a.String())
		if err == nil && p.Addr().IsGlobalUnicast() && !p.Addr().IsLoopback() {
			out = append(out, p.Addr().Unmap())
		}
	}
	return out
}
