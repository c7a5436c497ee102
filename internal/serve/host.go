package serve

import (
	"net/netip"
	"strconv"
	"strings"
)

// hostTable holds every name and port that may stand in a Host header, as
// hostKey writes them.
func hostTable(o Options) map[string]bool {
	table := map[string]bool{}
	for _, h := range append([]string{"localhost", "127.0.0.1", "::1"}, o.Hosts...) {
		if a, err := netip.ParseAddr(h); err == nil && a.Is6() {
			h = "[" + h + "]"
		}
		name, port, ok := splitHost(h)
		switch {
		case !ok:
		case port != "":
			table[hostKey(name, port)] = true
		default:
			table[hostKey(name, "")] = true
			table[hostKey(name, strconv.Itoa(o.Port))] = true
		}
	}
	return table
}

func hostKey(name, port string) string { return name + " " + port }

// ours reports whether a Host header names this preview. Names below localhost
// are this machine too (RFC 6761, section 6.3).
func (s *Server) ours(host string) bool {
	name, port, ok := splitHost(host)
	if !ok {
		return false
	}
	if below, found := strings.CutSuffix(name, ".localhost"); found && below != "" {
		name = "localhost"
	}
	return s.hosts[hostKey(name, port)]
}

// splitHost takes a Host header apart. The name comes in one spelling: lower
// case, without a last dot, IPv6 in its shortest form without brackets. Anything
// unusual is not ok, rather than understood.
func splitHost(host string) (name, port string, ok bool) {
	name, port, found := strings.Cut(host, ":")
	if strings.HasPrefix(host, "[") {
		var rest string
		name, rest, ok = strings.Cut(host[1:], "]")
		a, err := netip.ParseAddr(name)
		if !ok || err != nil || !a.Is6() || a.Is4In6() || a.Zone() != "" {
			return "", "", false
		}
		name = a.String()
		if port, found = strings.CutPrefix(rest, ":"); !found && rest != "" {
			return "", "", false
		}
	} else if name = strings.TrimSuffix(strings.ToLower(name), "."); !plainName(name) {
		return "", "", false
	}
	if found && !digits(port) {
		return "", "", false
	}
	return name, port, true
}

// plainName is true of what a host name or an IPv4 address is written with.
func plainName(name string) bool {
	for _, label := range strings.Split(name, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return len(name) <= 253
}

func digits(s string) bool {
	return s != "" && len(s) <= 5 && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}
