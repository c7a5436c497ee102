package main

import (
	"strings"

	"peppermill/internal/diag"
)

// patch shows the lines that go and that come between two texts of a file, in
// their order. What both have at their beginning and end is left out first, so
// that only a page's settings are compared line by line.
func patch(name, before, after string) string {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	var out strings.Builder
	out.WriteString(name + "\n")
	line := func(mark, s string) { out.WriteString(mark + diag.Clean(strings.TrimRight(s, "\r\n")) + "\n") }
	common := longestCommon(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			line("- ", a[i])
			i++
		default:
			line("+ ", b[j])
			j++
		}
	}
	return out.String()
}

// longestCommon is the table of the lengths of the longest common part of
// a[i:] and b[j:].
func longestCommon(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := len(a); i >= 0; i-- {
		table[i] = make([]int, len(b)+1)
		for j := len(b) - 1; j >= 0 && i < len(a); j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}
